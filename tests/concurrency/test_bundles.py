"""Sets and single pieces want the last mugs at the same time: never more than there are."""

from collections import Counter
from decimal import Decimal

from catalog import pricing
from catalog.bundles import composing
from inventory import books
from inventory.models import StockItem
from shop.kit import clock
from tests.bundles.conftest import make_bundle, price_of
from tests.concurrency.conftest import filled_cart, place
from tests.making import make_product, make_variant


def outcomes(results):
    return Counter(type(one).__name__ for one in results)


def test_bundles_and_single_sales_compete_for_the_last_pieces(at_once, mug, tea):
    pair = make_bundle((tea, 1), (mug, 2), gross="50.00")
    goods = [pair if number % 2 else mug for number in range(20)]
    carts = [filled_cart(one) for one in goods]

    results = at_once(place, carts)

    sold = Counter(
        one.sku for one, result in zip(goods, results, strict=True)
        if type(result).__name__ == "Order"
    )  # fmt: skip
    taken = sold["MUG-1"] + 2 * sold[pair.sku]
    item = StockItem.objects.get(variant=mug)
    assert set(outcomes(results)) == {"Order", "Short"}
    assert item.reserved == taken <= 10
    # Ten singles and ten pairs asked: at most one mug is left, which no pair could have.
    assert taken >= 9
    assert StockItem.objects.get(variant=tea).reserved == sold[pair.sku]
    assert [sentence for sentence, find in books.CHECKS if find()] == []


def test_two_prices_at_once_are_both_in_the_sum(at_once, mug, tea):
    pair = make_bundle((tea, 1), (mug, 1))
    moment = clock.now()
    changes = [(tea, Decimal("11.00")), (mug, Decimal("30.00"))]

    at_once(lambda one: pricing.set_price(one[0], gross=one[1], start=moment), changes)

    assert price_of(pair, moment).gross == Decimal("41.00")


def test_two_variants_never_become_bundles_of_each_other(at_once, mug, tea):
    one, other = make_variant(make_product()), make_variant(make_product())

    def compose(pair):
        parts = [composing.Part(pair[1], 1), composing.Part(mug, 1)]
        return composing.compose(pair[0], parts, pricing="fixed", moment=clock.now())

    results = at_once(compose, [(one, other), (other, one)])

    assert outcomes(results) == {"Bundle": 1, "CannotBundle": 1}
