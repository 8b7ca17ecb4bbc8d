"""What the shop writes to its log: JSON lines, a request id in each, no personal data."""

from typing import Any


def config(level: str) -> dict[str, Any]:
    """The setting `LOGGING` for lines from `level` on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": "shop.middleware.RequestIdFilter"}},
        "formatters": {
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s",
            }
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "filters": ["request_id"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django logs the path of refused hosts and of 404s; paths may hold tokens of orders.
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            # At INFO it repeats what Stripe says, the buyer's address among it.
            "stripe": {"level": "WARNING"},
        },
    }
