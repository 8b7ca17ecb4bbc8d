"""Two choices become one: values, options, rules of collections, filters and counts."""

import pytest
from django.urls import reverse

from catalog import attributes
from catalog.attributes import merging
from catalog.collections import editing, rules
from catalog.models import (
    Attribute,
    AttributeChoice,
    AttributeValue,
    Collection,
    CollectionMember,
    ListingEntry,
    Option,
    OptionValue,
)
from shop.kit import clock
from tests import backoffice
from tests.attributes.conftest import make_choice
from tests.making import fill_shelves, make_variant
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(sam):
    return backoffice.Desk(sam)


def choice(code):
    return AttributeChoice.objects.get(code=code)


def option_of(product, attribute, *codes):
    option = Option.objects.create(
        product=product, attribute=attribute, code="stuff", name_de="Stoff", name_en="Stuff"
    )
    return [
        OptionValue.objects.create(
            option=option, choice=choice(code), code=code, name_de=code, name_en=code
        )
        for code in codes
    ]


def collect(slug, *choices, **fields):
    row = Collection(slug=slug, name_de=slug, name_en=slug, is_active=True)
    condition = rules.Condition(field="choice", ids=tuple(one.pk for one in choices))
    content = editing.Content(rule=rules.made("all", [condition]))
    seen = editing.difference(row, content, moment=clock.now())
    editing.store(row, content, seen=seen.digest, moment=clock.now())
    return row


def members(row):
    rows = CollectionMember.objects.filter(collection=row)
    return sorted(rows.values_list("product__slug", flat=True))


def address_of(attribute):
    return reverse("admin:catalog_attribute_merge", args=[attribute.pk])


def test_values_of_products_and_variants_say_the_other_one(material, mug, lamp):
    cup = make_variant(mug.product)
    attributes.set_value(mug.product, material, "oak")
    attributes.set_value(mug.product, material, "stoneware", variant=mug)
    attributes.set_value(mug.product, material, "oak", variant=cup)
    attributes.set_value(lamp.product, material, "stoneware")

    reach = merging.merge(choice("oak"), choice("stoneware"), moment=clock.now())

    assert reach.product_ids == (mug.product_id,)
    said = AttributeValue.objects.values_list("product__slug", "variant", "choice__code")
    assert sorted(said, key=str) == sorted(
        [
            ("mug", None, "stoneware"),
            ("mug", mug.pk, "stoneware"),
            ("mug", cup.pk, "stoneware"),
            ("lamp", None, "stoneware"),
        ],
        key=str,
    )
    assert not AttributeChoice.objects.filter(code="oak").exists()


def test_what_had_both_keeps_one(rooms, mug):
    make_choice(rooms, "cooking")
    attributes.set_value(mug.product, rooms, ["kitchen", "cooking", "bath"])
    attributes.set_value(mug.product, rooms, ["kitchen", "cooking"], variant=mug)

    merging.merge(choice("cooking"), choice("kitchen"), moment=clock.now())

    said = AttributeValue.objects.values_list("variant", "choice__code")
    assert sorted(said, key=str) == sorted(
        [(None, "kitchen"), (None, "bath"), (mug.pk, "kitchen")], key=str
    )


def test_options_keep_their_words_and_mean_the_other_one(material, mug):
    option_of(mug.product, material, "oak", "stoneware")

    reach = merging.merge(choice("oak"), choice("stoneware"), moment=clock.now())

    assert reach.product_ids == (mug.product_id,)
    assert list(OptionValue.objects.order_by("pk").values_list("name_en", "choice__code")) == [
        ("oak", "stoneware"),
        ("stoneware", "stoneware"),
    ]


def test_collections_follow_and_hold_what_their_rule_finds_then(material, mug, lamp, tea):
    make_choice(material, "glass")
    attributes.set_value(mug.product, material, "oak")
    attributes.set_value(lamp.product, material, "stoneware")
    attributes.set_value(tea.product, material, "glass")
    wooden = collect("wooden", choice("oak"))
    both = collect("both", choice("oak"), choice("stoneware"))
    other = collect("other", choice("glass"))
    stoneware, glass = choice("stoneware").pk, choice("glass").pk
    assert members(wooden) == ["mug"]

    reach = merging.merge(choice("oak"), choice("stoneware"), moment=clock.now())

    assert reach.collections == (wooden, both)
    for row, ids in ((wooden, [stoneware]), (both, [stoneware]), (other, [glass])):
        row.refresh_from_db()
        assert row.rule["conditions"] == [{"field": "choice", "ids": ids}]
    assert [members(row) for row in (wooden, both, other)] == [
        ["lamp", "mug"],
        ["lamp", "mug"],
        ["tea"],
    ]


def test_choices_of_different_attributes_are_no_pair(material, rooms, mug):
    attributes.set_value(mug.product, material, "oak")

    with pytest.raises(merging.CannotMerge):
        merging.merge(choice("oak"), choice("bath"), moment=clock.now())
    with pytest.raises(merging.CannotMerge):
        merging.merge(choice("oak"), choice("oak"), moment=clock.now())

    assert AttributeValue.objects.get().choice == choice("oak")


def test_staff_see_whom_it_concerns_before_it_is_done(
    desk, ben, material, mug, lamp, django_capture_on_commit_callbacks
):
    Attribute.objects.update(is_facet=True)
    attributes.set_value(mug.product, material, "oak")
    option_of(lamp.product, material, "oak")
    collect("wooden", choice("oak"))
    revision = lamp.product.revision
    assert address_of(material) in desk.text(
        reverse("admin:catalog_attribute_change", args=[material.pk])
    )

    same = desk.post(address_of(material), choice=choice("oak").pk, into=choice("oak").pk)
    assert same.status_code == 422
    seen = desk.post(address_of(material), choice=choice("oak").pk, into=choice("stoneware").pk)
    assert "„Eiche“ wird bei 2 Produkten zu „Steinzeug“ und gelöscht." in Page(seen).text
    assert "Regeln von Sammlungen, die sich anpassen: wooden." in Page(seen).text
    assert AttributeChoice.objects.filter(code="oak").exists()

    form = Page(seen).forms[-1].values
    with django_capture_on_commit_callbacks() as told:
        done = desk.post(address_of(material), **form)

    assert done.status_code == 302
    assert not AttributeChoice.objects.filter(code="oak").exists()
    assert len(told) == 1
    lamp.product.refresh_from_db()
    assert lamp.product.revision == revision + 1
    fill_shelves()
    assert ListingEntry.objects.get(pk=mug.product_id).values == [choice("stoneware").pk]
    shown = ben.get("/en/c/for-mug/?material=stoneware").content.decode()
    assert "/en/p/mug/" in shown
    assert "Stoneware" in shown
    assert "Oak" not in shown


def test_what_changed_since_is_shown_once_more(desk, material, mug, lamp):
    attributes.set_value(mug.product, material, "oak")
    seen = desk.post(address_of(material), choice=choice("oak").pk, into=choice("stoneware").pk)
    attributes.set_value(lamp.product, material, "oak")

    again = desk.post(address_of(material), **Page(seen).forms[-1].values)

    assert again.status_code == 200
    assert "bei 2 Produkten" in Page(again).text
    assert AttributeChoice.objects.filter(code="oak").exists()
