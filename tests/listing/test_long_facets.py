"""Facets of many values: the chosen and the most useful ones at first, all of them on request."""

import re

import pytest
from django.test import Client

from catalog import search
from catalog.models import AttributeKind, Product
from tests.listing.test_pages import box, count, make_attribute, page, robots, say
from tests.making import fill_shelves, make_product, make_variant

pytestmark = pytest.mark.django_db
# Products that have each size, in the order of staff.
SIZES = {"xs": 9, "s": 2, "m": 9, "l": 8, "xl": 1, "38": 7, "39": 7, "40": 6, "41": 1, "42": 5,
         "43": 4, "44": 1, "45": 1, "46": 3}  # fmt: skip
PLAIN = ["xs", "m", "l", "38", "39", "40", "42", "43"]


@pytest.fixture
def shelf(db):
    size = make_attribute("size", AttributeKind.CHOICE, **dict.fromkeys(SIZES, ""))
    gift = make_attribute("gift", AttributeKind.BOOLEAN)
    category = make_product("other", status="draft").category
    category.path = category.slug = "shelf"
    category.save()
    for code, number in SIZES.items():
        for one in range(number):
            product = make_product(f"shoe-{code}-{one}", category=category)
            say(product, size, choice=code)
            # Nothing of size 41 and half of all others are gifts.
            say(product, gift, boolean=one % 2 == 0 and code != "41")
            make_variant(product)
    fill_shelves()
    return category


def values(found, param="size"):
    return re.findall(rf'<input type="checkbox" id="facet-{param}-(\w+)"', found.html)


def more_link(found):
    (tag,) = re.findall(r'<a class="facet__all"[^>]*>', found.html)
    return re.search(r'href="([^"]+)"', tag)[1].replace("&amp;", "&"), 'rel="nofollow"' in tag


def test_the_values_that_leave_most_are_shown_in_the_order_of_the_facet(shelf):
    found = page()

    assert values(found) == PLAIN
    assert more_link(found) == ("/en/c/shelf/?more=size#facet-size", True)
    assert "Show all 14" in found.text
    assert count(found, "facet-size-xs") == 9


def test_a_chosen_value_is_always_shown(shelf):
    found = page("?gift=yes&size=41,45")

    assert values(found) == ["xs", "m", "l", "38", "39", "40", "41", "45"]
    assert "checked" in box(found, "facet-size-41")
    assert "checked" in box(found, "facet-size-45")
    assert count(found, "facet-size-41") == 0
    many = ",".join(list(SIZES)[:13])
    assert values(page(f"?size={many}")) == list(SIZES)[:13]


def test_all_values_are_shown_to_whoever_asks_with_the_same_numbers(shelf):
    few, all_of_them = page("?gift=yes"), page("?gift=yes&more=size")

    assert values(all_of_them) == list(SIZES)
    for code in values(few):
        assert count(few, f"facet-size-{code}") == count(all_of_them, f"facet-size-{code}")
    assert [count(all_of_them, f"facet-size-{code}") for code in SIZES] == [
        0 if code == "41" else -(-number // 2) for code, number in SIZES.items()
    ]
    assert "disabled" in box(all_of_them, "facet-size-41")
    assert more_link(all_of_them) == ("/en/c/shelf/?gift=yes#facet-size", True)
    assert "Show fewer" in all_of_them.text


def test_what_is_shown_stays_so_in_the_form_and_its_links_and_ends_with_clear_all(shelf):
    found = page("?gift=yes&more=size")

    (form,) = [one for one in found.forms if "more" in one.values]
    assert form.values["more"] == "size"
    assert "/en/c/shelf/?more=size" in found.links  # the chip "gift: yes"
    assert "/en/c/shelf/?gift=yes&more=size&sort=price" in found.links
    assert "/en/c/shelf/?gift=yes&more=size&page=2" in found.links
    assert re.search(r'filters__clear" href="/en/c/shelf/"', found.html)
    second = page("?gift=yes&more=size&page=2")
    assert values(second) == list(SIZES)


def test_search_engines_keep_the_page_without(shelf):
    found = page("?more=size")

    assert robots(found) == "noindex, follow"
    assert '<link rel="canonical" href="http://testserver/en/c/shelf/">' in found.html
    assert robots(page("?size=xs")) == ""
    assert robots(page("?more=size&size=xs")) == "noindex, follow"
    narrowed = page("?more=size&size=xs&gift=yes").html
    assert 'rel="canonical" href="http://testserver/en/c/shelf/?gift=yes&amp;size=xs"' in narrowed


@pytest.mark.parametrize("query", ["more=", "more=nothing", "more=price", "more=q", "more=%00"])
def test_what_has_no_more_values_is_ignored(shelf, query):
    found = page(f"?{query}")

    assert values(found) == PLAIN
    assert robots(found) == ""
    assert more_link(found) == ("/en/c/shelf/?more=size#facet-size", True)
    assert "more" not in {name for form in found.forms for name in form.values}


def test_a_fragment_opens_the_list_in_place_and_the_focus_goes_to_its_head(shelf):
    response = Client().get("/en/c/shelf/?more=size", headers={"X-Fragment": "results"})

    html = response.content.decode()
    assert 'data-url="/en/c/shelf/?more=size"' in html
    # The link that was followed is found again as the head of the values.
    (link,) = re.findall(r'<a class="facet__all" id="([\w-]+)"', page().html)
    assert re.search(rf'<fieldset class="facet__body" id="{link}" tabindex="-1">', html)
    (back,) = re.findall(r'<a class="facet__all" id="([\w-]+)"', html)
    assert re.search(rf'<fieldset class="facet__body" id="{back}" tabindex="-1">', page().html)


def test_nine_values_need_no_link(shelf):
    few = list(SIZES)[:9]
    gone = [f"shoe-{size}-" for size in SIZES if size not in few]
    for start in gone:
        Product.objects.filter(slug__startswith=start).delete()
    fill_shelves()

    found = page()

    assert values(found) == few
    assert "facet__all" not in found.html


def test_a_search_keeps_its_words(shelf):
    search.reindex_all()

    found = page("?q=mug&size=xs", path="/en/search/")

    assert len(values(found)) == 8
    assert more_link(found) == ("/en/search/?more=size&q=mug&size=xs#facet-size", True)
    whole = page("?q=mug&size=xs&more=size", path="/en/search/")
    assert values(whole) == list(SIZES)
    assert more_link(whole) == ("/en/search/?q=mug&size=xs#facet-size", True)
