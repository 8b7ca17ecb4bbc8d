"""Two sales at the same moment near the limit: the second one sees the first."""

import threading
from collections import Counter

import pytest

from catalog.vat import schemes
from orders.models import Order
from orders.money.taxing import distance
from shop.kit import clock
from tests.concurrency.conftest import at_once  # noqa: F401 - a fixture
from tests.taxing.conftest import filled, goods, order_of, sell

BUYERS = 8


@pytest.fixture
def near(europe, transactional_db):
    """9,900.00 net were sold, and eight more carts of 40.00 net are ready."""
    sell("NL", "11781.00", moment=clock.now())
    thing = goods("47.60")
    return [filled("AT", thing, moment=clock.now()) for _number in range(BUYERS)]


def order(cart):
    return order_of(cart, moment=clock.now())


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_exactly_two_still_fit_below_the_limit(near, at_once):  # noqa: F811
    results = at_once(order, near)

    assert Counter(one.tax_country for one in results) == {"DE": 2, "AT": BUYERS - 2}
    sums = Order.objects.filter(tax_scheme="seller").values_list("distance_net", flat=True)
    assert sum(sums) == 9980
    assert distance.sold_net(clock.now().year) > schemes.LIMIT


@pytest.mark.django_db(transaction=True)
def test_without_its_turn_a_sale_overlooks_the_others(near, at_once, monkeypatch):  # noqa: F811
    """The guard off: all eight read before one of them writes, so this test can fail."""
    gate = threading.Barrier(BUYERS)
    monkeypatch.setattr(schemes, "wait_for_turn", lambda: None)
    read = distance.sold_net

    def read_together(year):
        found = read(year)
        if threading.current_thread() is not threading.main_thread():
            gate.wait(60)
        return found

    monkeypatch.setattr(distance, "sold_net", read_together)

    results = at_once(order, near)

    assert Counter(one.tax_country for one in results) == {"DE": BUYERS}
