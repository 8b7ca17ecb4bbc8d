"""Webhooks that Stripe did not send, or not so: a shop must refuse all of them but ``rolled``."""

import json
from typing import Any

from demo.payment_sandbox import errors, ids, shapes, signing
from demo.payment_sandbox.clock import real_now
from demo.payment_sandbox.store import Row
from demo.payment_sandbox.world import World

KINDS = (
    "stale",  # properly signed, ten minutes ago
    "wrong_secret",
    "tampered",  # signed, then changed
    "unsigned",  # no header at all
    "garbage",  # a header that is none
    "not_json",  # properly signed, but no event
    "rolled",  # two signatures, one with the secret before: valid
)


def send(world: World, told: dict[str, Any]) -> dict[str, Any]:
    """Send one forged webhook and give back the shop's answer.

    ``event`` names the event to abuse; without it a paid session is invented, with ``changes``
    laid over its fields.
    """
    kind = str(told.get("kind", ""))
    if kind not in KINDS:
        raise errors.refused(f"Invalid kind: must be one of {', '.join(KINDS)}", param="kind")
    event = _event(world, told)
    body, header = _forge(world, kind, event)
    outcome = signing.post(
        world.settings.webhook_url, body, header, timeout=world.settings.webhook_timeout
    )
    return {"kind": kind, "event": event["id"], "status": outcome.status, "error": outcome.error}


def _forge(world: World, kind: str, event: Row) -> tuple[bytes, str | None]:
    body = json.dumps(event, indent=2).encode()
    secret = world.settings.webhook_secret
    if kind == "stale":
        return body, signing.header(body, secret, moment=real_now() - 600)
    if kind == "wrong_secret":
        return body, signing.header(body, "whsec_" + "0" * 32)
    if kind == "tampered":
        changed = {**event, "id": ids.new("evt")}
        return json.dumps(changed, indent=2).encode(), signing.header(body, secret)
    if kind == "unsigned":
        return body, None
    if kind == "garbage":
        return body, "t=now,v1=,v0"
    if kind == "not_json":
        return b"payment succeeded!", signing.header(b"payment succeeded!", secret)
    return body, signing.header(body, "whsec_before_" + "0" * 24, secret)


def _event(world: World, told: dict[str, Any]) -> Row:
    if "event" in told:
        with world.lock:
            event = world.store.get("event", str(told["event"]))
        if event is None:
            raise errors.missing("event", str(told["event"]), param="event")
        return event
    session = shapes.session(ids.new("cs_test"))
    session.update(
        status="complete",
        payment_status="paid",
        amount_total=1,
        currency="eur",
        created=world.clock.now(),
        expires_at=world.clock.now() + 3600,
        payment_intent=ids.new("pi"),
        success_url=world.url,
    )
    session.update(told.get("changes", {}))
    event = shapes.event(ids.new("evt"), "checkout.session.completed")
    event.update(
        api_version=world.settings.api_version,
        created=world.clock.now(),
        data={"object": session, "previous_attributes": None},
    )
    return event
