"""The same bookings in any order, in any files, doubled: the same sums and the same states."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orders import books
from orders.models import Order, Payment
from orders.money import statements
from shop.kit import clock
from tests.orders.money.conftest import booking, camt

pytestmark = pytest.mark.django_db(transaction=True)
TOTAL = Decimal("52.90")


def state(orders):
    """What may not depend on the order of arrival."""
    found = []
    for order in Order.objects.filter(pk__in=[one.pk for one in orders]).order_by("pk"):
        captured = sum(order.payments.values_list("captured", flat=True), Decimal(0))
        wanted = sum(
            order.payments.exclude(state="mismatch").values_list("captured", flat=True), Decimal(0)
        )
        confirmations = order.mails.filter(kind="confirmation").count()
        found.append((order.status, order.payment_status, captured, wanted, confirmations))
    return found


def expected(sums):
    came = sum(sums, Decimal(0))
    status = "confirmed" if came >= TOTAL else "placed"
    payment = (
        "unpaid"
        if not came
        else "partly_paid"
        if came < TOTAL
        else "overpaid"
        if came > TOTAL
        else "paid"
    )
    return (status, payment, came, min(came, TOTAL), int(came >= TOTAL))


amounts = st.sampled_from(["2.90", "10.00", "26.45", "42.90", "50.00", "52.90"]).map(Decimal)


@given(data=st.data())
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_order_and_any_doubling_end_the_same(prepaid, make_variant, data):
    variant = make_variant(pieces=1000)
    orders = [prepaid(variant=variant) for _number in range(2)]
    payments = data.draw(st.lists(st.tuples(st.integers(0, 1), amounts), max_size=5))
    rows = [booking(str(amount), orders[one].number) for one, amount in payments]
    files = data.draw(st.lists(st.lists(st.sampled_from(range(len(rows) or 1))), max_size=3))
    moment = clock.now() + datetime.timedelta(minutes=1)

    order = data.draw(st.permutations(range(len(rows))))
    for file in [*files, order, order]:
        content = camt(*(rows[number] for number in dict.fromkeys(file) if number < len(rows)))
        statements.upload("a.xml", content, by=None, moment=moment)

    sums = [[amount for one, amount in payments if one == place] for place in range(2)]
    assert state(orders) == [expected(came) for came in sums]
    assert [(name, wrong) for name, check in books.CHECKS if (wrong := check())] == []


def test_the_database_refuses_a_part_that_is_more_than_the_whole(prepaid):
    payment = prepaid().payments.get()

    with pytest.raises(IntegrityError, match="payment_partial_is_a_part"):
        Payment.objects.filter(pk=payment.pk).update(state="partial", captured=payment.amount)
