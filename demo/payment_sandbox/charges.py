"""Charges of the hosted page: cards at once, SEPA direct debit with a delay."""

import hashlib

from demo.payment_sandbox import charge_shapes, events, ids, shapes, values
from demo.payment_sandbox.store import Row
from demo.payment_sandbox.world import World

BUYER = "Test Buyer"


def succeed_card(world: World, intent: Row, session: Row, *, three_d_secure: bool) -> Row:
    """A captured card charge."""
    charge = _new(world, intent, session)
    charge["payment_method_details"] = charge_shapes.card_details(
        amount=intent["amount"],
        three_d_secure=three_d_secure,
        last4="3220" if three_d_secure else "4242",
    )
    return _capture(world, charge)


def decline_card(world: World, intent: Row, session: Row, *, card: str = "") -> Row:
    """A charge that the bank refused; ``card`` is the fingerprint, else one of the buyer's own."""
    charge = _new(world, intent, session)
    charge["payment_method_details"] = charge_shapes.card_details(
        amount=intent["amount"], three_d_secure=False, last4="0002"
    )
    buyer = session["customer_email"] or session["id"]
    charge["payment_method_details"]["card"]["fingerprint"] = (
        card or hashlib.sha256(buyer.encode()).hexdigest()[:16]
    )
    charge["outcome"] = charge_shapes.outcome(
        "issuer_declined",
        reason="generic_decline",
        seller_message="The bank did not return any further details with this decline.",
    )
    return _fail(world, charge, code="card_declined", message="Your card was declined.")


def begin_sepa(world: World, intent: Row, session: Row) -> Row:
    """A direct debit on its way: pending, nothing captured."""
    charge = _new(world, intent, session)
    charge["payment_method_details"] = charge_shapes.sepa_details()
    charge["outcome"] = charge_shapes.outcome(
        "authorized", seller_message="Payment is being processed."
    )
    world.store.put("charge", charge["id"], charge)
    events.emit(world, "charge.pending", charge)
    return charge


def settle_sepa(world: World, charge: Row) -> Row:
    """The direct debit arrived."""
    return _capture(world, charge)


def fail_sepa(world: World, charge: Row) -> Row:
    """The direct debit came back."""
    return _fail(
        world,
        charge,
        code="insufficient_funds",
        message="The customer's account has insufficient funds to cover this payment.",
    )


def _new(world: World, intent: Row, session: Row) -> Row:
    charge = charge_shapes.charge(ids.new("ch"))
    for name in values.names("amount currency description metadata shipping receipt_email"):
        charge[name] = intent[name]
    charge.update(
        created=world.clock.now(),
        payment_intent=intent["id"],
        payment_method=ids.new("pm"),
        statement_descriptor=intent["statement_descriptor"],
        statement_descriptor_suffix=intent["statement_descriptor_suffix"],
        calculated_statement_descriptor=world.settings.merchant.upper()[:22],
        billing_details={
            **shapes.nulls("phone tax_id"),
            "email": session["customer_email"],
            "name": BUYER,
            "address": shapes.address(country="DE"),
        },
    )
    return charge


def _capture(world: World, charge: Row) -> Row:
    charge.update(
        status="succeeded",
        paid=True,
        captured=True,
        amount_captured=charge["amount"],
        balance_transaction=ids.new("txn"),
        outcome=charge_shapes.outcome("authorized", seller_message="Payment complete."),
    )
    world.store.put("charge", charge["id"], charge)
    events.emit(world, "charge.succeeded", charge)
    return charge


def _fail(world: World, charge: Row, *, code: str, message: str) -> Row:
    charge.update(status="failed", paid=False, failure_code=code, failure_message=message)
    world.store.put("charge", charge["id"], charge)
    events.emit(world, "charge.failed", charge)
    return charge
