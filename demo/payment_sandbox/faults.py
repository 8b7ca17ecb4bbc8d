"""Faults on demand: the next calls that match a rule go wrong in a chosen way."""

import fnmatch
import random
import threading
from dataclasses import dataclass, field
from typing import Any

from demo.payment_sandbox import errors

KINDS = (
    "500",  # nothing was done; the answer is kept under the key, as Stripe keeps it
    "500_after",  # it was done, but the answer says 500, and is kept
    "429",
    "409",  # lock timeout: nothing was done, nothing is kept
    "close_before",  # the connection ends, nothing was done
    "close_after",  # the connection ends, it was done, the real answer is kept
    "delay",  # nothing goes wrong, it only takes long
)


@dataclass
class Rule:
    """``count`` calls whose "METHOD /path" matches ``match`` get the fault, ``share`` of them."""

    kind: str
    match: str
    count: int
    delay: float = 0.0
    share: float = 1.0
    dice: random.Random = field(default_factory=random.Random)
    hits: int = 0

    def told(self) -> dict[str, Any]:
        """The rule for the control API."""
        return {
            "kind": self.kind,
            "match": self.match,
            "left": self.count,
            "delay": self.delay,
            "share": self.share,
            "hits": self.hits,
        }


class Faults:
    """The rules in force; every call asks once, before anything happens."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[Rule] = []

    def add(self, told: dict[str, Any]) -> Rule:
        """A rule from the control API; raises ApiError when it makes no sense."""
        kind = str(told.get("kind", ""))
        if kind not in KINDS:
            raise errors.refused(f"Invalid kind: must be one of {', '.join(KINDS)}", param="kind")
        rule = Rule(
            kind=kind,
            match=str(told.get("match", "* /v1/*")),
            count=int(told.get("count", 1)),
            delay=min(float(told.get("delay", 0.0)), 60.0),
            share=float(told.get("share", 1.0)),
            dice=random.Random(told.get("seed")),  # noqa: S311 - dice for tests, not for secrets
        )
        with self._lock:
            self._rules.append(rule)
        return rule

    def take(self, method: str, path: str) -> Rule | None:
        """The fault for this call, if one waits for it."""
        with self._lock:
            for rule in self._rules:
                if rule.count > 0 and fnmatch.fnmatchcase(f"{method} {path}", rule.match):
                    if rule.dice.random() >= rule.share:
                        continue
                    rule.count -= 1
                    rule.hits += 1
                    return rule
        return None

    def told(self) -> list[dict[str, Any]]:
        """All rules, also the used up ones with their number of hits."""
        with self._lock:
            return [rule.told() for rule in self._rules]

    def clear(self) -> None:
        """No more faults."""
        with self._lock:
            self._rules.clear()


def refusal(kind: str) -> errors.ApiError:
    """The answer of a fault that answers."""
    if kind == "429":
        return errors.ApiError(
            "Too many requests hit the API too quickly. We recommend an exponential backoff of "
            "your requests.",
            status=429,
            code="rate_limit",
        )
    if kind == "409":
        return errors.ApiError(
            "This object cannot be accessed right now because another API request or Stripe "
            "process is currently accessing it. If you see this error intermittently, retry the "
            "request.",
            status=409,
            code="lock_timeout",
            headers={"Stripe-Should-Retry": "true"},
        )
    return errors.ApiError(
        "An unknown error occurred (the payment sandbox was asked for it).",
        status=500,
        kind="api_error",
        kept=True,
        headers={"Stripe-Should-Retry": "false"},
    )
