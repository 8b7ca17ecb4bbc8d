"""The index says what the tables say: random goods in the database, looked at one by one."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog import categories, listing_index, pricing, products
from catalog.listing import book, lists
from catalog.models import (
    AttributeKind,
    Brand,
    Category,
    ListingEntry,
    PriceKind,
    Product,
    ProductStatus,
    Variant,
)
from inventory import availability
from tests.listing.test_pages import make_attribute, say, with_options
from tests.making import (
    NOON,
    fill_shelves,
    make_product,
    make_variant,
    make_warehouse,
    put_in_stock,
)

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
CODES, BRANDS = ("red", "blue"), ("alster", "bille")

variants = st.fixed_dictionaries(
    {
        "is_active": st.integers(0, 4).map(bool),
        "has_stock_limit": st.booleans(),
        "pieces": st.integers(0, 1),
        "gross": st.sampled_from([None, "9.00", "20.00"]),
        "sale": st.sampled_from([None, "8.00", "20.00"]),
        "option": st.sampled_from([None, *CODES]),
        "own": st.sampled_from([None, *CODES]),
        "width": st.sampled_from([None, 3, 7]),
    }
)
goods = st.lists(
    st.fixed_dictionaries(
        {
            "is_live": st.integers(0, 4).map(bool),
            "brand": st.sampled_from([None, *BRANDS]),
            "said": st.lists(st.sampled_from(CODES), max_size=2, unique=True),
            "width": st.sampled_from([None, 3, 7]),
            "variants": st.lists(variants, max_size=3),
        }
    ),
    max_size=4,
)
queries = st.fixed_dictionaries(
    {},
    optional={
        "color": st.sampled_from(["red", "blue", "blue,red"]),
        "brand": st.sampled_from(["alster", "bille", "alster,bille"]),
        "width": st.sampled_from(["3-3", "-5", "5-"]),
        "price": st.sampled_from(["-8.5", "9-", "10-30"]),
        "stock": st.just("1"),
        "sale": st.just("1"),
    },
)


def stored(rows, shelf, colour, width, warehouse):
    for row in rows:
        product = make_product(
            category=shelf,
            brand=Brand.objects.filter(slug=row["brand"]).first(),
            status=ProductStatus.ACTIVE if row["is_live"] else ProductStatus.DRAFT,
        )
        for code in row["said"]:
            say(product, colour, choice=code)
        if row["width"]:
            say(product, width, number=row["width"])
        options = with_options(product, colour, *CODES)
        for one in row["variants"]:
            fields = {name: one[name] for name in ("is_active", "has_stock_limit", "gross")}
            variant = make_variant(product, **fields)
            if one["sale"]:
                gross, start = Decimal(one["sale"]), NOON - DAY
                pricing.set_price(variant, gross=gross, start=start, kind=PriceKind.SALE)
            if one["option"]:
                variant.option_values.add(options[one["option"]])
            if one["own"]:
                say(product, colour, variant=variant, choice=one["own"])
            if one["width"]:
                say(product, width, variant=variant, number=one["width"])
            if one["pieces"]:
                put_in_stock(variant, 1, warehouse)


def fits(product, variant, price, free, query):
    """Word by word, from the rows of the tables."""
    values = product.attribute_values
    own = values.filter(variant=variant)
    colours = {one.choice.code for one in own.filter(attribute__code="color")}
    colours |= {one.choice.code for one in variant.option_values.all()} if variant else set()
    shared = values.filter(variant=None)
    colours = colours or {one.choice.code for one in shared.filter(attribute__code="color")}
    widths = own.filter(attribute__code="width") if variant else values.none()
    width = (widths or shared.filter(attribute__code="width")).first()
    tests = {
        "color": lambda wanted: bool(colours & set(wanted.split(","))),
        "brand": lambda wanted: bool(product.brand) and product.brand.slug in wanted.split(","),
        "width": lambda wanted: width is not None and within(width.number, wanted),
        "price": lambda wanted: price is not None and within(price.gross, wanted),
        "stock": lambda wanted: free is not None and free.is_available,
        "sale": lambda wanted: price is not None and price.before is not None,
    }
    return all(tests[param](wanted) for param, wanted in query.items())


def within(number, wanted):
    low, high = wanted.split("-")
    return (not low or number >= Decimal(low)) and (not high or number <= Decimal(high))


def looked_up(query):
    found = set()
    for product in Product.objects.live(NOON):
        ids = list(product.variants.filter(is_active=True).values_list("pk", flat=True))
        prices, free = pricing.price_of(ids, NOON), availability.of(ids)
        each = [
            (variant, prices.get(variant.pk), free[variant.pk])
            for variant in Variant.objects.filter(pk__in=ids)
        ] or [(None, None, None)]
        if any(fits(product, *one, query) for one in each):
            found.add(product.pk)
    return found


@given(goods, queries)
@settings(max_examples=25, deadline=None)
def test_a_list_of_the_index_holds_what_the_tables_say(rows, query):
    with transaction.atomic():
        shelf = Category.objects.create(slug="s", path="s", name_de="S", name_en="S")
        colour = make_attribute("color", AttributeKind.MULTI_CHOICE, red="", blue="")
        width = make_attribute("width", AttributeKind.NUMBER, unit="cm")
        for slug in BRANDS:
            Brand.objects.create(slug=slug, name=slug)
        stored(rows, shelf, colour, width, make_warehouse())
        fill_shelves(moment=NOON)
        book.forget()
        categories._tree.cache_clear()
        node = categories.tree(0, "en").by_pk(shelf.pk)
        text = "&".join(f"{param}={wanted}" for param, wanted in query.items())

        answer = lists.of_category(node, QueryDict(text), book.of(0, "en"), moment=NOON)

        understood = {param: query[param] for param in answer.choice.filters}
        ignored = {param: wanted for param, wanted in query.items() if param not in understood}
        assert set(answer.product_ids) == looked_up(understood)
        # Only what no product has at all is ignored.
        assert not any(looked_up({param: wanted}) for param, wanted in ignored.items())
        for question in answer.asked:
            for option, count in zip(question.options, answer.counts(question), strict=True):
                clicked = {**understood, question.param: option.value.code}
                if question.param != "rating":
                    assert count == len(looked_up(clicked))
        transaction.set_rollback(True)


def test_reading_takes_as_many_statements_for_forty_products_as_for_one(warehouse):
    one = make_product()
    make_variant(one)
    with CaptureQueriesContext(connection) as few:
        listing_index.refresh([one.pk], moment=NOON)
    many = [make_product() for _number in range(40)]
    for product in many:
        put_in_stock(make_variant(product), 1, warehouse)
    with CaptureQueriesContext(connection) as more:
        listing_index.refresh([product.pk for product in many], moment=NOON)

    writes = [
        sql for sql in more.captured_queries if "INSERT INTO catalog_listingentry" in sql["sql"]
    ]
    assert len(more) - len(writes) == len(few) - 1 <= 13


def test_what_goes_offline_leaves_at_once_and_what_is_touched_is_found_out_of_date(mug):
    assert ListingEntry.objects.filter(pk=mug.product_id).exists()
    assert listing_index.out_of_date() == []

    Product.objects.filter(pk=mug.product_id).update(revision=F("revision") + 1)
    assert listing_index.out_of_date() == [mug.product_id]

    products.archive(mug.product)
    assert not ListingEntry.objects.exists()
    assert listing_index.out_of_date() == []


def test_an_older_reading_never_takes_the_place_of_a_newer_one(mug):
    """Two workers read one product; the slower one has seen the older state."""
    ListingEntry.objects.filter(pk=mug.product_id).update(revision=99, name_en="newer")

    listing_index.refresh([mug.product_id], moment=NOON)

    assert ListingEntry.objects.get(pk=mug.product_id).name_en == "newer"


def test_entries_whose_prices_are_past_are_found(mug):
    start = NOON + DAY
    pricing.set_price(mug, gross=Decimal("20.00"), start=start, kind=PriceKind.SALE)
    listing_index.refresh([mug.product_id], moment=NOON)

    assert listing_index.expired(start - datetime.timedelta(seconds=1)) == []
    assert listing_index.expired(start) == [mug.product_id]
