"""A whole shop for the browser: web server, Celery worker and payment sandbox, all of them real."""

import email
import email.policy
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery.contrib.testing import worker as testing_worker

from catalog import categories
from demo.payment_sandbox import config, server
from shop.celery import app

KEY, SECRET = "sk_test_browser", "whsec_browser"
PATIENCE = 20.0  # seconds until a mail must have come


class Shop:
    """The address of a running shop, its payment sandbox and its mails."""

    def __init__(self, url: str, sandbox: server.Sandbox, mails: Path) -> None:
        self.url = url
        self.sandbox = sandbox
        self._mails = mails

    def mails_to(self, address: str, *, count: int = 1) -> list[Any]:
        """The mails to `address`, the oldest first, as soon as there are `count`."""
        deadline = time.monotonic() + PATIENCE
        while True:
            found = [
                email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                for path in sorted(self._mails.glob("*.eml"))
            ]
            found = [mail for mail in found if mail["To"] == address]
            if len(found) >= count or time.monotonic() > deadline:
                return found
            time.sleep(0.1)


@pytest.fixture
def shop(live_server: Any, settings: Any, tmp_path: Path) -> Iterator[Shop]:
    """A shop that is open; everything stops again when the test ends."""
    settings.MAIL_DIR = tmp_path / "mail"
    settings.MAILERS = {"default": {"BACKEND": "demo.mailbox.EmlBackend"}}
    sandbox = server.Sandbox(
        config.Config(
            secret_key=KEY,
            webhook_secret=SECRET,
            webhook_url=f"{live_server.url}/webhooks/stripe/",
            settle_after=0.5,
        )
    )
    sandbox.start(poll=0.05)
    settings.SITE_URL = live_server.url
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    settings.STRIPE_SECRET_KEY = KEY
    settings.STRIPE_WEBHOOK_SECRETS = [SECRET]
    settings.STRIPE_API_BASE = sandbox.url
    settings.SECURE_CSP = {
        **settings.SECURE_CSP,
        "form-action": [*settings.SECURE_CSP["form-action"], sandbox.url],
    }
    categories.changed()
    with testing_worker.start_worker(
        app, pool="threads", concurrency=2, perform_ping_check=False, queues="money,mail,slow"
    ):
        yield Shop(live_server.url, sandbox, settings.MAIL_DIR)
    sandbox.stop()
