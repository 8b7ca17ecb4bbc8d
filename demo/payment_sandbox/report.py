"""What a test wants to know: everything there is, and the money of each order."""

from typing import Any

from demo.payment_sandbox.world import World

_KINDS = {
    "sessions": "session",
    "payment_intents": "intent",
    "charges": "charge",
    "refunds": "refund",
    "disputes": "dispute",
    "events": "event",
    "deliveries": "delivery",
}


def state(world: World, *, paused: bool) -> dict[str, Any]:
    """All objects, oldest first, the clock and the counts of deliveries by state."""
    told: dict[str, Any] = {name: world.store.rows(kind) for name, kind in _KINDS.items()}
    told["pending"] = dict(world.store.items("pending"))
    told["now"] = world.clock.now()
    told["offset"] = world.clock.offset
    told["webhooks_paused"] = paused
    told["deliveries_by_state"] = _counts(world)
    told["faults"] = world.faults.told()
    return told


def money(world: World) -> dict[str, Any]:
    """Captured, refunded and still pending cents per ``client_reference_id``, and the totals.

    ``refunded`` leaves out failed refunds. ``payments`` counts succeeded charges: more than one
    says that an order was paid twice.
    """
    orders: dict[str, dict[str, Any]] = {}
    for session in world.store.rows("session"):
        order = orders.setdefault(session["client_reference_id"] or "", _empty())
        order["sessions"].append(session["id"])
        _count_intent(world, order, session["payment_intent"])
    names = ("captured", "refunded", "pending", "payments")
    totals = {name: sum(order[name] for order in orders.values()) for name in names}
    return {"orders": orders, "totals": totals}


def _empty() -> dict[str, Any]:
    return {
        "captured": 0,
        "refunded": 0,
        "pending": 0,
        "payments": 0,
        "sessions": [],
        "payment_intents": [],
    }


def _count_intent(world: World, order: dict[str, Any], intent_id: str | None) -> None:
    intent = world.store.get("intent", intent_id or "")
    if intent is None:
        return
    order["payment_intents"].append(intent["id"])
    charge = world.store.get("charge", intent["latest_charge"] or "")
    if charge is not None and charge["status"] == "succeeded":
        order["captured"] += charge["amount_captured"]
        order["refunded"] += charge["amount_refunded"]
        order["payments"] += 1
    if intent["status"] == "processing":
        order["pending"] += intent["amount"]


def _counts(world: World) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in world.store.rows("delivery"):
        counts[row["state"]] = counts.get(row["state"], 0) + 1
    return counts
