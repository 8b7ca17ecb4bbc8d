"""The message that carriers without an interface of their own are asked to send.

`{"event_id": "…", "tracking_number": "…", "status": "delivered", "at": "2026-11-24T10:15+01:00"}`,
signed with HMAC-SHA256; docs/algorithms/shipping.md.
"""

import datetime
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

from orders.carriers.base import News
from orders.carriers.recognising import cleaned
from orders.findings import Message

TOLERANCE = datetime.timedelta(minutes=5)


def signature(body: bytes, secret: str, *, moment: datetime.datetime) -> str:
    """The header of a message: `t=<seconds>,v1=<hex>`."""
    seconds = int(moment.timestamp())
    digest = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256)
    return f"t={seconds},v1={digest.hexdigest()}"


def is_signed(
    body: bytes, header: str, secrets: Sequence[str], *, moment: datetime.datetime
) -> bool:
    """Is it signed with one of `secrets`, not more than five minutes ago?"""
    parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
    seconds = parts.get("t", "")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) < 12):
        return False
    sent = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)
    if abs(moment - sent) > TOLERANCE:
        return False
    return any(
        hmac.compare_digest(
            signature(body, secret, moment=sent).encode(),
            f"t={seconds},v1={parts.get('v1')}".encode(),
        )
        for secret in secrets
        if secret
    )


def news(payload: Mapping[str, Any]) -> News:
    """Read such a message. Raises `ValueError` for what is none."""
    number, status, at = (payload.get(name) for name in ("tracking_number", "status", "at"))
    if not isinstance(number, str) or not isinstance(status, str) or not isinstance(at, str):
        raise ValueError("tracking_number, status and at are texts")
    moment = datetime.datetime.fromisoformat(at)
    if moment.tzinfo is None:
        raise ValueError("at has no time zone")
    if not 0 < len(cleaned(number)) <= 80:
        raise ValueError("tracking_number is empty or too long")
    return News(cleaned(number), status == "delivered", moment)


def message(body: bytes) -> Message:
    """The body as it is stored: number, status and time, nothing else. Raises `ValueError`."""
    given = json.loads(body)
    if not isinstance(given, dict) or not isinstance(given.get("event_id"), str):
        raise ValueError("event_id is missing")
    found = news(given)
    return Message(
        event_id=given["event_id"][:255],
        type=str(given["status"])[:80],
        object_id=found.tracking_number,
        hint={name: given[name] for name in ("tracking_number", "status", "at")},
    )
