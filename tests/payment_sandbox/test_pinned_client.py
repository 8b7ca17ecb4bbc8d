"""The tables and objects agree with the typed classes of the installed, pinned client."""

import inspect
import typing
from importlib import import_module

import pytest
import stripe

from demo.payment_sandbox import API_VERSION, charge_shapes, params, session_params, shapes
from demo.payment_sandbox.nesting import Either, Record, Rows
from demo.payment_sandbox.schema import Choice
from tests.payment_sandbox.fixtures import order

_OPTIONS = set(stripe.RequestOptions.__annotations__)
TABLES = [
    ("checkout._session_create_params", "SessionCreateParams", session_params.SESSION_CREATE),
    ("checkout._session_list_params", "SessionListParams", params.SESSION_LIST),
    ("checkout._session_retrieve_params", "SessionRetrieveParams", params.ONLY_EXPAND),
    ("checkout._session_expire_params", "SessionExpireParams", params.ONLY_EXPAND),
    (
        "checkout._session_line_item_list_params",
        "SessionLineItemListParams",
        params.LINE_ITEM_LIST,
    ),
    ("_payment_intent_retrieve_params", "PaymentIntentRetrieveParams", params.INTENT_RETRIEVE),
    ("_payment_intent_list_params", "PaymentIntentListParams", params.INTENT_LIST),
    ("_refund_create_params", "RefundCreateParams", params.REFUND_CREATE),
    ("_refund_retrieve_params", "RefundRetrieveParams", params.ONLY_EXPAND),
    ("_refund_list_params", "RefundListParams", params.REFUND_LIST),
    ("_event_retrieve_params", "EventRetrieveParams", params.ONLY_EXPAND),
    ("_event_list_params", "EventListParams", params.EVENT_LIST),
]


def test_the_sandbox_speaks_the_pinned_version():
    assert stripe.api_version == API_VERSION


@pytest.mark.parametrize(("module", "name", "table"), TABLES)
def test_a_table_knows_exactly_the_parameters_of_the_client(module, name, table):
    found = import_module(f"stripe.params.{module}")

    differences = list(_compare(found, getattr(found, name), table, name))

    assert differences == []


def _compare(module, typed, kind, path):
    """Differences between a typed dictionary and our table, at any depth that we accept."""
    if isinstance(kind, Rows):
        kind = kind.of
    if isinstance(kind, Either):
        kind = kind.nested
    if isinstance(kind, Record):
        theirs = set(typed.__annotations__) - _OPTIONS
        for extra in sorted(theirs ^ set(kind.fields)):
            yield f"{path}.{extra}"
        for name, inner in kind.fields.items():
            text = _text(typed.__annotations__[name])
            yield from _inner(module, text, inner, f"{path}.{name}")


def _inner(module, text, kind, path):
    wanted = kind.of if isinstance(kind, Rows) else kind
    if isinstance(wanted, Choice):
        theirs = set(_literals(text)) - {""}
        if theirs != set(wanted.values):
            yield f"{path}: {sorted(theirs ^ set(wanted.values))}"
    elif isinstance(wanted, (Record, Either)):
        names = [word for word in _words(text) if hasattr(module, word) and "Params" in word]
        if not names:
            yield f"{path}: the client has no object here"
        else:
            yield from _compare(module, getattr(module, names[-1]), kind, path)


def _text(annotation):
    return getattr(annotation, "__forward_arg__", None) or str(annotation)


def _words(text):
    return "".join(c if c.isalnum() or c == "_" else " " for c in text).split()


def _literals(text):
    values = []
    for part in text.split("Literal[")[1:]:
        values += [word.strip().strip("'\"") for word in part.partition("]")[0].split(",")]
    return [value for value in values if value]


OBJECTS = [
    (stripe.checkout.Session, shapes.session("cs_1"), {"line_items"}),
    (stripe.PaymentIntent, shapes.intent("pi_1"), set()),
    (stripe.Charge, charge_shapes.charge("ch_1"), {"refunds"}),
    (stripe.Refund, shapes.refund("re_1"), set()),
    (stripe.Event, shapes.event("evt_1", "charge.failed"), set()),
    (stripe.Dispute, charge_shapes.dispute("du_1"), set()),
]


@pytest.mark.parametrize(("typed", "blank", "asked_for"), OBJECTS)
def test_an_object_has_every_field_of_the_client_and_no_other(typed, blank, asked_for):
    assert _fields(typed) - asked_for == set(blank)


def test_inner_objects_are_complete_too(payment_sandbox):
    sandbox = payment_sandbox()
    made = sandbox.client.v1.checkout.sessions.create(params=order())
    sandbox.control.buy(made.id)
    declined = sandbox.client.v1.checkout.sessions.create(params=order())
    sandbox.control.buy(declined.id, "decline")
    expand = {"expand": ["payment_intent.latest_charge", "line_items"]}

    session = sandbox.client.v1.checkout.sessions.retrieve(made.id, params=expand)
    failed = sandbox.client.v1.checkout.sessions.retrieve(declined.id, params=expand)

    typed = stripe.checkout.Session
    assert set(session.customer_details.to_dict()) == _fields(typed.CustomerDetails)
    assert set(session.total_details.to_dict()) == _fields(typed.TotalDetails)
    assert set(session.automatic_tax.to_dict()) == _fields(typed.AutomaticTax)
    assert set(session.custom_text.to_dict()) == _fields(typed.CustomText)
    item = session.line_items.data[0]
    assert set(item.to_dict()) == _fields(stripe.LineItem) - {"discounts", "taxes"}
    assert set(item.price.to_dict()) == _fields(stripe.Price) - {"deleted"}
    charge = session.payment_intent.latest_charge
    card = stripe.Charge.PaymentMethodDetails.Card
    assert set(charge.payment_method_details.card.to_dict()) == _fields(card)
    assert set(charge.outcome.to_dict()) == _fields(stripe.Charge.Outcome)
    assert set(charge.billing_details.to_dict()) == _fields(stripe.Charge.BillingDetails)
    error = failed.payment_intent.last_payment_error.to_dict()
    assert set(error) == _fields(stripe.PaymentIntent.LastPaymentError)


def test_every_event_type_is_one_that_stripe_sends(payment_sandbox):
    sandbox = payment_sandbox()
    sessions = sandbox.client.v1.checkout.sessions
    for choice in ("pay", "decline", "pay-later"):
        sandbox.control.buy(sessions.create(params=order()).id, choice)

    sent = {row["type"] for row in sandbox.control.state()["events"]}

    known = set(typing.get_args(inspect.get_annotations(stripe.Event, eval_str=False)["type"]))
    known = known or set(_literals(_text(stripe.Event.__annotations__["type"])))
    assert len(sent) == 8
    assert sent <= known


def _fields(typed):
    return set(typed.__annotations__) - {"OBJECT_NAME"}
