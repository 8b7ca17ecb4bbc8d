"""What an order uses of something limited: taken, released, taken again; and its books."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from inventory import stock
from orders import books, lifecycle, payments
from orders.models import Order, Payment, PaymentState, Redemption, RedemptionCount, mailbox
from orders.redemptions import counting, people
from orders.redemptions.counting import Want

pytestmark = pytest.mark.django_db(transaction=True)
TEN = Decimal("10.00")
SUMMER = Want(key="coupon:1", most=2)


def broken():
    return [sentence for sentence, find in books.CHECKS if find()]


def use(order, *wants, moment):
    with transaction.atomic():
        counting.take(order, wants, moment=moment)


def counted(key="coupon:1"):
    row = RedemptionCount.objects.get(pk=key)
    return row.used, row.spent, row.used_beyond, row.spent_beyond


def test_a_limit_lets_exactly_so_many_in(place, moment):
    for _number in range(2):
        use(place(), SUMMER, moment=moment)

    with pytest.raises(counting.UsedUp) as refused:
        use(place(), SUMMER, moment=moment)

    assert refused.value.keys == {"coupon:1"}
    assert counting.counts(["coupon:1", "coupon:2"]) == {
        "coupon:1": counting.Count(2, Decimal("0.00"))
    }
    assert broken() == []


def test_of_several_limits_all_hold_or_nothing_is_counted(place, moment):
    use(place(), Want(key="promotion:1", budget=TEN, amount=Decimal("6.00")), moment=moment)
    budget = Want(key="promotion:1", budget=TEN, amount=Decimal("4.01"))

    with pytest.raises(counting.UsedUp) as refused:
        use(place(), SUMMER, budget, moment=moment)

    assert refused.value.keys == {"promotion:1"}
    assert counted("promotion:1")[:2] == (1, Decimal("6.00"))
    assert not RedemptionCount.objects.filter(pk="coupon:1").exists()
    assert Redemption.objects.count() == 1


def test_the_last_cent_of_a_budget_can_be_given(place, moment):
    use(place(), Want(key="promotion:1", budget=TEN, amount=Decimal("6.00")), moment=moment)

    use(place(), Want(key="promotion:1", budget=TEN, amount=Decimal("4.00")), moment=moment)

    assert counted("promotion:1")[:2] == (2, TEN)


NEVER = [
    Want(key="coupon:1", most=0),
    Want(key="promotion:1", budget=TEN, amount=Decimal("10.01")),
]


@pytest.mark.parametrize("want", NEVER)
def test_what_never_fits_is_refused_the_first_time_too(place, moment, want):
    with pytest.raises(counting.UsedUp):
        use(place(), want, moment=moment)

    assert not RedemptionCount.objects.exists()


def test_a_cancelled_order_gives_its_uses_back_and_a_refund_does_not(
    place, paid_order, sandbox, moment
):
    order, paid = place(), paid_order()
    want = Want(key="coupon:1", most=2, budget=TEN, amount=Decimal("5.00"))
    use(order, want, moment=moment)
    use(paid, want, moment=moment)

    lifecycle.cancel(order, by=None, reason="asked by phone", moment=moment)
    payments.refund(paid.payments.get(), amount=TEN, by=None, reason="late", moment=moment)

    assert counted() == (1, Decimal("5.00"), 0, Decimal("0.00"))
    assert broken() == []


def expired_then_paid(place_and_start, sandbox, moment, *, rivals, place):
    order, payment = place_and_start()
    want = Want(key="coupon:1", most=1, budget=TEN, amount=Decimal("6.00"))
    use(order, want, moment=moment)
    Payment.objects.update(state=PaymentState.EXPIRED)  # Our books were wrong: the page lived on.
    lifecycle.cancel(order, by=None, reason="expired", moment=moment)
    for _number in range(rivals):
        use(place(quantity=1), want, moment=moment)
    sandbox.pay(payment)
    payments.settle(payment.pk, moment=moment)
    payments.settle(payment.pk, moment=moment)
    return Order.objects.get(pk=order.pk)


def test_late_money_takes_the_use_again(place_and_start, place, sandbox, moment):
    order = expired_then_paid(place_and_start, sandbox, moment, rivals=0, place=place)

    assert order.status == "confirmed"
    assert counted() == (1, Decimal("6.00"), 0, Decimal("0.00"))
    assert broken() == []


def test_late_money_keeps_its_total_although_the_limit_is_used_up(
    place_and_start, place, sandbox, moment
):
    order = expired_then_paid(place_and_start, sandbox, moment, rivals=1, place=place)

    assert (order.status, order.total_gross) == ("confirmed", Decimal("52.90"))
    assert counted() == (1, Decimal("6.00"), 1, Decimal("6.00"))
    assert broken() == []
    with pytest.raises(counting.UsedUp):
        use(place(quantity=1), Want(key="coupon:1", most=2), moment=moment)
    use(place(quantity=1), Want(key="coupon:1", most=3), moment=moment)

    lifecycle.cancel(order, by=None, reason="asked by phone", moment=moment)

    assert counted()[2:] == (0, Decimal("0.00"))


def test_late_money_whose_goods_are_gone_takes_no_use(place_and_start, place, mug, sandbox, moment):
    order, payment = place_and_start()
    use(order, SUMMER, moment=moment)
    Payment.objects.update(state=PaymentState.EXPIRED)
    lifecycle.cancel(order, by=None, reason="expired", moment=moment)
    with transaction.atomic():
        stock.reserve({mug.pk: 9}, reference="K-RIVAL", moment=moment)
    sandbox.pay(payment)

    payments.settle(payment.pk, moment=moment)

    assert counted()[0] == 0
    assert broken() == []


# --- The books notice -----------------------------------------------------------------------------


COUNTED = "redemptions: counts = sum of the live ones"
ALIVE = "redemptions: live as long as the order"


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE orders_redemptioncount SET used = 2", COUNTED),
        ("UPDATE orders_redemptioncount SET spent = 5.99", COUNTED),
        ("UPDATE orders_redemption SET amount = 9", COUNTED),
        ("DELETE FROM orders_redemption", COUNTED),
        ("UPDATE orders_redemption SET released_at = NOW()", ALIVE),
        ("UPDATE orders_order SET status = 'cancelled'", ALIVE),
    ],
)
def test_the_books_tell_what_was_tampered_with(place, moment, statement, sentence):
    use(place(), Want(key="coupon:1", most=3, budget=TEN, amount=Decimal("6.00")), moment=moment)
    assert broken() == []

    with connection.cursor() as cursor:
        cursor.execute(statement)

    assert sentence in broken()


@pytest.mark.parametrize("change", ["used = 4", "spent = 10.01"])
def test_the_database_refuses_more_than_the_limit(place, moment, change):
    use(place(), Want(key="coupon:1", most=3, budget=TEN, amount=Decimal("6.00")), moment=moment)

    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(f"UPDATE orders_redemptioncount SET {change}")


# --- Who is one person ----------------------------------------------------------------------------

WRITTEN = [
    ("Ada.Petersen@Gmail.com", "adapetersen@gmail.com"),
    ("adapetersen+shop@googlemail.com", "adapetersen@gmail.com"),
    ("Ada.Petersen+shop@example.org", "ada.petersen@example.org"),
    (" ada@example.org ", "ada@example.org"),
    ("ada@gmail.com.example.org", "ada@gmail.com.example.org"),
]


@pytest.mark.parametrize(("typed", "box"), WRITTEN)
def test_a_mailbox_is_one_however_its_address_is_written(place, typed, box):
    place(email=typed.strip())

    assert mailbox.of(typed) == box
    found = Order.objects.alias(box=mailbox.expression()).filter(box=box)
    assert found.count() == 1


def test_a_person_is_known_by_account_and_mailbox_and_kept_as_a_hash(db):
    keys = people.keys(customer_id=7, email="Ada.Petersen@gmail.com")

    assert keys[0] == "account:7"
    assert keys[1:] == people.keys(customer_id=None, email="adapetersen+x@googlemail.com")
    assert "ada" not in keys[1]
    assert people.keys(customer_id=None, email="") == []


def test_who_has_ordered_is_found_by_another_way_to_write_the_address(place, moment):
    order = place(email="a.da+shop@gmail.com")

    assert people.has_ordered(customer_id=None, email="ADA@googlemail.com")
    assert not people.has_ordered(customer_id=None, email="ada@example.org")
    assert not people.has_ordered(customer_id=None, email="")

    lifecycle.cancel(order, by=None, reason="expired", moment=moment)

    assert not people.has_ordered(customer_id=None, email="ada@gmail.com")
