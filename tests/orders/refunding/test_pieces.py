"""Refunds for pieces say for which, and never give a cent twice."""

from decimal import Decimal

import pytest
from django.db import connection, transaction

from orders import books, payments
from orders.drafts import DiscountDraft, VatDraft
from orders.findings import RefundFinding
from orders.models import PartKind, RefundPart, RefundState
from orders.refunding import pieces, refunds, returned
from orders.refunding.amounts import NotReturnable
from tests.orders.conftest import line_for

pytestmark = pytest.mark.django_db(transaction=True)


def found():
    return {name for name, check in books.CHECKS if check()}


def line_of(order):
    return order.lines.get().pk


def back(order, count, moment, *, delivery=False):
    wanted = {line_of(order): count} if count else {}
    return pieces.give_back(order, wanted, delivery=delivery, reason="test", by=None, moment=moment)


def sink(refund, moment):
    """The bank gives the money back to us."""
    for state in (RefundState.SUCCEEDED, RefundState.FAILED):
        told = RefundFinding(refund_id="re_1", state=state, amount=refund.amount, intent_id="pi_1")
        with transaction.atomic():
            refunds.apply(refund, told, moment=moment)


def test_a_refund_for_pieces_says_which_and_at_which_rate(paid_order, moment):
    order = paid_order()

    refund = back(order, 1, moment, delivery=True)

    assert refund.amount == Decimal("28.90")
    rows = refund.parts.order_by("kind").values_list("kind", "line", "quantity", "gross", "net")
    assert list(rows) == [
        (PartKind.DELIVERY, None, 0, Decimal("4.90"), Decimal("4.11")),
        (PartKind.GOODS, line_of(order), 1, Decimal("24.00"), Decimal("20.17")),
    ]
    assert returned.pieces_back(order) == {line_of(order): 1}
    assert found() == set()


def test_no_more_pieces_than_were_bought_and_the_delivery_once(paid_order, moment):
    order = paid_order()
    back(order, 2, moment, delivery=True)

    for count, delivery in ((1, False), (0, True)):
        with pytest.raises(NotReturnable):
            back(order, count, moment, delivery=delivery)

    assert RefundPart.objects.count() == 2
    assert order.payments.get().refunds.get().amount == Decimal("52.90")


def test_an_amount_that_went_before_is_not_paid_twice(paid_order, moment):
    order = paid_order()
    payments.refund(
        order.payments.get(), amount=Decimal("10.00"), reason="scratched", by=None, moment=moment
    )

    with pytest.raises(refunds.NotRefundable):
        back(order, 2, moment, delivery=True)

    assert RefundPart.objects.count() == 0
    assert returned.pieces_back(order) == {}


def test_pieces_of_a_refund_that_failed_can_be_given_back_again_without_a_cent_too_many(
    paid_order, make_variant, moment
):
    """Three pieces for 10.00: 3.33, 3.33, 3.34. The first fails after the third."""
    order = paid_order(**_thirds(make_variant()))
    first = back(order, 1, moment)
    back(order, 1, moment)
    back(order, 1, moment)
    sink(first, moment)

    again = back(order, 1, moment)

    live = RefundPart.objects.exclude(refund__state=RefundState.FAILED)
    assert sum(one.gross for one in live) == Decimal("10.00")
    assert again.amount == first.amount
    assert found() == set()


def _thirds(variant):
    """Three pieces at 3.34 less two cents."""
    two_cents = Decimal("0.02")
    line = line_for(
        variant,
        quantity=3,
        unit=Decimal("3.34"),
        discount_gross=two_cents,
        net=Decimal("8.40"),
        vat=Decimal("1.60"),
    )
    share = DiscountDraft(
        kind="order",
        promotion_code="cents",
        name="Cents",
        gross=two_cents,
        shares=((0, two_cents),),
    )
    return {
        "lines": (line,),
        "discounts": (share,),
        "discount_gross": two_cents,
        "delivery_gross": Decimal("0.00"),
        "total_gross": Decimal("10.00"),
        "vat_sums": (
            VatDraft(
                rate=Decimal("19.00"),
                net=Decimal("8.40"),
                vat=Decimal("1.60"),
                gross=Decimal("10.00"),
            ),
        ),
    }


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE orders_refundpart SET gross = gross + 1", "refunds: the parts add up to"),
        ("UPDATE orders_refundpart SET quantity = 9", "refunds: no more pieces back than"),
        ("UPDATE orders_refundpart SET kept_gross = 90", "refunds: no more for a line or the"),
        ("UPDATE orders_refundpart SET net = 0", "refunds: per rate no more VAT back than"),
    ],
)
def test_the_books_tell_what_is_wrong_with_parts(paid_order, moment, statement, sentence):
    back(paid_order(), 2, moment)

    with connection.cursor() as cursor:
        cursor.execute(statement)

    assert any(one.startswith(sentence) for one in found())
