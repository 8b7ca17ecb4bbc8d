"""The mails about goods that are back, with made-up data."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import mails


def _goods() -> dict[str, Any]:
    return mails.frame("imprint", "privacy") | {
        "name": _("Mug “Elbe”, blue"),
        "summary": _("Stoneware, 300 ml"),
        "picture": "",
        "url": f"{settings.SITE_URL}/",
        "end_url": f"{settings.SITE_URL}/",
        "wording": _("Tell me by e-mail when this is back in stock."),
    }


def _back() -> dict[str, Any]:
    return _goods() | {"price": None, "is_exempt": False, "until": "25.11.2026, 12:00"}


_NAME = {"name": gettext_lazy("name of the product")}
SAMPLES = [
    mails.Sample(
        key="inventory/alert_confirmation",
        title=gettext_lazy("Please confirm the request"),
        template="inventory/alert_confirmation",
        placeholders=_NAME,
        build=lambda: _goods() | {"confirm_url": f"{settings.SITE_URL}/"},
    ),
    mails.Sample(
        key="inventory/alert_back",
        title=gettext_lazy("Back in stock"),
        template="inventory/alert_back",
        placeholders=_NAME,
        build=_back,
    ),
]
