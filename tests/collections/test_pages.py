"""Collections for shoppers: their page, the home page, the menu, the product, the sitemap."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import categories, products
from catalog.collections import editing
from catalog.models import Collection
from shop.kit import clock
from tests.making import make_product, make_variant, put_in_stock

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def make_collection(*picked, slug="gifts", **fields):
    row = Collection(
        slug=slug,
        **{
            "name_de": "Geschenke",
            "name_en": "Gifts",
            "intro_de": "Schön einzupacken.",
            "intro_en": "Good to wrap.",
            "is_active": True,
        }
        | fields,
    )
    content = editing.Content(rule=None, pinned=tuple(variant.product_id for variant in picked))
    moment = clock.now()
    seen = editing.difference(row, content, moment=moment)
    editing.store(row, content, seen=seen.digest, moment=moment)
    categories.changed()
    return row


def all_sitemaps(client):
    """What all parts of the sitemap say; they are sent in pieces."""
    index = client.get("/sitemap.xml").content.decode()
    parts = re.findall(r"<loc>https?://[^/]+(/[^<]+)</loc>", index)
    assert parts
    return "".join(b"".join(client.get(part)).decode() for part in parts)


def test_the_page_shows_what_was_picked_in_its_order(ben, mug, lamp, tea):
    make_collection(lamp, mug)

    page = ben.get("/de/s/gifts/").content.decode()

    assert "<h1>Geschenke</h1>" in page
    assert "Schön einzupacken." in page
    assert page.index("/de/p/lamp/") < page.index("/de/p/mug/")
    assert "/de/p/tea/" not in page
    assert 'hreflang="en" href="http' in page
    assert "/en/s/gifts/" in page


def test_it_can_be_sorted_and_then_search_engines_stay_out(ben, mug, lamp):
    make_collection(lamp, mug)

    page = ben.get("/de/s/gifts/?sort=price").content.decode()

    assert page.index("/de/p/mug/") < page.index("/de/p/lamp/")
    assert 'content="noindex, follow"' in page
    assert ben.get("/de/s/gifts/?page=2").status_code == 404


def test_search_engines_read_the_words_meant_for_them(ben, mug):
    make_collection(mug, title_de="Geschenke aus Hamburg", description_de="Für alle.")

    page = ben.get("/de/s/gifts/").content.decode()
    english = ben.get("/en/s/gifts/").content.decode()

    assert "<title>Geschenke aus Hamburg" in page
    assert 'name="description" content="Für alle."' in page
    assert "<title>Gifts" in english
    assert 'name="description" content="Good to wrap."' in english


@pytest.mark.parametrize(
    "fields",
    [
        {"is_active": False},
        {"starts_at": clock.now() + DAY},
        {"starts_at": clock.now() - 2 * DAY, "ends_at": clock.now() - DAY},
    ],
)
def test_what_is_not_open_is_nowhere(ben, mug, fields):
    make_collection(mug, is_on_home=True, is_in_menu=True, **fields)

    assert ben.get("/de/s/gifts/").status_code == 404
    for path in ("/de/", "/de/p/mug/"):
        assert "s/gifts/" not in ben.get(path).content.decode()
    assert "s/gifts/" not in all_sitemaps(ben)


def test_an_archived_product_is_not_shown_even_before_the_task_ran(ben, mug, lamp):
    make_collection(lamp, mug)
    products.archive(lamp.product)

    page = ben.get("/de/s/gifts/").content.decode()

    assert "/de/p/lamp/" not in page
    assert "1 Produkt<" in page


def test_home_menu_product_and_sitemap_lead_to_it(ben, mug, lamp):
    make_collection(lamp, is_on_home=True, is_in_menu=True)
    make_collection(mug, slug="other", name_de="Anderes")

    home = ben.get("/de/").content.decode()
    on_lamp = ben.get("/de/p/lamp/").content.decode()

    assert home.count('href="/de/s/gifts/"') == 2  # in the menu, and at its shelf
    assert "/de/s/other/" not in home
    assert "Teil von" in on_lamp
    assert 'class="chip" href="/de/s/gifts/"' in on_lamp
    assert 'class="chip" href="/de/s/other/"' not in on_lamp
    sitemap = all_sitemaps(ben)
    assert sitemap.count("/de/s/gifts/</loc>") == 1
    assert sitemap.count("/en/s/other/</loc>") == 1


def test_an_empty_collection_says_so_and_leads_on(ben, rules):
    make_collection()

    page = ben.get("/de/s/gifts/").content.decode()

    assert "Noch nichts in dieser Sammlung" in page


def statements(client, path):
    for _visit in range(2):
        client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured.captured_queries)


def test_pages_stay_within_their_budgets_however_many_collections_there_are(ben, mug, warehouse):
    make_collection(mug, is_on_home=True)
    few = [statements(ben, path) for path in ("/de/s/gifts/", "/de/", "/de/p/mug/")]

    goods = [make_variant(make_product()) for _number in range(20)]
    for variant in goods:
        put_in_stock(variant, 3, warehouse)
    for number in range(5):
        make_collection(mug, *goods, slug=f"more-{number}", is_on_home=True)

    many = [statements(ben, path) for path in ("/de/s/more-1/", "/de/", "/de/p/mug/")]
    assert few == many
    assert all(count <= most for count, most in zip(many, (4, 4, 6), strict=True))
