"""A shop that sells abroad: orders to any country at any price, paid and given back."""

import datetime
import itertools
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import translation

from checkout import carts, placing
from checkout.models import Cart, DeliveryRate
from orders import attempts, payments, settling
from orders.findings import Finding, Outcome, RefundFinding
from orders.models import Order, RefundState
from orders.refunding import refunds
from tests.backoffice import Desk
from tests.checkout.conftest import CONTACT
from tests.making import LONG_AGO, make_product, make_variant

NOON = datetime.datetime(2026, 11, 24, 11, 0, tzinfo=datetime.UTC)
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def europe(rules):
    """The shop delivers to Austria, the Netherlands and home, free of charge."""
    DeliveryRate.objects.update(gross=0)


def goods(gross="23.80", *, is_digital=False, **fields):
    """Something that there is always enough of, since 2021."""
    number = next(_numbers)
    product = make_product(f"thing-{number}", is_digital=is_digital, published_at=LONG_AGO)
    return make_variant(
        product, gross=gross, sku=f"THING-{number}", has_stock_limit=False, **fields
    )


def filled(country, *wanted, moment=NOON, method="", postcode="1010"):
    """A cart of the variants, ready to be ordered to `country`."""
    cart = carts.create(customer=None, moment=moment)
    for variant in wanted:
        carts.add(cart, variant, quantity=1, moment=moment)
    contact = {name: text for name, text in CONTACT.items() if not name.endswith("_method")}
    carts.save_choices(
        cart,
        contact=contact | {"country": country, "postcode": postcode},
        delivery_method=method or ("standard" if country == "DE" else "europe"),
        payment_method="stripe",
        moment=moment,
    )
    return Cart.objects.get(pk=cart.pk)


def order_of(cart, *, moment=NOON) -> Order:
    total = placing.prepare(cart, moment=moment).quote.total_gross
    return placing.place(
        cart,
        agreed_total=total,
        token=cart.placement_token,
        terms_version="2026-11",
        moment=moment,
    )


def sell(country, gross="23.80", *, moment=NOON, **fields) -> Order:
    """Order one piece at `gross` to `country`."""
    return order_of(filled(country, goods(gross, **fields), moment=moment), moment=moment)


def pay(order, *, moment=None) -> Order:
    """The money comes in full, a minute later."""
    moment = moment or order.placed_at + datetime.timedelta(minutes=1)
    payment = attempts.with_parameters(
        order.payments.get().pk,
        lambda order, payment, **_more: {"of": order.number},
        moment=order.placed_at,
    )
    found = Finding(
        session_id=f"cs_{order.number}",
        outcome=Outcome.PAID,
        amount=order.total_gross,
        captured=order.total_gross,
        currency="EUR",
        reference=order.number,
        payment_id=str(payment.public_id),
        intent_id=f"pi_{order.number}",
    )
    settling.apply(payment.pk, found, moment=moment)
    order.refresh_from_db()
    return order


def _parameters(order, payment, **_more):
    return {"of": order.number}


def give_back(order, amount, *, moment=NOON):
    """Money of the order goes back."""
    row = payments.refund(
        order.payments.get(), amount=Decimal(amount), reason="returned", by=None, moment=moment
    )
    found = RefundFinding(
        refund_id=f"re_{next(_numbers)}",
        state=RefundState.SUCCEEDED,
        amount=row.amount,
        intent_id=row.payment.provider_intent,
    )
    with transaction.atomic():
        refunds.apply(row, found, moment=moment)


def desk_of(person) -> Desk:
    """A desk in English."""
    desk = Desk(person)
    desk.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk
