"""The choice of a variant: links that lead to something that exists, whatever is missing."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import Option, OptionValue
from catalog.product_facts import Facts, VariantFacts
from catalog.storefront import product_page
from inventory.availability import Availability
from tests.making import make_product, make_variant, put_in_stock
from tests.pages import Page

NONE, SOME = Availability(left=0, lead_days=0), Availability(left=3, lead_days=0)
# Three options with three values each; values have keys of their own.
AXES = {1: (11, 12, 13), 2: (21, 22, 23), 3: (31, 32, 33)}
COMBINATIONS = list(itertools.product(*AXES.values()))


def _made(shape, **given):
    """An instance in which all that is of no interest here is empty."""
    return shape(**dict.fromkeys(shape.__annotations__) | given)


def facts_of(combinations):
    variants = [
        _made(VariantFacts, pk=pk, sku=f"S-{pk}", values=dict(zip(AXES, values, strict=True)))
        for pk, values in enumerate(combinations, start=1)
    ]
    options = [
        {
            "pk": pk,
            "code": str(pk),
            "name": str(pk),
            "values": [{"pk": value, "name": str(value), "swatch": ""} for value in values],
        }
        for pk, values in AXES.items()
    ]
    return _made(Facts, pk=1, variants=variants, options=options, pictures=[])


def links(facts, variant, free):
    groups = product_page._option_groups(facts, variant, free, "/p/x/")
    return {
        (number, value["name"]): value
        for number, group in enumerate(groups)
        for value in group["values"]
    }


@given(
    st.lists(st.sampled_from(COMBINATIONS), min_size=1, max_size=27, unique=True),
    st.sets(st.integers(1, 27)),
    st.integers(0, 26),
)
def test_every_link_leads_to_a_variant_with_that_value_and_changes_as_little_as_it_can(
    combinations, in_stock, at
):
    facts = facts_of(combinations)
    free = {one.pk: SOME if one.pk in in_stock else NONE for one in facts.variants}
    by_sku = {one.sku: one for one in facts.variants}
    here = facts.variants[at % len(facts.variants)]

    found = links(facts, here, free)

    offered = {value for _group, value in found}
    assert offered == {str(value) for values in combinations for value in values}
    for (_group, name), link in found.items():
        target, value = by_sku[link["url"].partition("=")[2]], int(name)
        assert value in target.values.values()
        assert link["is_selected"] == (value in here.values.values())
        assert link["is_available"] == free[target.pk].is_available
        if link["is_selected"]:
            assert target == here
        option = value // 10
        rivals = [one for one in facts.variants if one.values[option] == value]
        kept = {one.pk: _kept(one, here) for one in rivals}
        assert sum(kept[target.pk]) == max(map(sum, kept.values()))
        if any(kept[one.pk] == kept[target.pk] and one.pk in in_stock for one in rivals):
            assert target.pk in in_stock


def _kept(one, here):
    return [here.values[option] == value for option, value in one.values.items()]


@given(
    st.lists(st.sampled_from(COMBINATIONS), min_size=2, max_size=27, unique=True),
    st.sets(st.integers(1, 27)),
    st.data(),
)
def test_each_variant_is_reached_from_each_other_by_choosing_one_option_after_the_other(
    combinations, in_stock, data
):
    """Sold out or not: whoever wants to be told must get there."""
    facts = facts_of(combinations)
    free = {one.pk: SOME if one.pk in in_stock else NONE for one in facts.variants}
    by_sku = {one.sku: one for one in facts.variants}
    here = data.draw(st.sampled_from(facts.variants))
    goal = data.draw(st.sampled_from(facts.variants))

    for number, value in enumerate(goal.values.values()):
        here = by_sku[links(facts, here, free)[number, str(value)]["url"].partition("=")[2]]

    assert here == goal


@pytest.mark.django_db
def test_a_product_with_three_options_and_missing_combinations_shows_only_links_that_open(
    rules, warehouse, ben
):
    product = make_product("coat")
    values = {}
    for place, (code, names) in enumerate({"size": "SML", "colour": "BG", "length": "XY"}.items()):
        option = Option.objects.create(
            product=product, code=code, name_de=code, name_en=code, position=place
        )
        for name in names:
            values[name] = OptionValue.objects.create(
                option=option, code=name.lower(), name_de=name, name_en=name
            )
    for sku in ("SBX", "SGY", "MBX", "MBY", "LGY"):
        variant = make_variant(product, sku=sku)
        variant.option_values.set([values[letter] for letter in sku])
        put_in_stock(variant, 0 if sku == "MBY" else 2, warehouse)

    for sku in ("SBX", "SGY", "MBX", "MBY", "LGY"):
        page = Page(ben.get(f"/de/p/coat/?variant={sku}"))
        choices = {link for link in page.links if link.startswith("/de/p/coat/?variant=")}
        assert len(choices) >= 3
        for link in choices:
            answer = ben.get(link)
            assert answer.status_code == 200
            assert f"Artikelnr. {link.partition('=')[2]}" in Page(answer).text
        if sku == "MBY":
            assert "/de/cart/lines/" not in {form.action for form in page.forms}
            assert "/de/stock-alerts/" in {form.action for form in page.forms}
