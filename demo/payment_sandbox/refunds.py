"""Refunds: never more than was captured, and some that fail or wait when a test asks for it."""

from typing import Any

from demo.payment_sandbox import errors, events, ids, lists, shapes
from demo.payment_sandbox.store import Row
from demo.payment_sandbox.world import World

OUTCOMES = ("succeeded", "pending", "failed")


def create(world: World, params: dict[str, Any]) -> Row:
    """A refund of all that is left or of ``amount``; raises ApiError where Stripe refuses."""
    charge = _charge_for(world, params)
    left = charge["amount_captured"] - charge["amount_refunded"]
    if charge["disputed"]:
        raise errors.rejected(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.",
            code="charge_disputed",
        )
    if left == 0:
        raise errors.rejected(
            f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded"
        )
    amount = params.get("amount", left)
    if amount > left:
        raise errors.rejected(
            f"Refund amount ({_money(amount, charge)}) is greater than unrefunded amount on charge "
            f"({_money(left, charge)})",
            param="amount",
        )
    return _make(world, charge, amount, params)


def retrieve(world: World, identifier: str) -> Row:
    """The refund, or Stripe's 404."""
    refund = world.store.get("refund", identifier)
    if refund is None:
        raise errors.missing("refund", identifier, param="refund")
    return refund


def listing(world: World, params: dict[str, Any]) -> Row:
    """Refunds newest first, by payment intent, charge and time."""
    rows = [
        row
        for row in world.store.rows("refund")
        if row["payment_intent"] == params.get("payment_intent", row["payment_intent"])
        and row["charge"] == params.get("charge", row["charge"])
    ]
    return lists.page(rows, params, url="/v1/refunds", what="refund")


def settle(world: World, identifier: str, *, ok: bool, reason: str = "unknown") -> Row:
    """A pending refund arrives or fails; one that succeeded may still fail later."""
    refund = retrieve(world, identifier)
    if refund["status"] == "failed" or (ok and refund["status"] != "pending"):
        raise errors.rejected(f"The refund {identifier} is {refund['status']} already.")
    before = {"status": refund["status"]}
    if ok:
        refund.update(status="succeeded", pending_reason=None)
        world.store.put("refund", identifier, refund)
        events.emit(world, "refund.updated", refund, previous=before)
        return refund
    _fail(world, refund, reason, before)
    return refund


def _charge_for(world: World, params: dict[str, Any]) -> Row:
    if ("payment_intent" in params) == ("charge" in params):
        raise errors.refused(
            "One of the following params should be provided for this request: payment_intent or "
            "charge.",
            code="parameter_missing" if "charge" not in params else None,
        )
    if "charge" in params:
        charge = world.store.get("charge", params["charge"])
        if charge is None:
            raise errors.missing("charge", params["charge"], param="charge", status=400)
    else:
        intent = world.store.get("intent", params["payment_intent"])
        if intent is None:
            raise errors.missing(
                "payment_intent", params["payment_intent"], param="payment_intent", status=400
            )
        charge = world.store.get("charge", intent["latest_charge"] or "")
    if charge is None or charge["status"] != "succeeded":
        raise errors.rejected(
            "This payment does not have a successful charge to refund.",
            code="payment_intent_unexpected_state",
        )
    return charge


def _make(world: World, charge: Row, amount: int, params: dict[str, Any]) -> Row:
    outcome = world.refund_outcomes.pop(0) if world.refund_outcomes else "succeeded"
    refund = shapes.refund(ids.new("re"))
    method = charge["payment_method_details"]["type"]
    refund.update(
        amount=amount,
        currency=charge["currency"],
        charge=charge["id"],
        payment_intent=charge["payment_intent"],
        created=world.clock.now(),
        reason=params.get("reason"),
        metadata=params.get("metadata", {}),
        balance_transaction=ids.new("txn"),
        destination_details={"type": method, method: _destination(method)},
        status="pending" if outcome == "pending" else "succeeded",
        pending_reason="processing" if outcome == "pending" else None,
    )
    world.store.put("refund", refund["id"], refund)
    events.emit(world, "refund.created", refund)
    _count(world, charge, amount)
    if outcome == "failed":
        _fail(world, refund, "lost_or_stolen_card", {"status": "succeeded"})
    return refund


def _count(world: World, charge: Row, amount: int) -> None:
    before = {"amount_refunded": charge["amount_refunded"], "refunded": charge["refunded"]}
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]
    world.store.put("charge", charge["id"], charge)
    if amount > 0:
        events.emit(world, "charge.refunded", charge, previous=before)


def _fail(world: World, refund: Row, reason: str, before: Row) -> None:
    refund.update(
        status="failed",
        failure_reason=reason,
        pending_reason=None,
        failure_balance_transaction=ids.new("txn"),
    )
    world.store.put("refund", refund["id"], refund)
    charge = world.store.get("charge", refund["charge"])
    assert charge is not None  # noqa: S101 - a refund is only ever made for a charge
    _count(world, charge, -refund["amount"])
    events.emit(world, "refund.failed", refund, previous=before)


def _destination(method: str) -> Row:
    if method != "card":
        return {}
    return {
        "reference": None,
        "reference_status": "pending",
        "reference_type": "acquirer_reference_number",
        "type": "refund",
    }


def _money(amount: int, charge: Row) -> str:
    return f"{amount / 100:.2f} {charge['currency'].upper()}"
