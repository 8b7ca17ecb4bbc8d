"""Limits of coupons under many at once; with the guard off they are passed, so these can fail."""

import contextlib
import threading
from collections import Counter
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F

from checkout import placing
from checkout.models import Cart
from orders import books, lifecycle
from orders.models import Order, OrderDiscount, Redemption, RedemptionCount
from orders.redemptions import counting
from shop.kit import clock
from tests.concurrency.conftest import filled_cart
from tests.making import make_coupon, make_goods, make_promotion

BUYERS, LIMIT = 64, 50
VARIANTS = ["ada@gmail.com", "a.d.a@gmail.com", "ADA@Gmail.com", "ada+1@gmail.com",
            "ada+2@googlemail.com", "A.da@googlemail.com"]  # fmt: skip


def outcomes(results):
    """How many ordered, and how many were told that the discount is gone."""
    losers = (placing.DiscountGone, placing.TotalChanged)
    return Counter("told" if isinstance(one, losers) else type(one).__name__ for one in results)


def place(cart):
    """Order for the total that the shopper saw with the discount."""
    return placing.place(
        cart,
        agreed_total=Decimal(cart.contact["seen"]),
        token=cart.placement_token,
        terms_version="1",
        moment=clock.now(),
    )


def broken():
    return [sentence for sentence, find in books.CHECKS if find()]


@pytest.fixture
def plenty(rules, warehouse):
    """Eight goods at 100.00: with one, its row of the stock would let buyers in one by one."""
    return [make_goods(warehouse, pieces=40, gross="100.00") for _number in range(8)]


def carts_with(coupon, goods, count, emails=()):
    """Carts with the coupon, each of somebody else, or in turn of `emails`."""
    carts = []
    for number in range(count):
        cart = filled_cart(goods[number % len(goods)])
        email = emails[number % len(emails)] if emails else f"buyer{number}@example.org"
        cart.contact["email"] = email
        cart.coupon_keys = [coupon.key]
        quote = placing.prepare(cart, moment=clock.now()).quote
        assert quote.discount_gross > 0
        cart.contact["seen"] = str(quote.total_gross)
        cart.save()
        carts.append(cart)
    return carts


def test_sixty_four_at_once_get_a_coupon_fifty_times(at_once, plenty):
    coupon = make_coupon(limit_total=LIMIT)
    carts = carts_with(coupon, plenty, BUYERS)

    results = at_once(place, carts)

    assert outcomes(results) == {"Order": LIMIT, "told": BUYERS - LIMIT}
    assert OrderDiscount.objects.count() == LIMIT
    assert RedemptionCount.objects.get(pk=f"coupon:{coupon.pk}").used == LIMIT
    assert Cart.objects.open().count() == BUYERS - LIMIT
    assert Order.objects.exclude(total_gross=Decimal("102.90")).count() == 0
    told = [one.message for one in results if isinstance(one, placing.DiscountGone)]
    assert all(coupon.promotion.code in message for message in told)
    assert broken() == []


def test_a_budget_of_a_hundred_euros_is_given_to_the_cent_and_no_further(at_once, plenty):
    promotion = make_promotion(percent="8", budget=Decimal("100.00"), needs_coupon=True)
    coupon = make_coupon(promotion=promotion)

    results = at_once(place, carts_with(coupon, plenty, BUYERS))

    assert outcomes(results) == {"Order": 12, "told": BUYERS - 12}
    count = RedemptionCount.objects.get(pk=f"promotion:{promotion.pk}")
    assert (count.used, count.spent) == (12, Decimal("96.00"))
    given = sum(OrderDiscount.objects.values_list("gross", flat=True))
    assert given == Decimal("96.00")
    assert broken() == []


def test_once_per_customer_holds_for_all_ways_to_write_an_address(at_once, plenty):
    coupon = make_coupon(limit_per_customer=1)

    results = at_once(place, carts_with(coupon, plenty, 24, VARIANTS))

    assert outcomes(results) == {"Order": 1, "told": 23}
    assert RedemptionCount.objects.count() == 1
    assert broken() == []


def test_the_first_order_is_one_even_at_the_same_moment(at_once, plenty):
    promotion = make_promotion(is_first_order=True, needs_coupon=True)
    coupon = make_coupon(promotion=promotion)

    results = at_once(place, carts_with(coupon, plenty, 24, VARIANTS))

    assert outcomes(results) == {"Order": 1, "told": 23}
    assert broken() == []


def test_placing_and_cancelling_at_once_never_lose_a_use(at_once, plenty):
    coupon = make_coupon(limit_total=24)
    orders = [place(cart) for cart in carts_with(coupon, plenty, 12)]
    carts = carts_with(coupon, plenty, 24)
    acts = [one for pair in zip(orders, carts[:12], strict=True) for one in pair] + carts[12:]

    def act(one):
        if isinstance(one, Cart):
            return place(one)
        return lifecycle.cancel(one, by=None, reason="asked by phone", moment=clock.now())

    results = at_once(act, acts)

    alive = Order.objects.exclude(status="cancelled").count()
    assert set(outcomes(results)) <= {"Order", "told"}
    assert 12 <= alive <= 24
    assert RedemptionCount.objects.get().used == alive
    assert Redemption.objects.filter(released_at=None).count() == alive
    assert broken() == []


# --- Control: without the guard the limit is passed -----------------------------------------------

_lookers = threading.Barrier(4)


def _careless(wants):
    """What must never stand in `counting._take`: look first, write later."""
    taken = set()
    for want in wants:
        count, _new = RedemptionCount.objects.get_or_create(key=want.key)
        if want.most is None or count.used < want.most:
            with contextlib.suppress(threading.BrokenBarrierError):
                _lookers.wait(timeout=1)
            RedemptionCount.objects.filter(pk=want.key).update(
                used=F("used") + 1, spent=F("spent") + want.amount
            )
            taken.add(want.key)
    return taken


@pytest.fixture
def guard_off(monkeypatch):
    _lookers.reset()
    monkeypatch.setattr(counting, "_take", _careless)


@pytest.mark.usefixtures("guard_off")
def test_control_without_the_guard_the_limit_is_passed(at_once, plenty):
    coupon = make_coupon(limit_total=5)
    RedemptionCount.objects.create(key=f"coupon:{coupon.pk}")

    at_once(place, carts_with(coupon, plenty, BUYERS))

    used = RedemptionCount.objects.get().used
    assert used > 5, "the race did not happen: the tests above prove nothing"


@pytest.mark.usefixtures("guard_off")
def test_control_the_database_refuses_what_the_guard_forgot(at_once, plenty):
    coupon = make_coupon(limit_total=5)
    RedemptionCount.objects.create(key=f"coupon:{coupon.pk}", most=5)

    results = at_once(place, carts_with(coupon, plenty, BUYERS))

    assert RedemptionCount.objects.get().used == 5
    assert outcomes(results)["IntegrityError"] > 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM orders_orderdiscount")
        assert cursor.fetchone() == (5,)
