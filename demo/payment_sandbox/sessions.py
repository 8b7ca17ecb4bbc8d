"""Checkout Sessions: made, read, listed, expired."""

from typing import Any

from demo.payment_sandbox import errors, events, ids, lists, session_rules, shapes, values
from demo.payment_sandbox.store import Row
from demo.payment_sandbox.world import World

_COPIED = values.names(
    "client_reference_id customer_email locale success_url cancel_url submit_type "
    "allowed_payment_method_types excluded_payment_method_types billing_address_collection "
    "origin_context integration_identifier metadata payment_method_collection allow_promotion_codes"
)


def create(world: World, params: dict[str, Any]) -> Row:
    """An open session for checked ``params``; raises ApiError where they contradict each other."""
    facts = session_rules.check(params, now=world.clock.now())
    session = shapes.session(ids.new("cs_test"))
    session.update({name: params[name] for name in _COPIED if name in params})
    session.update(
        created=world.clock.now(),
        expires_at=facts.expires_at,
        currency=facts.currency,
        amount_subtotal=facts.total,
        amount_total=facts.total,
        payment_method_types=list(facts.payment_method_types),
        payment_method_options=_options(params, facts.payment_method_types),
        customer_creation="if_required",
        url=f"{world.url}/c/pay/{session['id']}",
    )
    if "submit" in params.get("custom_text", {}):
        session["custom_text"]["submit"] = params["custom_text"]["submit"]
    world.store.put("session", session["id"], session)
    world.store.put("checkout", session["id"], _checkout(world, params))
    world.appoint(session["expires_at"], "expiry", session["id"])
    return session


def retrieve(world: World, identifier: str) -> Row:
    """The session, or Stripe's 404."""
    session = world.store.get("session", identifier)
    if session is None:
        raise errors.missing("checkout.session", identifier, param="session")
    return session


def line_items(world: World, identifier: str) -> list[Row]:
    """The lines that the buyer pays."""
    retrieve(world, identifier)
    lines: list[Row] = (world.store.get("checkout", identifier) or {})["lines"]
    return lines


def listing(world: World, params: dict[str, Any]) -> Row:
    """Sessions newest first, by payment intent, status, e-mail and time."""
    email = params.get("customer_details", {}).get("email")
    rows = [
        row
        for row in world.store.rows("session")
        if row["payment_intent"] == params.get("payment_intent", row["payment_intent"])
        and row["status"] == params.get("status", row["status"])
        and (email is None or _email_of(row) == email)
    ]
    return lists.page(rows, params, url="/v1/checkout/sessions", what="checkout.session")


def expire(world: World, identifier: str) -> Row:
    """Close an open session for good; raises ApiError when it is not open any more."""
    session = retrieve(world, identifier)
    if session["status"] != "open":
        raise errors.rejected(
            f'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout '
            f"Session has a status of {session['status']}."
        )
    _close(world, session)
    return session


def fall_due(world: World, identifier: str) -> None:
    """``expires_at`` has come."""
    session = world.store.get("session", identifier)
    if session is not None and session["status"] == "open":
        _close(world, session)


def reappoint(world: World) -> None:
    """After a restart: every open session expires when it must."""
    for session in world.store.rows("session"):
        if session["status"] == "open":
            world.appoint(session["expires_at"], "expiry", session["id"])


def _close(world: World, session: Row) -> None:
    session["status"] = "expired"
    session["url"] = None
    world.store.put("session", session["id"], session)
    intent = world.store.get("intent", session["payment_intent"] or "")
    if intent is not None:
        intent.update(
            status="canceled",
            canceled_at=world.clock.now(),
            cancellation_reason="expired",
            next_action=None,
        )
        world.store.put("intent", intent["id"], intent)
        events.emit(world, "payment_intent.canceled", intent)
    events.emit(world, "checkout.session.expired", session)


def _options(params: dict[str, Any], methods: tuple[str, ...]) -> Row:
    asked = params.get("payment_method_options", {})
    options: Row = {}
    if "card" in methods:
        options["card"] = {
            "request_three_d_secure": asked.get("card", {}).get(
                "request_three_d_secure", "automatic"
            )
        }
    return options


def _checkout(world: World, params: dict[str, Any]) -> Row:
    return {
        "lines": [_line(world, line) for line in params["line_items"]],
        "intent_data": params.get("payment_intent_data", {}),
        "abouts": [
            line["price_data"]["product_data"].get("description") for line in params["line_items"]
        ],
        "notice": None,
    }


def _line(world: World, given: dict[str, Any]) -> Row:
    data = given["price_data"]
    price = shapes.price(ids.new("price"), ids.new("prod"), data, created=world.clock.now())
    line = shapes.line_item(ids.new("li"), price, given["quantity"], given.get("metadata", {}))
    line["description"] = data["product_data"]["name"]
    return line


def _email_of(session: Row) -> str | None:
    email: str | None = (session["customer_details"] or {}).get("email")
    return email or session["customer_email"]
