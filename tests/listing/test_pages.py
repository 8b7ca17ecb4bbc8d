"""Pages of lists: filters as a form, chips, numbers, addresses, what search engines are told."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog import categories, listing_index, pricing, search
from catalog.models import (
    Attribute,
    AttributeChoice,
    AttributeKind,
    AttributeValue,
    Brand,
    Category,
    Option,
    OptionValue,
    Product,
)
from inventory import stock, telling
from inventory.models import StockItem
from shop.kit import clock
from tests.making import NOON, fill_shelves, make_product, make_variant, put_in_stock
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    return Category.objects.create(slug="shelf", path="shelf", name_de="Regal", name_en="Shelf")


@pytest.fixture
def colour():
    return make_attribute("color", AttributeKind.SWATCH, red="#aa0000", blue="#0000aa")


@pytest.fixture
def size():
    return make_attribute("size", AttributeKind.CHOICE, s="", m="", l="")


def make_attribute(code, kind, *, unit="", **choices):
    row = Attribute.objects.create(
        code=code, name_de=code.title(), name_en=code.title(), kind=kind, unit=unit, is_facet=True,
        position=Attribute.objects.count(),
    )  # fmt: skip
    for place, (choice, swatch) in enumerate(choices.items()):
        AttributeChoice.objects.create(
            attribute=row, code=choice, name_de=choice.title(), name_en=choice.title(),
            swatch=swatch, position=place,
        )  # fmt: skip
    return row


def say(product, attribute, variant=None, **column):
    """`choice` is named by its code."""
    if "choice" in column:
        column["choice"] = attribute.choices.get(code=column["choice"])
    AttributeValue.objects.create(
        product=product, variant=variant, attribute=attribute, kind=attribute.kind, **column
    )


def with_options(product, attribute, *codes):
    """The product's own option for the attribute, and its values by code."""
    option = Option.objects.create(
        product=product, code=attribute.code, name_de="-", name_en="-", attribute=attribute
    )
    return {
        code: OptionValue.objects.create(
            option=option, code=code, name_de=code, name_en=code,
            choice=attribute.choices.get(code=code),
        )
        for code in codes
    }  # fmt: skip


@pytest.fixture
def shop(shelf, colour, size, warehouse):
    """A shirt (red S and M, blue M), a mug (red) and a plate (blue) of another brand."""
    alster, bille = (
        Brand.objects.create(slug=one, name=one.title()) for one in ("alster", "bille")
    )
    shirt = make_product("shirt", category=shelf, brand=alster, name_en="Shirt")
    colours, sizes = with_options(shirt, colour, "red", "blue"), with_options(shirt, size, "s", "m")
    for red_or_blue, letter in (("red", "s"), ("red", "m"), ("blue", "m")):
        variant = make_variant(shirt, gross="20.00", sku=f"SHIRT-{red_or_blue}-{letter}")
        variant.option_values.set([colours[red_or_blue], sizes[letter]])
        put_in_stock(variant, 2, warehouse)
    for slug, brand, code, gross in (
        ("mug", alster, "red", "9.50"),
        ("plate", bille, "blue", "40.00"),
    ):
        product = make_product(slug, category=shelf, brand=brand, name_en=slug.title())
        say(product, colour, choice=code)
        put_in_stock(make_variant(product, gross=gross, sku=slug.upper()), 2, warehouse)
    fill_shelves()
    return shelf


def page(query="", path="/en/c/shelf/"):
    return Page(Client().get(f"{path}{query}"))


def shown(found):
    """The products on the page, in their order."""
    slugs = re.findall(r'class="card__link" href="/en/p/([\w-]+)/"', found.html)
    return slugs


def box(found, field_id):
    return next(values for _tag, values in found.elements if values.get("id") == field_id)


def count(found, field_id):
    """The number beside a value."""
    label = re.search(rf'<input[^>]* id="{field_id}".*?</label>', found.html, re.DOTALL)
    return int(re.search(r'facet__count">(\d+)', label[0])[1])


# --- Filters ------------------------------------------------------------------------------------


def test_one_variant_has_to_be_everything_that_was_chosen(shop):
    assert set(shown(page("?color=blue"))) == {"shirt", "plate"}
    assert shown(page("?color=blue&size=m")) == ["shirt"]
    assert shown(page("?color=blue&size=s")) == []


def test_values_of_a_facet_add_up_and_facets_narrow_down(shop):
    assert set(shown(page("?color=blue,red"))) == {"shirt", "mug", "plate"}
    assert set(shown(page("?brand=alster&color=red"))) == {"shirt", "mug"}
    assert shown(page("?brand=alster&price=-15")) == ["mug"]


def test_numbers_stand_beside_values_and_what_leaves_nothing_is_disabled_and_says_why(shop):
    found = page("?color=blue")

    assert count(found, "facet-color-red") == 2
    assert count(found, "facet-color-blue") == 2
    assert count(found, "facet-size-m") == 1
    assert count(found, "facet-size-s") == 0
    assert "disabled" in box(found, "facet-size-s")
    assert "checked" in box(found, "facet-color-blue")
    assert "disabled" not in box(found, "facet-size-m")
    assert "S 0 : nothing is left with your other choices" in found.text
    assert 'id="facet-size-l"' not in found.html


def test_a_chosen_value_can_always_be_taken_away_again(shop):
    found = page("?color=blue&size=s")

    assert "disabled" not in box(found, "facet-size-s")
    assert "Nothing fits all of your filters" in found.text
    assert {"/en/c/shelf/?color=blue", "/en/c/shelf/?size=s", "/en/c/shelf/"} <= set(found.links)


def test_chips_name_what_was_chosen_and_lead_to_the_list_without_it(shop):
    found = page("?color=red,blue&price=5-25&sort=price")

    assert "Remove the filter Red" in found.text
    assert "Price: €5.00 – €25.00" in found.text
    assert "/en/c/shelf/?color=blue&price=5-25&sort=price" in found.links
    assert "/en/c/shelf/?color=blue,red&sort=price" in found.links
    assert "/en/c/shelf/?sort=price" in found.links


def test_a_form_without_javascript_is_understood_and_its_address_is_the_canonical_one(shop):
    response = Client().get(
        "/en/c/shelf/?color=red&size=&color=blue&price.from=5&price.to=30%2C00&sort="
    )

    found = Page(response)
    assert set(shown(found)) == {"shirt", "mug"}
    assert 'rel="canonical" href="http://testserver/en/c/shelf/?color=blue,red&amp;price=5-30"' in (
        found.html
    )
    (form,) = [one for one in found.forms if one.action == "/en/c/shelf/"]
    assert form.method == "get"
    assert form.values["price.from"] == "5"


@pytest.mark.parametrize(
    "query",
    [
        "?color=pink", "?colour=red", "?color=", "?color=,,", "?price=abc", "?price=-", "?page=x",
        "?price=1e5-", "?price.from=NaN", "?rating=9", "?page=0", "?sort=%00", "?color=%00",
        "?price=99999999999999999999-", "?color=l", "?width=1-2", "?brand=red", "?size=m'--",
    ],
)  # fmt: skip
def test_what_nobody_offered_is_ignored(shop, query):
    found = page(query)

    assert len(shown(found)) == 3
    assert "Remove the filter" not in found.text
    assert 'rel="canonical" href="http://testserver/en/c/shelf/"' in found.html


def test_the_ends_of_a_range_may_be_swapped_and_open(shop):
    assert shown(page("?price=25-15")) == ["shirt"]
    assert shown(page("?price=30-")) == ["plate"]
    assert "from €30.00" in page("?price=30-").text
    assert page("?price=9.5-9.5").field("price.from")["value"] == "9.50"
    assert page().field("price.from")["placeholder"] == "9.50"
    assert page().field("price.to")["placeholder"] == "40"


def test_numbers_are_ranges_in_their_unit(shop):
    width = make_attribute("width", AttributeKind.NUMBER, unit="cm")
    for slug, number in (("mug", "8.5"), ("plate", "28"), ("shirt", "55")):
        say(Product.objects.get(slug=slug), width, number=Decimal(number))
    categories.changed()
    fill_shelves()

    assert set(shown(page("?width=8.5-28"))) == {"mug", "plate"}
    german = Page(Client().get("/de/c/shelf/?width.from=8,5&width.to=30"))
    assert german.field("width.from")["value"] == "8,5"
    assert german.field("width.to")["placeholder"] == "55"
    assert "Width: 8,5 cm – 30 cm" in german.text
    assert "/de/c/shelf/?width=8.5-30" in german.html


def test_yes_and_no_are_values_and_what_is_said_of_a_variant_counts_more(shop, warehouse):
    washable = make_attribute("washable", AttributeKind.BOOLEAN)
    mug, plate = Product.objects.get(slug="mug"), Product.objects.get(slug="plate")
    say(mug, washable, boolean=True)
    say(plate, washable, boolean=True)
    say(plate, washable, variant=plate.variants.get(), boolean=False)
    categories.changed()
    fill_shelves()

    assert shown(page("?washable=yes")) == ["mug"]
    assert shown(page("?washable=no")) == ["plate"]
    assert "Remove the filter Washable: yes" in page("?washable=yes").text


def test_an_attribute_that_all_or_few_have_is_no_question(shop):
    origin = make_attribute("origin", AttributeKind.CHOICE, north="", south="")
    for product in Product.objects.all():
        say(product, origin, choice="north")
    categories.changed()
    fill_shelves()

    found = page()

    assert "facet-origin" not in found.html
    assert "facet-color" in found.html
    assert len(shown(page("?origin=north"))) == 3


def test_an_attribute_called_like_a_word_of_the_shop_does_not_take_its_place(shop):
    price = make_attribute("price", AttributeKind.CHOICE, cheap="", dear="")
    say(Product.objects.get(slug="mug"), price, choice="cheap")
    categories.changed()
    fill_shelves()

    assert shown(page("?price.=cheap")) == ["mug"]
    assert len(shown(page("?price=cheap"))) == 3
    assert shown(page("?price=30-")) == ["plate"]


# --- Stock, ratings -----------------------------------------------------------------------------


def test_what_ran_out_leaves_the_list_of_what_is_in_stock_and_comes_back(
    shop, django_capture_on_commit_callbacks
):
    mug = Product.objects.get(slug="mug").variants.get()

    with django_capture_on_commit_callbacks() as told:
        stock.reserve({mug.pk: 2}, reference="K-1", moment=NOON)
    telling.tell([mug.pk], moment=clock.now())

    assert len(told) == 1
    assert set(shown(page("?stock=1"))) == {"shirt", "plate"}
    assert len(shown(page())) == 3

    with django_capture_on_commit_callbacks() as told:
        stock.release("K-1", moment=NOON)
    telling.tell([mug.pk], moment=clock.now())

    assert len(told) == 1
    assert set(shown(page())) == {"shirt", "mug", "plate"}
    assert "facet-stock" not in page().html


def test_an_order_that_leaves_something_asks_nothing_of_lists(
    shop, django_capture_on_commit_callbacks
):
    mug = Product.objects.get(slug="mug").variants.get()

    with (
        django_capture_on_commit_callbacks() as told,
        CaptureQueriesContext(connection) as captured,
    ):
        stock.reserve({mug.pk: 1}, reference="K-1", moment=NOON)

    assert told == []
    assert not [one for one in captured.captured_queries if "listing" in one["sql"]]


def test_stock_that_changed_unheard_is_found(shop):
    mug = Product.objects.get(slug="mug").variants.get()
    StockItem.objects.filter(variant=mug).update(reserved=2)

    assert telling.tell_changes(moment=clock.now()) == 1
    assert telling.tell_changes(moment=clock.now()) == 0

    assert set(shown(page("?stock=1"))) == {"shirt", "plate"}


def test_ratings_are_filtered_as_they_are_shown(shop):
    by_slug = dict(Product.objects.values_list("slug", "pk"))
    listing_index.note_ratings({by_slug["mug"]: (3.96, 9), by_slug["plate"]: (3.94, 9)})

    found = page("?rating=4")

    assert shown(found) == ["mug"]
    assert "/en/c/shelf/?rating=4&sort=rating" in found.links
    assert shown(page("?sort=rating")) == ["mug", "plate", "shirt"]


# --- Addresses, search engines, fragments -------------------------------------------------------


def robots(found):
    match = re.search(r'name="robots" content="([^"]+)"', found.html)
    return match[1] if match else ""


def test_search_engines_keep_plain_lists_and_one_value_that_is_worth_a_page(shop, colour):
    for number in range(3):
        say(make_product(f"cup-{number}", category=shop), colour, choice="red")
    fill_shelves()

    assert robots(page()) == ""
    assert robots(page("?color=red")) == ""
    assert "<title>Shelf: Red" in page("?color=red").html
    for query in ("color=blue", "color=red,blue", "color=red&brand=alster", "sort=price",
                  "price=10-", "color=red&sort=price", "stock=1&color=red"):  # fmt: skip
        assert robots(page(f"?{query}")) == "noindex, follow", query


def test_pages_of_a_narrowed_list_lead_to_each_other(shop, colour):
    for number in range(30):
        say(make_product(f"cup-{number}", category=shop), colour, choice="red")
    fill_shelves()

    first, second = page("?color=red"), page("?color=red&page=2")

    assert 'href="/en/c/shelf/?color=red&amp;page=2" rel="next"' in first.html
    assert 'href="/en/c/shelf/?color=red" rel="prev"' in second.html
    assert len(shown(first)) == 24
    assert len(shown(second)) == 8
    assert not set(shown(first)) & set(shown(second))
    assert Client().get("/en/c/shelf/?color=red&page=3").status_code == 404


def test_categories_below_carry_the_filters_on_and_say_what_is_left(shop):
    below = Category.objects.create(
        slug="cups", path="shelf/cups", parent=shop, name_de="Tassen", name_en="Cups"
    )
    Product.objects.get(slug="mug").categories.add(below)
    categories.changed()
    fill_shelves()

    assert "/en/c/shelf/cups/" in page().links
    assert "/en/c/shelf/cups/?color=red" in page("?color=red").links
    assert shown(page("?color=red", path="/en/c/shelf/cups/")) == ["mug"]
    assert "/en/c/shelf/cups/?color=blue" not in page("?color=blue").links
    assert "Cups 0" in page("?color=blue").text


def test_a_fragment_brings_the_list_its_address_and_the_filters(shop):
    response = Client().get("/en/c/shelf/?color=red&size=", headers={"X-Fragment": "results"})

    html = response.content.decode()
    assert "<!doctype" not in html
    assert 'data-url="/en/c/shelf/?color=red"' in html
    assert '<template data-for="filters">' in html
    assert "Show 2 products" in html
    assert "<template" not in page().html


def test_a_search_is_narrowed_down_like_a_list_and_keeps_its_words(shop):
    search.reindex_all()

    found = page("?q=mug+shirt+plate&color=red", path="/en/search/")

    assert set(shown(found)) == {"mug", "shirt"}
    assert count(found, "facet-color-blue") == 2
    assert "/en/search/?q=mug+shirt+plate" in found.links
    (form,) = [one for one in found.forms if "price.from" in one.values]
    assert form.values["q"] == "mug shirt plate"
    assert robots(found) == "noindex"


def test_a_hit_that_lists_do_not_know_yet_is_found_all_the_same(shop):
    make_variant(make_product("bowl", category=shop, name_en="Bowl"))
    search.reindex_all()

    assert shown(page("?q=bowl", path="/en/search/")) == ["bowl"]


@pytest.mark.parametrize("path", ["/en/c/shelf/", "/en/search/?q=shirt+mug+plate+cup"])
def test_a_list_costs_as_much_with_filters_as_without(shop, colour, path):
    search.reindex_all()
    mark = "&" if "?" in path else "?"

    def cost(query):
        client = Client()
        client.get(path + query)
        with CaptureQueriesContext(connection) as captured:
            client.get(path + query)
        return len(captured)

    plain = cost("")
    narrowed = cost(f"{mark}color=red,blue&price=1-99&sort=price&size=m")
    for number in range(40):
        product = make_product(f"cup-{number}", category=shop, name_en="Cup")
        say(product, colour, choice="red")
        make_variant(product)
    search.reindex_all()
    fill_shelves()

    assert plain == narrowed == cost(f"{mark}color=red") <= 4


def test_a_search_with_many_hits_keeps_its_sheet_until_a_list_changes(shop, colour):
    for number in range(210):
        make_variant(make_product(f"cup-{number}", category=shop, name_en="Cup"))
    search.reindex_all()
    fill_shelves()
    client = Client()

    def asked():
        with CaptureQueriesContext(connection) as captured:
            html = client.get("/en/search/?q=cup&price=-30").content.decode()
        return html, [one["sql"] for one in captured if "catalog_listingentry" in one["sql"]]

    asked()
    html, read = asked()
    assert "210 products" in html
    assert read == []

    cup = Product.objects.get(slug="cup-7")
    pricing.set_price(cup.variants.get(), gross=Decimal("99.00"), start=NOON)
    listing_index.refresh([cup.pk], moment=clock.now())
    html, read = asked()

    assert "209 products" in html
    assert len(read) == 1
