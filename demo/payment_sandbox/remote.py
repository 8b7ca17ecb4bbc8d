"""A client of the control API, for tests and chaos runs; standard library only."""

import http.client
import json
import time
from typing import Any
from urllib.parse import urlsplit


class ControlError(Exception):
    """The sandbox refused; the message is its answer."""


class Remote:
    """Steers one sandbox; every method is one call and gives back its JSON."""

    def __init__(self, url: str, *, secret: str = "", timeout: float = 120.0) -> None:
        self.url = url
        self._secret = secret
        self._timeout = timeout

    def ask(self, method: str, path: str, told: dict[str, Any] | None = None) -> Any:
        """Any control; raises ControlError for an answer that is not 2xx."""
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(
            parts.hostname or "", parts.port, timeout=self._timeout
        )
        headers = {"Content-Type": "application/json", "X-Control-Secret": self._secret}
        try:
            body = json.dumps(told or {}) if method == "POST" else None
            connection.request(method, f"/_control/{path}", body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        if answer.status >= 300:
            raise ControlError(f"{answer.status}: {text}")
        return json.loads(text)

    def state(self) -> dict[str, Any]:
        """All objects, deliveries and the clock."""
        return dict(self.ask("GET", "state"))

    def report(self) -> dict[str, Any]:
        """Money by client_reference_id, in cents, and the totals."""
        return dict(self.ask("GET", "report"))

    def requests(self) -> list[dict[str, Any]]:
        """The last 20,000 API calls, oldest first: status, key, digest of the body, error."""
        return list(self.ask("GET", "requests")["requests"])

    def advance(self, seconds: float) -> dict[str, Any]:
        """Move the sandbox's clock forward; what falls due happens before this returns."""
        return dict(self.ask("POST", "clock", {"advance": seconds}))

    def buy(self, session: str, choice: str = "pay", *, card: str = "") -> dict[str, Any]:
        """The buyer's choice without a browser: pay, decline, pay-later or pay-later-fail.

        ``card`` is the fingerprint of a card that is declined.
        """
        return dict(self.ask("POST", f"sessions/{session}", {"choice": choice, "card": card}))

    def settle(self, session: str, *, ok: bool = True) -> dict[str, Any]:
        """End the pending payment of a session now."""
        return dict(self.ask("POST", "settle", {"session": session, "ok": ok}))

    def refund_outcomes(self, *outcomes: str) -> None:
        """How the next refunds go: succeeded, pending or failed."""
        self.ask("POST", "refund-outcomes", {"next": list(outcomes)})

    def settle_refund(self, refund: str, *, ok: bool = True, reason: str = "unknown") -> Any:
        """A pending refund arrives or fails; a succeeded one may still fail."""
        return self.ask("POST", f"refunds/{refund}", {"ok": ok, "reason": reason})

    def dispute(self, payment_intent: str, **told: Any) -> dict[str, Any]:
        """The buyer's bank disputes a payment (``reason``, ``amount``)."""
        return dict(self.ask("POST", "disputes", {"payment_intent": payment_intent, **told}))

    def answer_dispute(self, dispute: str) -> dict[str, Any]:
        """The seller sends what it knows."""
        return dict(self.ask("POST", f"disputes/{dispute}", {"answered": True}))

    def close_dispute(self, dispute: str, *, won: bool) -> dict[str, Any]:
        """The dispute ends."""
        return dict(self.ask("POST", f"disputes/{dispute}", {"won": won}))

    def fault(self, kind: str, match: str = "* /v1/*", **told: Any) -> dict[str, Any]:
        """The next ``count`` calls that match go wrong (``delay``, ``share``, ``seed``)."""
        return dict(self.ask("POST", "faults", {"kind": kind, "match": match, **told}))

    def clear_faults(self) -> None:
        """No more faults."""
        self.ask("DELETE", "faults")

    def pause(self) -> None:
        """Hold webhooks back."""
        self.ask("POST", "webhooks/pause", {"paused": True})

    def resume(self) -> None:
        """Let webhooks go on."""
        self.ask("POST", "webhooks/pause", {"paused": False})

    def retry(self) -> int:
        """Try failed and waiting deliveries again now; their number."""
        return int(self.ask("POST", "webhooks/retry")["retried"])

    def deliver(self, events: list[str] | str = "all", **told: Any) -> dict[str, Any]:
        """Send events again (``times``, ``shuffle``, ``seed``, ``delay``, ``parallel``)."""
        return dict(self.ask("POST", "webhooks/deliver", {"events": events, **told}))

    def forge(self, kind: str, **told: Any) -> dict[str, Any]:
        """Send a webhook that Stripe would not send (``event``, ``changes``)."""
        return dict(self.ask("POST", "webhooks/forge", {"kind": kind, **told}))

    def reset(self) -> None:
        """Forget everything but the configuration."""
        self.ask("POST", "reset")

    def wait_until_idle(self, timeout: float = 10.0) -> None:
        """Wait until every due webhook has been tried; raises ControlError after ``timeout``."""
        end = time.monotonic() + timeout
        while not self.ask("GET", "webhooks/idle")["idle"]:
            if time.monotonic() > end:
                raise ControlError("webhooks are still on their way")
            time.sleep(0.01)
