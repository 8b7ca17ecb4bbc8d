"""What happened, told as Stripe's snapshot events, and how far each one has been delivered."""

import copy
from typing import Any

from demo.payment_sandbox import errors, ids, lists, shapes
from demo.payment_sandbox.store import Row
from demo.payment_sandbox.world import World


def emit(world: World, kind: str, thing: Row, *, previous: Row | None = None) -> Row:
    """Record an event with a copy of ``thing`` as it is now, and queue its delivery."""
    event = shapes.event(ids.new("evt"), kind)
    event["api_version"] = world.settings.api_version
    event["created"] = world.clock.now()
    event["data"] = {"object": copy.deepcopy(thing), "previous_attributes": previous}
    event["request"] = {
        "id": world.cause.request_id,
        "idempotency_key": world.cause.idempotency_key,
    }
    wanted = bool(world.settings.webhook_url)
    event["pending_webhooks"] = 1 if wanted else 0
    world.store.put("event", event["id"], event)
    delivery: Row = {
        "event": event["id"],
        "type": kind,
        "state": "pending" if wanted else "unwanted",
        "next_at": world.clock.exact(),
        "attempts": [],
    }
    world.store.put("delivery", event["id"], delivery)
    if wanted:
        world.after_commit(lambda: world.queue_delivery(event["id"], delivery["next_at"]))
    return event


def retrieve(world: World, identifier: str) -> Row:
    """The event, or Stripe's 404."""
    event = world.store.get("event", identifier)
    if event is None:
        raise errors.missing("event", identifier, param="id")
    return event


def listing(world: World, params: dict[str, Any]) -> Row:
    """Events newest first, by type (``charge.*`` too), time and success of delivery."""
    if "type" in params and "types" in params:
        raise errors.refused("You may pass either `type` or `types`, but not both.", param="types")
    kinds = params.get("types") or ([params["type"]] if "type" in params else None)
    rows = [
        event
        for event in world.store.rows("event")
        if (kinds is None or any(_matches(event["type"], kind) for kind in kinds))
        and _delivered_as_asked(event, params.get("delivery_success"))
    ]
    return lists.page(rows, params, url="/v1/events", what="event")


def _matches(kind: str, wanted: str) -> bool:
    if wanted.endswith("*"):
        return kind.startswith(wanted[:-1])
    return kind == wanted


def _delivered_as_asked(event: Row, success: bool | None) -> bool:
    return success is None or (event["pending_webhooks"] == 0) is success
