"""Money for a cancelled order: the table of docs/algorithms/late_payment.md, cell by cell."""

import pytest
from django.db import transaction

from inventory import stock
from orders import lifecycle, payments
from orders.models import Payment, PaymentState
from tests.orders.conftest import kinds_of, stock_of

pytestmark = pytest.mark.django_db(transaction=True)

# why it was cancelled, are the goods still there, is the amount right → status, payment, refunded
TABLE = [
    ("expired", True, True, "confirmed", "paid", None),
    ("expired", True, False, "cancelled", "refunded", 5290),
    ("expired", False, True, "cancelled", "refunded", 5290),
    ("expired", False, False, "cancelled", "refunded", 5290),
    ("asked by phone", True, True, "cancelled", "refunded", 5290),
    ("asked by phone", True, False, "cancelled", "refunded", 5290),
    ("asked by phone", False, True, "cancelled", "refunded", 5290),
    ("asked by phone", False, False, "cancelled", "refunded", 5290),
]


@pytest.mark.parametrize(("reason", "has_stock", "is_right", "status", "paid", "refunded"), TABLE)
def test_late_money(
    place_and_start, sandbox, mug, moment, reason, has_stock, is_right, status, paid, refunded
):
    order, payment = place_and_start()
    Payment.objects.update(state=PaymentState.EXPIRED)  # Our books were wrong: the page lived on.
    lifecycle.cancel(order, by=None, reason=reason, moment=moment)
    if not has_stock:
        with transaction.atomic():
            stock.reserve({mug.pk: 9}, reference="K-RIVAL", moment=moment)
    sandbox.pay(payment)
    if not is_right:
        sandbox.change(payment, amount_total=5000)

    payments.settle(payment.pk, moment=moment)
    payments.settle(payment.pk, moment=moment)

    order.refresh_from_db()
    assert (order.status, order.payment_status) == (status, paid)
    assert [row["amount"] for row in sandbox.refunds()] == ([refunded] if refunded else [])
    rival = 0 if has_stock else 9
    assert stock_of(mug) == (10, rival + (2 if status == "confirmed" else 0))
    late = ["late_payment", "refunded"] if refunded else []
    confirmed = ["confirmation"] if status == "confirmed" else []
    assert kinds_of(order) == sorted(["cancelled", *late, *confirmed])


def test_an_order_whose_goods_left_the_catalogue_is_not_revived(
    place_and_start, sandbox, mug, moment
):
    order, payment = place_and_start()
    Payment.objects.update(state=PaymentState.EXPIRED)
    lifecycle.cancel(order, by=None, reason="expired", moment=moment)
    order.lines.update(variant=None)
    sandbox.pay(payment)

    payments.settle(payment.pk, moment=moment)

    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("cancelled", "refunded")
