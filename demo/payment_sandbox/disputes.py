"""Disputes: opened and closed through the control API."""

from demo.payment_sandbox import charge_shapes, errors, events, ids
from demo.payment_sandbox.store import Row
from demo.payment_sandbox.world import World

REASONS = ("fraudulent", "general", "product_not_received", "product_unacceptable", "duplicate")


def open_for(world: World, intent: Row, *, reason: str, amount: int | None) -> Row:
    """The buyer's bank takes the money back for now."""
    charge = world.store.get("charge", intent["latest_charge"] or "")
    if charge is None or charge["status"] != "succeeded" or charge["disputed"]:
        raise errors.rejected("Only a succeeded charge that is not disputed yet can be disputed.")
    if reason not in REASONS:
        raise errors.refused(f"Invalid reason: must be one of {', '.join(REASONS)}")
    dispute = charge_shapes.dispute(ids.new("du"))
    dispute.update(
        amount=amount or charge["amount"],
        currency=charge["currency"],
        charge=charge["id"],
        payment_intent=intent["id"],
        created=world.clock.now(),
        reason=reason,
    )
    dispute["evidence_details"]["due_by"] = world.clock.now() + 7 * 24 * 3600
    charge["disputed"] = True
    world.store.put("charge", charge["id"], charge)
    world.store.put("dispute", dispute["id"], dispute)
    events.emit(world, "charge.dispute.created", dispute)
    return dispute


def retrieve(world: World, identifier: str) -> Row:
    """The dispute, or Stripe's 404."""
    dispute = world.store.get("dispute", identifier)
    if dispute is None:
        raise errors.missing("dispute", identifier, param="dispute")
    return dispute


def answer(world: World, identifier: str) -> Row:
    """The seller has sent what it knows; the bank looks at it."""
    dispute = retrieve(world, identifier)
    if dispute["status"] != "needs_response":
        raise errors.rejected(f"The dispute {identifier} is {dispute['status']} already.")
    dispute["status"] = "under_review"
    dispute["evidence_details"] |= {"has_evidence": True, "submission_count": 1}
    world.store.put("dispute", identifier, dispute)
    before = {"status": "needs_response"}
    events.emit(world, "charge.dispute.updated", dispute, previous=before)
    return dispute


def close(world: World, identifier: str, *, won: bool) -> Row:
    """The bank decides."""
    dispute = retrieve(world, identifier)
    if dispute["status"] in {"won", "lost"}:
        raise errors.rejected(f"The dispute {identifier} is {dispute['status']} already.")
    before = {"status": dispute["status"]}
    dispute["status"] = "won" if won else "lost"
    world.store.put("dispute", identifier, dispute)
    events.emit(world, "charge.dispute.closed", dispute, previous=before)
    return dispute
