"""Idempotency-Key as Stripe honours it.

The first status and body of a key are kept for 24 hours of the sandbox's clock, errors 500
included. The same key with other parameters is refused; while the first call runs, a second one
gets 409. What was refused because of its parameters is not kept.
"""

import hashlib
import json
from typing import Any

from demo.payment_sandbox import errors
from demo.payment_sandbox.store import Row
from demo.payment_sandbox.world import World

KEPT_FOR = 24 * 3600
LONGEST_KEY = 255


def begin(world: World, key: str, *, method: str, path: str, fields: dict[str, Any]) -> Row | None:
    """The kept answer for this key, or None: then the caller acts and calls ``finish`` in any case.

    Raises ApiError for a key that is too long, in use right now, or known with other parameters.
    """
    if len(key) > LONGEST_KEY:
        raise errors.ApiError(
            f"Idempotency keys must be at most {LONGEST_KEY} characters.", kind="idempotency_error"
        )
    digest = _digest(method, path, fields)
    with world.lock:
        kept = world.store.get("answer", key)
        if kept is not None and world.clock.now() - kept["created"] >= KEPT_FOR:
            world.store.drop("answer", key)
            kept = None
        digest_then = world.in_flight.get(key) if kept is None else kept["digest"]
        if digest_then is not None and digest_then != digest:
            raise errors.ApiError(
                "Keys for idempotent requests can only be used with the same parameters they were "
                f"first used with. Try using a key other than '{key}' if you meant to execute a "
                "different request.",
                kind="idempotency_error",
            )
        if key in world.in_flight:
            raise errors.ApiError(
                "There is currently another in-progress request using this Stripe Idempotent Key "
                f"(that probably means you submitted twice, and the other request is still going "
                f"through): {key}. Please try again later.",
                status=409,
                code="idempotency_key_in_use",
            )
        if kept is None:
            world.in_flight[key] = digest
        return kept


def keep(world: World, key: str, *, status: int, body: bytes, request_id: str) -> None:
    """Keep this answer for the key; inside ``world.act``, so act and answer are written as one."""
    if key:
        row: Row = {
            "status": status,
            "body": body.decode(),
            "request_id": request_id,
            "digest": world.in_flight[key],
            "created": world.clock.now(),
        }
        world.store.put("answer", key, row)


def finish(world: World, key: str) -> None:
    """The call is over: the key is not in flight any more, and free again if nothing was kept."""
    with world.lock:
        world.in_flight.pop(key, None)


def prune(world: World) -> None:
    """Forget answers older than a day."""
    with world.lock:
        for key, kept in world.store.items("answer"):
            if world.clock.now() - kept["created"] >= KEPT_FOR:
                world.store.drop("answer", key)
        world.store.commit()


def _digest(method: str, path: str, fields: dict[str, Any]) -> str:
    text = json.dumps([method, path, fields], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
