"""What a buyer does on the hosted page, and what it does to session, intent and charge.

Every function takes an open session inside ``world.act``; ``AlreadyOver`` says that it is not open,
so a second click never pays twice.
"""

from demo.payment_sandbox import charge_shapes, charges, events, ids, shapes, values
from demo.payment_sandbox.store import Row
from demo.payment_sandbox.world import World

_FROM_DATA = values.names(
    "description receipt_email statement_descriptor statement_descriptor_suffix"
)


class AlreadyOver(Exception):
    """The session is complete or expired; nothing was changed."""


def pay_by_card(world: World, session: Row, *, three_d_secure: bool = False) -> None:
    """The card is charged at once and the session is complete and paid."""
    _check_open(session)
    if session["amount_total"] == 0:
        _complete(world, session, payment_status="no_payment_required")
        return
    intent = _attempt(world, session)
    charge = charges.succeed_card(world, intent, session, three_d_secure=three_d_secure)
    _succeed(world, intent, charge)
    _complete(world, session, payment_status="paid")


def decline(world: World, session: Row, *, card: str = "") -> None:
    """The bank refuses the card; the session stays open and the buyer may try again.

    ``card`` is its fingerprint; without one each buyer has a card of their own.
    """
    _check_open(session)
    intent = _attempt(world, session)
    charge = charges.decline_card(world, intent, session, card=card)
    _fail(
        world,
        intent,
        message="Your card was declined.",
        code="card_declined",
        decline_code="generic_decline",
        charge=charge["id"],
        method=charge_shapes.failed_method(charge),
    )


def challenge(world: World, session: Row) -> None:
    """The bank asks for 3-D Secure: the intent waits for the buyer."""
    _check_open(session)
    intent = _attempt(world, session)
    here = f"{world.url}/c/pay/{session['id']}"
    intent["status"] = "requires_action"
    intent["payment_method"] = ids.new("pm")
    intent["next_action"] = {
        "type": "redirect_to_url",
        "redirect_to_url": {"return_url": here, "url": f"{here}/3ds"},
    }
    world.store.put("intent", intent["id"], intent)
    events.emit(world, "payment_intent.requires_action", intent)


def refuse_challenge(world: World, session: Row) -> None:
    """The buyer does not confirm 3-D Secure: no charge, the session stays open."""
    _check_open(session)
    intent = _attempt(world, session)
    _fail(
        world,
        intent,
        message=(
            "The provided payment method has failed authentication. You can provide another "
            "payment method to attempt to fulfill this PaymentIntent."
        ),
        code="payment_intent_authentication_failure",
        decline_code=None,
        charge=None,
    )


def pay_later(world: World, session: Row, *, will_succeed: bool) -> None:
    """A delayed method: the session is complete but unpaid until the payment settles."""
    _check_open(session)
    intent = _attempt(world, session)
    charge = charges.begin_sepa(world, intent, session)
    intent.update(
        status="processing",
        latest_charge=charge["id"],
        payment_method=charge["payment_method"],
        last_payment_error=None,
        processing=None,
    )
    world.store.put("intent", intent["id"], intent)
    moment = world.clock.exact() + world.settings.settle_after
    world.store.put(
        "pending", intent["id"], {"session": session["id"], "ok": will_succeed, "at": moment}
    )
    world.appoint(moment, "settlement", intent["id"])
    events.emit(world, "payment_intent.processing", intent)
    _complete(world, session, payment_status="unpaid")


def settle(world: World, intent_id: str, *, ok: bool | None = None) -> bool:
    """The delayed payment ends, well or not (None: as the buyer chose). False: none was pending."""
    plan = world.store.get("pending", intent_id)
    intent = world.store.get("intent", intent_id)
    if plan is None or intent is None:
        return False
    world.store.drop("pending", intent_id)
    session = world.store.get("session", plan["session"])
    assert session is not None  # noqa: S101 - a plan is only ever made for a session
    charge = world.store.get("charge", intent["latest_charge"])
    assert charge is not None  # noqa: S101
    if plan["ok"] if ok is None else ok:
        charges.settle_sepa(world, charge)
        _succeed(world, intent, charge)
        session["payment_status"] = "paid"
        world.store.put("session", session["id"], session)
        events.emit(world, "checkout.session.async_payment_succeeded", session)
    else:
        charges.fail_sepa(world, charge)
        _fail(
            world,
            intent,
            message="The customer's account has insufficient funds to cover this payment.",
            code="payment_intent_payment_attempt_failed",
            decline_code="insufficient_funds",
            charge=charge["id"],
        )
        events.emit(world, "checkout.session.async_payment_failed", session)
    return True


def fall_due(world: World, intent_id: str) -> None:
    """The settlement's time has come."""
    settle(world, intent_id)


def reappoint(world: World) -> None:
    """After a restart: pending payments settle when they must."""
    for intent_id, plan in world.store.items("pending"):
        world.appoint(plan["at"], "settlement", intent_id)


def _check_open(session: Row) -> None:
    if session["status"] != "open":
        raise AlreadyOver


def _attempt(world: World, session: Row) -> Row:
    """The session's intent; Stripe makes it with the first attempt to pay."""
    intent = world.store.get("intent", session["payment_intent"] or "")
    if intent is not None:
        return intent
    intent = _new_intent(world, session)
    world.store.put("intent", intent["id"], intent)
    session["payment_intent"] = intent["id"]
    world.store.put("session", session["id"], session)
    events.emit(world, "payment_intent.created", intent)
    return intent


def _new_intent(world: World, session: Row) -> Row:
    data = (world.store.get("checkout", session["id"]) or {})["intent_data"]
    intent = shapes.intent(ids.new("pi"))
    for name in [
        "description",
        "receipt_email",
        "statement_descriptor",
        "statement_descriptor_suffix",
    ]:
        intent[name] = data.get(name)
    intent.update(
        amount=session["amount_total"],
        currency=session["currency"],
        created=world.clock.now(),
        client_secret=ids.secret_of(intent["id"]),
        metadata=data.get("metadata", {}),
        shipping=shapes.shipping(data.get("shipping")),
        capture_method=data.get("capture_method", "automatic_async"),
        payment_method_types=session["payment_method_types"],
        payment_method_options=session["payment_method_options"],
        allowed_payment_method_types=session["allowed_payment_method_types"],
        excluded_payment_method_types=session["excluded_payment_method_types"],
    )
    return intent


def _succeed(world: World, intent: Row, charge: Row) -> None:
    intent.update(
        status="succeeded",
        amount_received=intent["amount"],
        latest_charge=charge["id"],
        payment_method=charge["payment_method"],
        last_payment_error=None,
        next_action=None,
    )
    world.store.put("intent", intent["id"], intent)
    events.emit(world, "payment_intent.succeeded", intent)


def _fail(
    world: World,
    intent: Row,
    *,
    message: str,
    code: str,
    decline_code: str | None,
    charge: str | None,
    method: Row | None = None,
) -> None:
    intent.update(
        status="requires_payment_method",
        payment_method=None,
        next_action=None,
        latest_charge=charge or intent["latest_charge"],
        last_payment_error=shapes.payment_error(
            message, code=code, decline_code=decline_code, charge=charge, method=method
        ),
    )
    world.store.put("intent", intent["id"], intent)
    events.emit(world, "payment_intent.payment_failed", intent)


def _complete(world: World, session: Row, *, payment_status: str) -> None:
    email = session["customer_email"]
    session.update(
        status="complete",
        url=None,
        payment_status=payment_status,
        customer_details={
            **shapes.nulls("business_name individual_name phone"),
            "email": email,
            "name": charges.BUYER,
            "address": shapes.address(country="DE"),
            "tax_exempt": "none",
            "tax_ids": [],
        },
    )
    world.store.put("session", session["id"], session)
    events.emit(world, "checkout.session.completed", session)
