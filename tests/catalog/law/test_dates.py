"""Publishing and taking down at a time, to the second, and checked once more before."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from catalog import browsing, products
from catalog.listing import keeping
from catalog.listing_index import reading
from catalog.models import FibreShare, Product, ProductStatus, Variant
from tests.catalog.law.goods import make_complete
from tests.making import NOON, fill_shelves

pytestmark = pytest.mark.django_db
SECOND, MINUTE = datetime.timedelta(seconds=1), datetime.timedelta(minutes=1)
START, END = NOON + 60 * MINUTE, NOON + 120 * MINUTE


def shown(moment):
    """What lists say, too, which were last read long before."""
    fill_shelves(moment=NOON)
    found = [keeping.of_category(one, moment=moment) for one in reading.shown_places()]
    listed = {pk for sheet in found for pk in sheet.product_ids}
    live = set(Product.objects.live(moment).values_list("pk", flat=True))
    buyable = set(Variant.objects.for_sale(moment).values_list("product_id", flat=True))
    told = {one.pk for one in Product.objects.all() if one.is_live(moment)}
    home = {row.pk for rows in browsing.home_rows(moment, size=9).values() for row in rows}
    known = {row.pk for row in browsing.rows_of([*live, *told], moment)}
    assert listed == live == buyable == told == home == known
    return live


def test_it_is_shown_from_the_first_second_to_the_last():
    product = make_complete()

    products.publish(product, moment=NOON, start=START, end=END)

    seen = [bool(shown(one)) for one in (NOON, START - SECOND, START, END - SECOND, END)]
    assert seen == [False, False, True, True, False]


def test_what_is_complete_stays_and_what_lost_something_is_held_back_before_it_goes_live():
    good, bad = make_complete("textile"), make_complete("textile")
    for product in (good, bad):
        FibreShare.objects.create(product=product, fibre="cotton", percent=100)
        products.publish(product, moment=NOON, start=START)
    bad.fibre_shares.all().delete()

    assert products.hold_back(NOON) == []
    held = products.hold_back(START - 2 * MINUTE)

    assert held == [bad]
    bad.refresh_from_db()
    assert bad.status == ProductStatus.DRAFT
    assert bad.publish_problem.startswith("fibre content: Name the fibres")
    assert shown(START) == {good.pk}


def test_a_price_that_begins_with_the_product_is_enough():
    product = make_complete()
    variant = product.variants.get()
    variant.prices.all().delete()
    with pytest.raises(products.NotReady):
        products.publish(product, moment=NOON, start=START)
    variant.prices.create(gross="5.00", valid=(START, None))

    products.publish(product, moment=NOON, start=START)

    assert products.hold_back(START - MINUTE) == []
    assert shown(START) == {product.pk}


def test_what_is_over_is_archived():
    product = make_complete()
    products.publish(product, moment=NOON, end=END)

    assert products.take_down(END - SECOND) == []
    assert products.take_down(END) == [product]
    product.refresh_from_db()
    assert product.status == ProductStatus.ARCHIVED
    assert products.take_down(END) == []


def test_what_comes_back_keeps_its_day_and_forgets_its_end():
    product = make_complete()
    products.publish(product, moment=NOON, end=END)
    products.take_down(END)
    product.refresh_from_db()

    products.publish(product, moment=END + MINUTE)

    assert (product.published_at, product.unpublish_at) == (NOON, None)
    assert shown(END + MINUTE) == {product.pk}


def test_an_end_before_the_beginning_is_refused():
    product = make_complete()

    with pytest.raises(products.NotReady) as refused:
        products.publish(product, moment=NOON, start=END, end=START)
    assert list(refused.value.missing) == ["unpublish_at"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(published_at=END, unpublish_at=START)
