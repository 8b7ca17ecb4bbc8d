"""Rules: refused when they mean nothing, and right for any goods against a brute force."""

import datetime
import itertools
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog import pricing, search_index
from catalog.collections import matching, rules
from catalog.collections.rules import Condition
from catalog.models import (
    Attribute,
    AttributeChoice,
    AttributeValue,
    Brand,
    Category,
    FibreShare,
    Option,
    OptionValue,
    PriceKind,
    Product,
    ProductStatus,
    ProductType,
)
from tests.making import NOON, make_product, make_variant

DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    "kept",
    [
        None,
        [],
        {},
        {"match": "all"},
        {"match": "none", "conditions": [{"field": "new", "days": 3}]},
        {"match": "all", "conditions": []},
        {"match": "all", "conditions": [{"field": "new", "days": 3}] * 41},
        {"match": "all", "conditions": [{"field": "new", "days": 3}] * 2},
        {"match": "all", "conditions": ["new"]},
        {"match": "all", "conditions": [{"field": "moon"}]},
        {"match": "all", "conditions": [{"field": "new"}]},
        {"match": "all", "conditions": [{"field": "new", "days": 0}]},
        {"match": "all", "conditions": [{"field": "new", "days": True}]},
        {"match": "all", "conditions": [{"field": "new", "days": 3, "flag": True}]},
        {"match": "all", "conditions": [{"field": "price"}]},
        {"match": "all", "conditions": [{"field": "price", "low": 3}]},
        {"match": "all", "conditions": [{"field": "price", "low": "NaN"}]},
        {"match": "all", "conditions": [{"field": "price", "low": "-1"}]},
        {"match": "all", "conditions": [{"field": "price", "low": "3", "high": "2"}]},
        {"match": "all", "conditions": [{"field": "category", "ids": []}]},
        {"match": "all", "conditions": [{"field": "category", "ids": ["1 OR 1"]}]},
        {"match": "all", "conditions": [{"field": "words", "words": [" "]}]},
        {"match": "all", "conditions": [{"field": "fibre", "words": ["wool"]}]},
        {"match": "all", "conditions": [{"field": "fibre", "words": ["wool"], "low": "0"}]},
        {"match": "all", "conditions": [{"field": "fibre", "words": ["wool"], "low": "101"}]},
        {"match": "all", "conditions": [{"field": "reduced", "flag": "yes"}]},
        {"match": "all", "conditions": [{"field": "number", "low": "3"}]},
        {"match": "all", "conditions": [{"field": "number", "attribute": 0, "low": "3"}]},
        {"match": "all", "conditions": [{"field": "boolean", "attribute": 1}]},
    ],
)
def test_what_means_nothing_is_refused_and_never_ignored(kept):
    with pytest.raises(rules.BadRule):
        rules.parse(kept)


def test_a_rule_is_kept_as_it_was_said():
    rule = rules.made(
        "any",
        [
            Condition(field="price", low=Decimal("5.00"), high=Decimal("30.00")),
            Condition(field="words", words=("Wolle ", "wolle", "GARN")),
            Condition(field="brand", ids=(3, 1, 3)),
        ],
    )

    assert rules.parse(rule.as_json()) == rule
    assert rule.condition("words").words == ("wolle", "garn")
    assert rule.condition("brand").ids == (1, 3)
    assert rule.condition("new") is None


@pytest.fixture
def shop(db):
    """48 products: every pair of category and brand, with prices, sales, dates, words and marks."""
    top = Category.objects.create(slug="top", path="top", name_de="Oben", name_en="Top")
    low = Category.objects.create(
        slug="low", path="top/low", parent=top, name_de="Unten", name_en="Low"
    )
    side = Category.objects.create(slug="side", path="side", name_de="Seite", name_en="Side")
    brands = [Brand.objects.create(slug=name, name=name) for name in ("ahoi", "bord")]
    places = itertools.product((top, low, side), (*brands, None), range(5))
    for number, (category, brand, place) in enumerate(places):
        product = make_product(
            f"thing-{number}",
            category=category,
            brand=brand,
            is_featured=number % 2 == 0,
            search_words=("", "Wolle, warm", "Strickwolle", "kalt,wolle")[number % 4],
            published_at=NOON - number * DAY,
            status=ProductStatus.DRAFT if number % 11 == 5 else ProductStatus.ACTIVE,
        )
        if number % 3 == 0:
            product.categories.add(side)
        if place:
            variant = make_variant(product, gross=f"{number + 5}.00")
            make_variant(product, gross="1.00", is_active=False)
            if number % 5 == 0:
                pricing.set_price(
                    variant,
                    gross=Decimal("4.50"),
                    start=NOON - DAY,
                    end=NOON + DAY,
                    kind=PriceKind.SALE,
                )
    attributes = describe(Product.objects.order_by("pk"))
    search_index.reindex_all()
    everything = Product.objects.order_by("pk").values_list("pk", flat=True)
    search_index.set_sold_out(set(everything[::7]))
    return {"categories": [top, low, side], "brands": brands, **attributes}


def describe(products):
    """Two types; a material of the product or of a variant, a colour by option, a width, a dial."""
    types = [ProductType.objects.create(code=c, name_de=c, name_en=c) for c in ("cup", "lamp")]
    kinds = {"material": "choice", "color": "swatch", "width": "number", "dial": "boolean"}
    by_code = {
        code: Attribute.objects.create(code=code, kind=kind, name_de=code, name_en=code)
        for code, kind in kinds.items()
    }
    choices = [
        AttributeChoice.objects.create(
            attribute=by_code[code], code=name, name_de=name, name_en=name
        )
        for code, name in (("material", "wool"), ("material", "clay"), ("color", "red"))
    ]
    for number, product in enumerate(products):
        product.product_type = (*types, None)[number % 3]
        product.save(update_fields=["product_type"])
        variants = list(product.variants.order_by("pk"))
        # The second variant is not for sale: what it is made of does not count.
        where = (None, *variants)[number % (len(variants) + 1)]
        AttributeValue.objects.create(
            product=product, variant=where, attribute=by_code["material"], kind="choice",
            choice=choices[number % 2],
        )  # fmt: skip
        if variants and number % 4 == 1:
            option = Option.objects.create(product=product, code="color", name_de="F", name_en="C")
            value = OptionValue.objects.create(
                option=option, code="red", name_de="rot", name_en="red", choice=choices[2]
            )
            variants[number % len(variants)].option_values.add(value)
        for part, share in (("whole", number * 10), ("lining", 100 if number % 2 else 40)):
            for fibre, percent in (("wool", share), ("silk", 100 - share)):
                if number % 3 and 0 < percent <= 100:
                    FibreShare.objects.create(
                        product=product, part=part, fibre=fibre, percent=percent
                    )
        if number % 5:
            AttributeValue.objects.create(
                product=product, attribute=by_code["width"], kind="number", number=number - 5
            )
            AttributeValue.objects.create(
                product=product, attribute=by_code["dial"], kind="boolean", boolean=number % 2 == 0
            )
    return {"types": types, "attributes": by_code, "choices": choices}


def lowest(product):
    """By looking at each price, as a shopper would."""
    asked = []
    for variant in product.variants.all():
        if variant.is_active:
            rows = [one for one in variant.prices.all() if NOON in one.valid]
            sale = [one.gross for one in rows if one.kind == PriceKind.SALE]
            asked += sale or [one.gross for one in rows]
    return min(asked, default=None)


def holds(one, product):
    """One condition for one product, without the database's help."""
    shelves = {product.category, *product.categories.all()}
    inside = any(
        shelf.path == f"{wanted.path}" or shelf.path.startswith(f"{wanted.path}/")
        for shelf in shelves
        for wanted in Category.objects.filter(pk__in=one.ids)
    )
    price = lowest(product)
    is_sale = any(
        price.kind == PriceKind.SALE and NOON in price.valid
        for variant in product.variants.all()
        if variant.is_active
        for price in variant.prices.all()
    )
    words = {word.strip().lower() for word in product.search_words.split(",")}
    is_gone = product.search_documents.filter(is_available=False).exists()
    sold = [variant for variant in product.variants.all() if variant.is_active]
    values = [
        value
        for value in product.attribute_values.all()
        if value.variant is None or value.variant.is_active
    ]
    chosen = {value.choice_id for value in values} | {
        value.choice_id for variant in sold for value in variant.option_values.all()
    }
    wanted = AttributeChoice.objects.filter(pk__in=one.ids)
    groups = {choice.attribute_id for choice in wanted}
    parts = {share.part: 0 for share in product.fibre_shares.all()}
    for share in product.fibre_shares.all():
        parts[share.part] += share.percent if share.fibre in one.words else 0
    measured = [value for value in values if value.attribute_id == one.attribute]
    return {
        "fibre": lambda: bool(parts) and min(parts.values()) >= one.low,
        "type": lambda: product.product_type_id in one.ids,
        "choice": lambda: all(
            any(choice.pk in chosen for choice in wanted if choice.attribute_id == group)
            for group in groups
        ),
        "number": lambda: any(
            (one.low is None or value.number >= one.low)
            and (one.high is None or value.number <= one.high)
            for value in measured
        ),
        "boolean": lambda: any(value.boolean == one.flag for value in measured),
        "category": lambda: inside,
        "not_category": lambda: not inside,
        "brand": lambda: product.brand_id in one.ids,
        "price": lambda: (
            price is not None
            and (one.low is None or price >= one.low)
            and (one.high is None or price <= one.high)
        ),
        "reduced": lambda: is_sale == one.flag,
        "new": lambda: NOON - product.published_at < one.days * DAY,
        "featured": lambda: product.is_featured == one.flag,
        "available": lambda: is_gone != one.flag,
        "words": lambda: bool(words & set(one.words)),
    }[one.field]()


amounts = st.integers(0, 60).map(Decimal)


def some(rows):
    return st.lists(st.sampled_from(rows), min_size=1).map(
        lambda chosen: tuple(row.pk for row in chosen)
    )


def conditions_of(shop):
    ids, brand_ids = some(shop["categories"]), some(shop["brands"])
    return st.one_of(
        st.builds(Condition, field=st.sampled_from(["category", "not_category"]), ids=ids),
        st.builds(Condition, field=st.just("brand"), ids=brand_ids),
        st.builds(Condition, field=st.just("price"), low=amounts),
        st.builds(Condition, field=st.just("price"), high=amounts),
        st.builds(
            Condition,
            field=st.sampled_from(["reduced", "featured", "available"]),
            flag=st.booleans(),
        ),
        st.builds(Condition, field=st.just("new"), days=st.integers(1, 60)),
        st.builds(Condition, field=st.just("words"), words=st.just(("wolle",))),
        st.builds(
            Condition,
            field=st.just("fibre"),
            words=st.sampled_from([("wool",), ("silk",), ("wool", "silk")]),
            low=st.integers(1, 100).map(Decimal),
        ),
        st.builds(Condition, field=st.just("type"), ids=some(shop["types"])),
        st.builds(Condition, field=st.just("choice"), ids=some(shop["choices"])),
        st.builds(
            Condition,
            field=st.just("number"),
            attribute=st.just(shop["attributes"]["width"].pk),
            low=amounts.map(lambda amount: amount - 10),
        ),
        st.builds(
            Condition,
            field=st.just("boolean"),
            attribute=st.just(shop["attributes"]["dial"].pk),
            flag=st.booleans(),
        ),
    )


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_a_rule_finds_what_a_brute_force_finds(shop, data):
    chosen = data.draw(
        st.lists(conditions_of(shop), min_size=1, max_size=4, unique_by=lambda one: one.field)
    )
    rule = rules.made(data.draw(st.sampled_from(rules.MATCHES)), chosen)

    found = set(matching.found(rule, NOON).values_list("pk", flat=True))

    join = all if rule.match == "all" else any
    live = Product.objects.live(NOON).prefetch_related("variants__prices", "categories")
    assert found == {
        product.pk for product in live if join(holds(one, product) for one in rule.conditions)
    }


def test_a_word_is_taken_as_it_stands_not_as_a_pattern(db):
    product = make_product(search_words="C++ (alt), a.b")
    make_variant(product)

    def found(*words):
        rule = rules.made("all", [Condition(field="words", words=words)])
        return matching.found(rule, NOON).count()

    assert found("c++ (alt)") == 1
    assert found("a.b") == 1
    assert found("axb") == 0
    assert found(".*") == 0
