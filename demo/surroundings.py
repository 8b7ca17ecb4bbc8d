"""The environment of the demo's processes: every variable that the settings read, and no more."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import environ

from demo import folder, merchant, ports, processes

_NOT_FOR_CHILDREN = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES", "DO", "T", "PYTHONHOME")


@dataclass(frozen=True)
class Addresses:
    """Where the parts of one demo listen."""

    port: int
    sandbox_port: int
    database_url: str
    cache_url: str
    broker_url: str

    @property
    def site(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def sandbox(self) -> str:
        return f"http://{ports.LOOPBACK}:{self.sandbox_port}"


@dataclass(frozen=True)
class Payment:
    """Keys for Stripe's own servers, if the person has them, else for the sandbox."""

    secret_key: str
    webhook_secret: str
    is_sandbox: bool


def payment(place: folder.Folder) -> Payment:
    """The keys of the environment or of `.env`, else the sandbox's own.

    Raises `processes.Failed` for keys of a live account: the demo's world is made up, its
    charges would be real.
    """
    given = _given()
    key, secret = given.get("STRIPE_SECRET_KEY", ""), given.get("STRIPE_WEBHOOK_SECRET", "")
    if not key:
        return Payment(
            secret_key=f"sk_test_{place.secret('payment key')}",
            webhook_secret=f"whsec_{place.secret('webhook secret')}",
            is_sandbox=True,
        )
    if "_live_" in key:
        raise processes.Failed("STRIPE_SECRET_KEY is a live key: the demo takes test keys only.")
    if not secret:
        raise processes.Failed("STRIPE_SECRET_KEY is set, STRIPE_WEBHOOK_SECRET is missing.")
    return Payment(secret_key=key, webhook_secret=secret, is_sandbox=False)


def environment(place: folder.Folder, keys: Payment, addresses: Addresses) -> dict[str, str]:
    """All variables for web, worker, beat and management commands."""
    hosts = ("localhost", ports.LOOPBACK)
    variables = {
        **merchant.ENVIRONMENT,
        **merchant.BANK,
        "DEMO": "1",
        "SECRET_KEY": place.secret("secret key"),
        "SITE_URL": addresses.site,
        "ALLOWED_HOSTS": ",".join(hosts),
        "CSRF_TRUSTED_ORIGINS": ",".join(f"http://{host}:{addresses.port}" for host in hosts),
        "DATABASE_URL": addresses.database_url,
        "REDIS_URL": addresses.cache_url,
        "BROKER_URL": addresses.broker_url,
        "EMAIL_URL": "smtp://localhost:25",  # never used: DEMO=1 writes mails to MAIL_DIR
        "DEFAULT_FROM_EMAIL": "Kontor <shop@kontor.example>",
        "SUPPORT_REPLY_ADDRESS": "reply@kontor.example",
        "STRIPE_SECRET_KEY": keys.secret_key,
        "STRIPE_WEBHOOK_SECRET": keys.webhook_secret,
        "MEDIA_ROOT": str(place.media),
        "PRIVATE_ROOT": str(place.private),
        "STATIC_ROOT": str(place.static),
        "MAIL_DIR": str(place.mail),
        "DJANGO_SETTINGS_MODULE": "shop.settings",
        "PYTHONUNBUFFERED": "1",
    }
    if keys.is_sandbox:
        variables["STRIPE_API_BASE"] = variables["STRIPE_CHECKOUT_ORIGIN"] = addresses.sandbox
    return {**_inherited(), **variables}


def sandbox_environment(
    place: folder.Folder, keys: Payment, addresses: Addresses
) -> dict[str, str]:
    """What the payment sandbox reads; secrets do not stand in its command line."""
    return {
        **_inherited(),
        "PAYMENT_SANDBOX_PORT": str(addresses.sandbox_port),
        "PAYMENT_SANDBOX_WEBHOOK_URL": f"http://{ports.LOOPBACK}:{addresses.port}/webhooks/stripe/",
        "PAYMENT_SANDBOX_WEBHOOK_SECRET": keys.webhook_secret,
        "PAYMENT_SANDBOX_SECRET_KEY": keys.secret_key,
        "PAYMENT_SANDBOX_DATA": str(place.path / "payments.sqlite3"),
        "PYTHONUNBUFFERED": "1",
    }


def _inherited() -> dict[str, str]:
    unwanted = (*_NOT_FOR_CHILDREN, "STRIPE_API_BASE", "STRIPE_CHECKOUT_ORIGIN")
    return {
        name: value
        for name, value in os.environ.items()
        if name not in unwanted and not name.startswith(("GRANIAN_", "CELERY_", "PAYMENT_SANDBOX_"))
    }


def _given() -> Mapping[str, str]:
    """The environment, completed by `.env` as the settings do it."""
    path: Path = folder.ROOT / ".env"
    if not path.is_file():
        return os.environ

    class Reader(environ.Env):
        ENVIRON = dict(os.environ)

    Reader.read_env(str(path))
    return Reader.ENVIRON
