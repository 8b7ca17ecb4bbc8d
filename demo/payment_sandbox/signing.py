"""The Stripe-Signature header, and one attempt to send something to the shop."""

import hashlib
import hmac
import http.client
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from demo.payment_sandbox.clock import real_now


@dataclass(frozen=True)
class Outcome:
    """What the shop answered; ``status`` is None when there was no answer."""

    status: int | None
    error: str | None
    seconds: float

    @property
    def is_delivered(self) -> bool:
        """Only 2xx counts, as with Stripe: a redirect is a failure."""
        return self.status is not None and 200 <= self.status < 300


def signature(body: bytes, secret: str, *, moment: int) -> str:
    """HMAC-SHA256 over "moment.body" in hex: one ``v1`` value."""
    return hmac.new(secret.encode(), b"%d." % moment + body, hashlib.sha256).hexdigest()


def header(body: bytes, *secrets: str, moment: int | None = None) -> str:
    """The whole header, with one ``v1`` for each secret (two while one is being rolled)."""
    when = real_now() if moment is None else moment
    values = [f"v1={signature(body, secret, moment=when)}" for secret in secrets]
    return ",".join([f"t={when}", *values])


def post(url: str, body: bytes, signed: str | None, *, timeout: float) -> Outcome:
    """Send ``body`` once; never raises for what the other side does."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "Accept": "*/*; q=0.5, application/xml",
        "Cache-Control": "no-cache",
    }
    if signed is not None:
        headers["Stripe-Signature"] = signed
    start = time.monotonic()
    connection = kind(parts.hostname or "", parts.port, timeout=timeout)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body, headers)
        answer = connection.getresponse()
        answer.read(65536)
        return Outcome(answer.status, None, time.monotonic() - start)
    except (OSError, http.client.HTTPException) as problem:
        return Outcome(None, f"{type(problem).__name__}: {problem}", time.monotonic() - start)
    finally:
        connection.close()
