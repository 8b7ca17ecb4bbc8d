"""Suggestions while a shopper types: a part of a page, in three groups."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog import categories, search
from catalog.models import Category, Product
from tests.making import NOON, make_product, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(rules):
    lamps = categories.store(Category(slug="lamps", name_de="Leuchten & Lampen", name_en="Lamps"))
    for number, (de, en) in enumerate(
        [
            ("Tischleuchte Anker", "Anchor table lamp"),
            ("Tischuhr Glasen", "Glasen table clock"),
            ("Tischdecke", "Tablecloth"),
            ("Tischläufer", "Table runner"),
            ("Tischtuch", "Table linen"),
            ("<b>Tisch</b>", "<b>Table</b>"),
        ]
    ):
        product = make_product(f"p{number}", category=lamps, name_de=de, name_en=en)
        make_variant(product, gross=f"{10 + number}.00", sku=f"TIS-90{number}")
    search.reindex_all()


def suggested(query, language="de"):
    return Client().get(f"/{language}/search/suggestions/", {"q": query})


def test_words_categories_and_products_with_price(shop):
    html = suggested("tischl").content.decode()

    assert 'href="/de/search/?q=tischleuchte"' in html
    assert "tischl<b>euchte</b>" in html
    assert 'href="/de/p/p0/"' in html
    assert "10,00" in html
    assert 'href="/de/c/lamps/"' in suggested("leuch").content.decode()
    assert 'href="/en/c/lamps/"' in suggested("lam", "en").content.decode()


def test_at_most_ten_rows_and_nothing_unescaped(shop):
    html = suggested("tisch").content.decode()

    assert 3 < html.count('role="option"') <= 10
    assert "<b>Tisch</b>" not in html
    assert "<script" not in suggested("<script>alert(1)</script>").content.decode()


def test_the_words_before_the_last_one_hold(shop):
    html = suggested("anker tisch").content.decode()

    assert 'href="/de/search/?q=anker+tischleuchte"' in html
    assert "tischuhr" not in html
    assert html.count('href="/de/p/') == 1


def test_the_beginning_of_a_number(shop):
    assert 'href="/de/p/p3/"' in suggested("tis-903").content.decode()


@pytest.mark.parametrize("query", ["", " ", "t", "\x00", "'", "&|!:*", "%", "x" * 500, "qqqqqq"])
def test_nothing_to_suggest_is_an_empty_answer(shop, query):
    response = suggested(query)

    assert response.status_code == 200
    assert 'role="option"' not in response.content.decode()


def test_it_takes_few_statements_and_writes_nothing(shop):
    suggested("tischl")
    with CaptureQueriesContext(connection) as seen:
        suggested("tischl")

    # Two of them for the price with its base price and deposit (§§ 4, 7 PAngV).
    assert len(seen) <= 7, "\n".join(one["sql"] for one in seen)
    assert all(one["sql"].lstrip().upper().startswith(("SELECT", "WITH")) for one in seen)


def test_search_engines_leave_it_alone_and_browsers_keep_it_for_a_minute(shop):
    response = suggested("tisch")

    assert response["X-Robots-Tag"].startswith("noindex")
    assert response["Cache-Control"] == "private, max-age=60"


def test_every_page_holds_the_field_as_a_plain_form(shop):
    html = Client().get("/de/").content.decode()

    assert '<shop-search class="search-box" data-url="/de/search/suggestions/">' in html
    assert 'action="/de/search/" method="get"' in html


def test_few_letters_ask_for_the_usual_words_and_more_letters_for_all(rules):
    usual = ["Kante", "Kanne", "Kappe", "Karte", "Kasten", "Kamm"]
    for number, name in enumerate([*usual, *usual, "Kajak"]):
        make_product(f"k{number}", name_de=f"{name} {number}", name_en=f"Thing {number}")
    search.reindex_all()

    few, more = (
        search.find_unfinished(typed, moment=NOON, language="de", most=200)
        for typed in ("ka", "kaja")
    )

    rare = Product.objects.get(slug="k12").pk
    assert len(few) == 12
    assert rare not in few
    assert more == [rare]
