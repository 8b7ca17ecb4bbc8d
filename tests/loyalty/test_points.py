import threading

import pytest
from django.db import IntegrityError, connection, transaction

from loyalty import books, points
from loyalty.models import LoyaltyAccount, PointsEntry
from tests.making import NOON, make_customer

SPENDERS = 16


def _award(customer, number, reference="order-1"):
    return points.award(customer, points=number, reference=reference, moment=NOON)


def _redeem(customer, number, reference="order-2"):
    return points.redeem(customer, points=number, reference=reference, moment=NOON)


def _entries(customer):
    rows = PointsEntry.objects.filter(account__customer=customer).order_by("pk")
    return list(rows.values_list("kind", "points", "reference"))


@pytest.mark.django_db
def test_somebody_who_never_earned_points_has_none():
    assert points.balance(make_customer()) == 0
    assert not LoyaltyAccount.objects.exists()


@pytest.mark.django_db
def test_points_are_awarded_once_for_a_reference():
    ada = make_customer()

    assert _award(ada, 120) is True
    assert _award(ada, 120) is False
    assert _award(ada, 30, "order-9") is True

    assert points.balance(ada) == 150
    assert _entries(ada) == [("awarded", 120, "order-1"), ("awarded", 30, "order-9")]


@pytest.mark.django_db
def test_points_are_redeemed_once_for_a_reference():
    ada = make_customer()
    _award(ada, 120)

    assert _redeem(ada, 50) is True
    assert _redeem(ada, 50) is False

    assert points.balance(ada) == 70
    assert _entries(ada)[1:] == [("redeemed", -50, "order-2")]


@pytest.mark.django_db
def test_more_points_than_there_are_cannot_be_redeemed():
    ada, carol = make_customer(), make_customer()
    _award(ada, 49)

    with pytest.raises(points.NotEnoughPoints):
        _redeem(ada, 50)
    with pytest.raises(points.NotEnoughPoints):
        _redeem(carol, 1, "order-3")

    assert points.balance(ada) == 49
    assert _entries(ada) == [("awarded", 49, "order-1")]
    assert not LoyaltyAccount.objects.filter(customer=carol).exists()
    assert _redeem(ada, 49) is True


@pytest.mark.django_db
def test_points_are_revoked_once_for_a_reference():
    ada = make_customer()
    _award(ada, 120)

    assert points.revoke(ada, points=20, reference="return-1", moment=NOON) == 20
    assert points.revoke(ada, points=20, reference="return-1", moment=NOON) == 0

    assert points.balance(ada) == 100


@pytest.mark.django_db
def test_revoking_spent_points_takes_what_is_left_and_no_more():
    ada, carol = make_customer(), make_customer()
    _award(ada, 120)
    _redeem(ada, 100)

    assert points.revoke(ada, points=120, reference="return-1", moment=NOON) == 20
    assert points.revoke(ada, points=5, reference="return-2", moment=NOON) == 0
    assert points.revoke(carol, points=5, reference="return-3", moment=NOON) == 0

    assert points.balance(ada) == 0
    assert _entries(ada)[2:] == [("revoked", -20, "return-1"), ("revoked", 0, "return-2")]
    assert books.balances_are_sums_of_entries() == []


@pytest.mark.django_db
@pytest.mark.parametrize("act", [points.award, points.redeem, points.revoke])
@pytest.mark.parametrize("number", [0, -5])
def test_points_are_counted_from_one(act, number):
    ada = make_customer()
    _award(ada, 10)

    with pytest.raises(ValueError, match="counted from 1"):
        act(ada, points=number, reference="order-2", moment=NOON)

    assert points.balance(ada) == 10


@pytest.mark.django_db
def test_the_database_refuses_an_overdrawn_account():
    ada = make_customer()
    _award(ada, 10)

    with (
        pytest.raises(IntegrityError, match="loyalty_account_never_overdrawn"),
        transaction.atomic(),
    ):
        LoyaltyAccount.objects.update(balance=-1)


@pytest.mark.django_db
def test_the_books_name_a_balance_that_is_not_the_sum_of_its_entries():
    ada = make_customer()
    _award(ada, 10)
    account = LoyaltyAccount.objects.get(customer=ada)
    assert books.balances_are_sums_of_entries() == []

    LoyaltyAccount.objects.update(balance=11)

    assert books.balances_are_sums_of_entries() == [f"account {account.pk} has 11 entries say 10"]


def _at_once(call):
    """Run `call(number)` in 16 threads that start together; what each returned or raised."""
    start = threading.Barrier(SPENDERS)
    outcomes = [None] * SPENDERS

    def run(number):
        try:
            start.wait()
            outcomes[number] = call(number)
        except Exception as problem:
            outcomes[number] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(SPENDERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_sixteen_spenders_at_once_never_overdraw():
    ada = make_customer()
    _award(ada, 50)

    outcomes = _at_once(lambda number: _redeem(ada, 10, f"order-{number}"))

    assert outcomes.count(True) == 5
    assert sum(isinstance(outcome, points.NotEnoughPoints) for outcome in outcomes) == 11
    assert points.balance(ada) == 0
    assert PointsEntry.objects.filter(kind="redeemed").count() == 5
    assert books.balances_are_sums_of_entries() == []


@pytest.mark.django_db(transaction=True)
def test_one_order_placed_sixteen_times_at_once_spends_its_points_once():
    ada = make_customer()
    _award(ada, 500)

    outcomes = _at_once(lambda _number: _redeem(ada, 10, "order-1"))

    assert (outcomes.count(True), outcomes.count(False)) == (1, 15)
    assert points.balance(ada) == 490


@pytest.mark.django_db(transaction=True)
def test_sixteen_first_awards_at_once_open_one_account():
    ada = make_customer()

    outcomes = _at_once(lambda number: _award(ada, 10, f"order-{number}"))

    assert outcomes == [True] * SPENDERS
    assert points.balance(ada) == 160
    assert books.balances_are_sums_of_entries() == []


@pytest.mark.django_db(transaction=True)
def test_control_reading_first_and_writing_later_spends_points_many_times():
    """The race is real: without the condition in the UPDATE all sixteen spend the same points."""
    ada = make_customer()
    _award(ada, 50)
    account = LoyaltyAccount.objects.get(customer=ada)
    everybody_has_read = threading.Barrier(SPENDERS)

    def redeem_carelessly(number):
        seen = LoyaltyAccount.objects.get(pk=account.pk).balance
        connection.close()
        everybody_has_read.wait()
        if seen < 10:
            raise points.NotEnoughPoints
        PointsEntry.objects.create(
            account=account, kind="redeemed", points=-10, reference=f"o-{number}", created_at=NOON
        )
        LoyaltyAccount.objects.filter(pk=account.pk).update(balance=seen - 10)
        return True

    outcomes = _at_once(redeem_carelessly)

    assert outcomes.count(True) > 5
    assert books.balances_are_sums_of_entries() != []
