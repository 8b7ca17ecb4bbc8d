"""What stands in a category, in which order, on which page, and at which moment."""

import datetime
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from catalog import categories, listing_index, pricing
from catalog.listing import book, lists
from catalog.models import Category, PriceKind, Product
from tests.making import NOON, fill_shelves, make_product, make_variant, put_in_stock
from tests.pages import Page

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def shelf():
    return Category.objects.create(slug="shelf", path="shelf", name_de="Regal", name_en="Shelf")


@pytest.fixture
def goods(shelf):
    """Three products: the newest is the dearest, the oldest has no price."""
    rows = (("axe", "30.00", 3), ("bow", "10.00", 2), ("cup", None, 1))
    made = []
    for slug, gross, age in rows:
        product = make_product(
            slug, category=shelf, name_de=slug.title(), name_en=slug.title(),
            published_at=NOON - age * DAY,
        )  # fmt: skip
        make_variant(product, gross=gross)
        made.append(product)
    fill_shelves(moment=NOON)
    return made


def answered(category, moment=NOON, **query):
    names = book.of(categories.version(), "en")
    tree = categories.tree(categories.version(), "en")
    node = tree.by_pk(category.pk)
    return lists.of_category(node, QueryDict(urlencode(query)), names, moment=moment)


def slugs(category, moment=NOON, **query):
    found = answered(category, moment, **query)
    by_pk = Product.objects.in_bulk(found.product_ids)
    return [by_pk[pk].slug for pk in found.product_ids]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("newest", "cup bow axe"),
        ("price", "bow axe cup"),
        ("-price", "axe bow cup"),
        ("name", "axe bow cup"),
        ("'; drop", "cup bow axe"),
    ],
)
def test_a_shelf_is_sorted_and_what_has_no_price_stands_last(goods, shelf, sort, order):
    assert slugs(shelf, sort=sort) == order.split()
    assert answered(shelf, sort=sort).total == 3


def test_what_can_be_had_and_is_bought_stands_first(goods, shelf, warehouse):
    put_in_stock(goods[0].variants.get(), 3, warehouse)
    put_in_stock(goods[1].variants.get(), 3, warehouse)
    goods[0].search_documents.create(
        language="de", vector="", words="", name="", name_length=1, length=1, revision=1,
        popularity=0.7,
    )  # fmt: skip
    fill_shelves(moment=NOON)

    assert slugs(shelf) == ["axe", "bow", "cup"]


def test_a_sale_opens_and_ends_by_the_clock(goods, shelf):
    """Nobody touches the product: neither order nor filter waits for a job."""
    axe = goods[0].variants.get()
    pricing.set_price(
        axe, gross=Decimal("5.00"), start=NOON + DAY, end=NOON + 2 * DAY, kind=PriceKind.SALE
    )
    fill_shelves(moment=NOON)

    before = slugs(shelf, sort="price")
    during = slugs(shelf, NOON + DAY, sort="price")
    cheap = slugs(shelf, NOON + DAY, price="1-9")
    reduced = slugs(shelf, NOON + DAY, sale="1")
    after = slugs(shelf, NOON + 2 * DAY, sort="price")

    assert before == after == ["bow", "axe", "cup"]
    assert during == ["axe", "bow", "cup"]
    assert cheap == reduced == ["axe"]
    assert slugs(shelf, price="1-9") == []


def test_what_is_published_by_the_clock_stands_there_from_then_on(goods, shelf):
    make_product("jug", category=shelf, published_at=NOON + DAY)
    fill_shelves(moment=NOON)

    assert "jug" not in slugs(shelf)
    assert "jug" not in slugs(shelf, NOON + DAY - datetime.timedelta(seconds=1))
    assert slugs(shelf, NOON + DAY, sort="newest")[0] == "jug"


def test_a_change_is_seen_when_the_index_read_it(goods, shelf):
    assert slugs(shelf, price="-9") == []
    bow = goods[1].variants.get()
    pricing.set_price(bow, gross=Decimal("8.00"), start=NOON - DAY)

    listing_index.refresh([goods[1].pk], moment=NOON)

    assert slugs(shelf, price="-9") == ["bow"]


def test_a_reading_that_finds_nothing_new_voids_nothing(goods, shelf):
    before = shelf.listing_revision.number

    assert listing_index.refresh([one.pk for one in goods], moment=NOON) == 0
    shelf.listing_revision.refresh_from_db()

    assert shelf.listing_revision.number == before


def test_pages_of_a_shelf_hold_every_product_once(shelf):
    for number in range(50):
        make_product(f"p-{number}", category=shelf)
    fill_shelves(moment=NOON)

    pages = [answered(shelf, page=page) for page in (1, 2, 3, 4)]

    assert [len(page.product_ids) for page in pages] == [24, 24, 2, 0]
    assert len({pk for page in pages for pk in page.product_ids}) == 50
    assert [page.is_beyond for page in pages] == [False, False, False, True]
    assert Client().get("/en/c/shelf/?page=4").status_code == 404


def test_a_product_stands_on_its_further_shelves_and_on_those_above_but_once(goods, shelf):
    other = Category.objects.create(slug="other", path="other", name_de="A", name_en="A")
    below = Category.objects.create(
        slug="below", path="other/below", parent=other, name_de="B", name_en="B"
    )
    goods[0].categories.add(below, shelf)
    fill_shelves(moment=NOON)

    assert slugs(other) == slugs(below) == ["axe"]
    assert sorted(slugs(shelf)) == ["axe", "bow", "cup"]


def test_what_stands_in_a_hidden_category_is_not_in_the_one_above(goods, shelf):
    hidden = Category.objects.create(
        slug="attic", path="shelf/attic", parent=shelf, name_de="A", name_en="A", is_active=False
    )
    below = Category.objects.create(
        slug="box", path="shelf/attic/box", parent=hidden, name_de="B", name_en="B"
    )
    make_product("jug", category=hidden)
    make_product("pan", category=below)
    fill_shelves(moment=NOON)

    assert sorted(slugs(shelf)) == ["axe", "bow", "cup"]


def test_a_product_leaves_the_shelf_that_it_left(goods, shelf):
    other = Category.objects.create(slug="other", path="other", name_de="A", name_en="A")
    assert slugs(shelf)
    assert slugs(other) == []

    Product.objects.filter(pk=goods[0].pk).update(category=other)
    listing_index.refresh([goods[0].pk], moment=NOON)

    assert slugs(other) == ["axe"]
    assert sorted(slugs(shelf)) == ["bow", "cup"]


def test_without_the_cache_a_list_is_the_same(goods, shelf, settings):
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
    }

    assert slugs(shelf, sort="price") == ["bow", "axe", "cup"]
    assert "/en/p/axe/" in Page(Client().get("/en/c/shelf/")).links
