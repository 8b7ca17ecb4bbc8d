"""A payment sandbox of one's own in a test, an inbox for its webhooks, and a buyer.

Use as a plugin (``pytest_plugins = ["tests.payment_sandbox.fixtures"]``) or import the fixtures.
"""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import stripe

from demo.payment_sandbox import config, remote, server

SECRET_KEY = "sk_test_" + "sandbox" * 4
WEBHOOK_SECRET = "whsec_" + "sandbox" * 4


class RunningSandbox:
    """A sandbox in threads of this process: ``url``, ``control``, ``client``, ``stop()``."""

    secret_key = SECRET_KEY
    webhook_secret = WEBHOOK_SECRET

    def __init__(self, **options: Any) -> None:
        settings = config.Config(
            **{"secret_key": SECRET_KEY, "webhook_secret": WEBHOOK_SECRET, **options}
        )
        self._server = server.Sandbox(settings)
        self._server.start(poll=0.01)
        self._is_running = True
        self.url = self._server.url
        self.control = remote.Remote(self.url, secret=settings.control_secret)
        self.client = self.client_with()

    def client_with(self, key: str = SECRET_KEY, **options: Any) -> stripe.StripeClient:
        """The real Stripe client, pointed at this sandbox."""
        return stripe.StripeClient(
            key, base_addresses={"api": self.url}, max_network_retries=0, **options
        )

    def stop(self) -> None:
        """End it; a second time does nothing."""
        if self._is_running:
            self._is_running = False
            self._server.stop()


@dataclass
class Post:
    """One webhook as it came in."""

    body: bytes
    signature: str | None

    def event(self, secret: str = WEBHOOK_SECRET) -> stripe.Event:
        """The event, verified by Stripe's own code."""
        return stripe.Webhook.construct_event(self.body, self.signature, secret)


@dataclass
class Inbox:
    """Takes webhooks and answers with ``statuses`` in turn, then 200."""

    url: str = ""
    posts: list[Post] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    delay: float = 0.0

    def types(self) -> list[str]:
        """The types of the verified events, sorted, because any order may come."""
        return sorted(post.event().type for post in self.posts)

    def of_type(self, kind: str) -> list[stripe.Event]:
        """The verified events of one type."""
        return [event for event in (post.event() for post in self.posts) if event.type == kind]


@dataclass
class Seen:
    """What a browser would see."""

    status: int
    text: str
    location: str
    headers: dict[str, str]


class Buyer:
    """A browser without a screen: follows nothing by itself."""

    def look(self, url: str, language: str = "") -> Seen:
        """GET."""
        return self._ask("GET", url, None, {"Accept-Language": language} if language else {})

    def press(self, url: str, button: str) -> Seen:
        """Press the button with this id on the page at ``url``."""
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", url, urlencode({"choice": button}), form)

    def _ask(self, method: str, url: str, body: str | None, headers: dict[str, str]) -> Seen:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
        try:
            connection.request(method, parts.path + "?" + parts.query, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            found = dict(answer.getheaders())
            return Seen(answer.status, text, found.get("Location", ""), found)
        finally:
            connection.close()


@pytest.fixture
def payment_sandbox() -> Iterator[Callable[..., RunningSandbox]]:
    """Starts sandboxes: ``payment_sandbox(webhook_url=…, settle_after=…)``; all stop at the end."""
    running: list[RunningSandbox] = []

    def start(**options: Any) -> RunningSandbox:
        running.append(RunningSandbox(**options))
        return running[-1]

    yield start
    for sandbox in running:
        sandbox.stop()


@pytest.fixture
def webhook_inbox() -> Iterator[Inbox]:
    """An endpoint that takes webhooks as the shop would."""
    inbox = Inbox()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(inbox.delay)
            inbox.posts.append(Post(body, self.headers["Stripe-Signature"]))
            status = inbox.statuses.pop(0) if inbox.statuses else 200
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", inbox.url)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    receiver = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.daemon_threads = True
    inbox.url = f"http://127.0.0.1:{receiver.server_port}/webhooks/stripe/"
    thread = threading.Thread(target=receiver.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield inbox
    receiver.shutdown()
    receiver.server_close()


@pytest.fixture
def buyer() -> Buyer:
    """Somebody who looks at the hosted page and presses its buttons."""
    return Buyer()


def order(**changes: Any) -> dict[str, Any]:
    """The parameters that the shop sends: two mugs at 19.90 and delivery at 4.90."""
    params: dict[str, Any] = {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "client_reference_id": "order-1001",
        "customer_email": "ada@example.org",
        "locale": "de",
        "line_items": [line("Becher", 1990, 2), line("Versand", 490, 1)],
        "success_url": "http://127.0.0.1:9/orders/t/?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://127.0.0.1:9/cart/",
        "metadata": {"order": "1001"},
        "payment_intent_data": {"metadata": {"order": "1001"}, "description": "Order 1001"},
    }
    params.update(changes)
    return {name: value for name, value in params.items() if value is not None}


def line(name: str, cents: int, quantity: int, **changes: Any) -> dict[str, Any]:
    """One line of an order in euro."""
    data = {"currency": "eur", "unit_amount": cents, "product_data": {"name": name}}
    return {"price_data": {**data, **changes}, "quantity": quantity}
