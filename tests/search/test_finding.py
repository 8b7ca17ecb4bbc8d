"""What a search finds, in which order, and what it says about it."""

import datetime
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog import categories, pricing, products, search, search_index
from catalog.models import (
    Brand,
    Category,
    Product,
    SearchDocument,
    SearchRedirect,
    SearchWord,
    Synonym,
)
from shop.kit import clock
from tests.making import NOON, make_product, make_variant
from tests.pages import Page

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def shelf(rules):
    return Category.objects.create(slug="home", path="home", name_de="Wohnen", name_en="Home")


@pytest.fixture
def add(shelf):
    def _add(slug, name_de, name_en, *, gross="24.00", sku="", **fields):
        product = make_product(
            slug, category=shelf, name_de=name_de, name_en=name_en, summary_de="-", summary_en="-",
            **fields,
        )  # fmt: skip
        make_variant(product, gross=gross, sku=sku or f"{slug.upper()}-1")
        return product

    return _add


@pytest.fixture
def goods(add):
    add("table-lamp", "Tischleuchte Anker", "Anchor table lamp", gross="99.00")
    add("floor-lamp", "Stehleuchte Mast", "Mast floor lamp", gross="199.00")
    add("table", "Tisch Kontor", "Kontor table", description_de="Für jede Leuchte.", gross="399.00")
    add("towel", "Geschirrtücher Kajüte", "Tea towels", search_words="Küchentuch, tea cloth")
    add("teapot", "Teekanne Elbe", "Elbe teapot", sku="KER-501-BLAU")
    search.reindex_all()


def found(text, language="de"):
    ids = search.find(text, moment=NOON, language=language)
    slugs = dict(Product.objects.values_list("pk", "slug"))
    return [slugs[pk] for pk in ids]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("tischleuchte", "table-lamp"),
        ("Leuchte Tisch", "table-lamp"),
        ("Leuchten", "table-lamp floor-lamp"),
        ("geschirrtuch", "towel"),
        ("GESCHIRRTUECHER", "towel"),
        ("Kajuete", "towel"),
        ("Küchentücher", "towel"),
        ("Tischlechte", "table-lamp"),
        ("Tishcleuchte Ankr", "table-lamp"),
        ("Teekane", "teapot"),
        ("teek", "teapot"),
        ("tisch", "table"),
    ],
)
def test_german_words_in_all_their_forms(goods, text, first):
    assert found(text)[0] in first.split()


def test_a_word_of_the_name_stands_before_one_of_the_text(goods):
    assert found("leuchte")[-1] == "table"
    assert set(found("leuchte")) == {"table-lamp", "floor-lamp", "table"}


def test_products_with_all_words_stand_before_those_with_some(goods):
    assert found("lamp table", "en")[0] == "table-lamp"
    assert set(found("lamp table", "en")) == {"table-lamp", "floor-lamp", "table"}


def test_languages_do_not_mix(goods):
    assert found("teapot", "de") == []
    assert found("Teekanne", "en") == []
    assert found("Stehleuchte", "en") == []


def test_a_misspelt_word_is_answered_and_said(goods):
    answer = search.answer("Teekane Elbe", moment=NOON, language="de")

    assert answer.corrected == "teekanne elbe"
    assert answer.suggested == ""
    page = Page(Client().get("/de/search/?q=Teekane"))
    assert "„Teekane“ gibt es hier nicht" in page.text
    assert "/de/p/teapot/" in page.links
    assert "gibt es hier nicht" not in Page(Client().get("/de/search/?q=Teekanne")).text


def test_numbers_are_never_corrected(goods):
    assert found("KER-502-BLAU") == []
    assert found("xq") == []
    assert not SearchWord.objects.filter(word__regex=r"\d").exclude(deletes=[]).exists()


@pytest.mark.parametrize("text", ["KER-501-BLAU", "ker 501 blau", "ker501blau", " Ker_501.Blau "])
def test_an_exact_number_leads_straight_to_its_variant(goods, text):
    response = Client().get("/de/search/", {"q": text})

    assert response.status_code == 302
    assert response["Location"] == "/de/p/teapot/?variant=KER-501-BLAU"


def test_the_beginning_of_a_number_finds_and_does_not_redirect(goods):
    assert found("KER-501") == ["teapot"]
    assert Client().get("/de/search/?q=KER-501").status_code == 200


def test_an_inactive_variant_has_no_number(goods):
    product = Product.objects.get(slug="teapot")
    product.variants.update(is_active=False)
    search.reindex([product.pk])

    assert found("KER-501-BLAU") == []


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Leuchte unter 100 Euro", ["table-lamp"]),
        ("Leuchte ab 150 €", ["floor-lamp", "table"]),
        ("zwischen 100 und 200 Euro", ["floor-lamp"]),
        ("unter 5 Euro", []),
    ],
)
def test_a_price_in_words_is_a_limit(goods, text, slugs):
    assert found(text) == slugs


def test_synonyms_go_one_way_or_both(goods):
    assert found("Handfeger") == []
    Synonym.objects.create(language="de", words="Handfeger, Feudel", meanings="Geschirrtuch")
    search_index.changed()
    assert found("feudel") == ["towel"]
    assert found("Handfeger") == ["towel"]
    assert found("feudel", "en") == []

    Synonym.objects.create(language="de", words="Schreibpult", meanings="Tisch", is_two_way=True)
    make_product("desk", category=Category.objects.get(slug="home"), name_de="Schreibpult")
    search.reindex_all()
    assert set(found("Tisch")) >= {"table", "desk"}
    assert found("Schreibpult")[0] == "desk"


def test_a_synonym_of_several_words(goods):
    Synonym.objects.create(language="en", words="dish cloth", meanings="tea towel")
    search_index.changed()

    assert found("dish cloth", "en")[0] == "towel"


def test_staff_send_a_search_to_a_page(goods):
    SearchRedirect.objects.create(
        language="de", query="Versand", key="versand", path="/de/legal/shipping/"
    )
    search_index.changed()

    assert Client().get("/de/search/?q=VERSAND")["Location"] == "/de/legal/shipping/"
    assert Client().get("/en/search/?q=versand").status_code == 200


def test_liked_products_stand_before_others_and_sold_out_ones_behind(add):
    one, two, three = (add(slug, "Vase", "Vase") for slug in ("one", "two", "three"))
    search.reindex_all()

    search_index.set_popularity({one.pk: 0.0, two.pk: 1.0, three.pk: 0.5})
    assert found("vase") == ["two", "three", "one"]
    search_index.set_sold_out({two.pk})
    assert found("vase") == ["three", "one", "two"]
    assert search_index.set_sold_out(set()) == 2


def test_popularity_lies_between_0_and_1_and_one_review_says_little():
    values = search_index.popularity(
        [1, 2, 3, 4], sold={1: 100, 2: 1}, stars={3: (5.0, 1), 4: (5.0, 100)}
    )

    assert values[1] == pytest.approx(0.7)
    assert 0 < values[2] < values[1]
    assert 0 < values[3] < values[4] < 0.3


def test_brand_and_category_are_found_and_follow_their_names(
    goods, shelf, django_capture_on_commit_callbacks
):
    brand = Brand.objects.create(slug="b", name="Brookhus")
    Product.objects.filter(slug="teapot").update(brand=brand)
    search.reindex_all()
    assert found("brookhus teekanne")[0] == "teapot"

    shelf.name_de = "Leuchtstube"
    categories.store(shelf)
    search.reindex(Product.objects.values_list("pk", flat=True))
    assert len(found("Leuchtstube")) == 5


def test_what_lost_its_hint_is_read_again(goods):
    assert search_index.out_of_date() == []
    product = Product.objects.get(slug="teapot")
    Product.objects.filter(pk=product.pk).update(name_de="Samowar")
    products.touch([product.pk])
    archived = Product.objects.get(slug="table")
    products.archive(archived)

    assert not SearchDocument.objects.filter(product=archived).exists()
    Product.objects.filter(slug="towel").update(status="archived")
    towel = Product.objects.get(slug="towel")

    late = search_index.out_of_date()
    assert set(late) == {product.pk, towel.pk}
    search.reindex(late)
    assert found("Samowar") == ["teapot"]
    assert found("Geschirrtuch") == []
    assert search_index.out_of_date() == []


def test_prices_that_began_since_are_written(goods):
    variant = Product.objects.get(slug="teapot").variants.get()
    now = clock.now()
    pricing.set_price(variant, gross=Decimal("3.00"), start=now - DAY, end=now + DAY, kind="sale")
    assert found("unter 5 Euro") == []

    ids = list(Product.objects.values_list("pk", flat=True))
    assert search_index.refresh_prices(ids) == 2
    assert found("unter 5 Euro") == ["teapot"]
    assert search_index.refresh_prices(ids) == 0


def test_a_rarer_spelling_is_answered_and_the_commoner_one_offered(shelf):
    """Beyond 500 products a word that hardly any product has may be a slip of its text."""
    Product.objects.bulk_create(
        Product(
            slug=f"lamp-{number}", category=shelf, name_de="Lampe", name_en="lamp", summary_de="-",
            summary_en="-", status="active", published_at=NOON,
        )
        for number in range(520)
    )  # fmt: skip
    make_product("lanp", category=shelf, name_de="Lanpe", name_en="lanp")
    search.reindex_all()

    answer = search.answer("lanp", moment=NOON, language="en")

    assert answer.suggested == "lamp"
    assert answer.suggested_count == 520
    assert answer.corrected == ""
    assert found("lanp", "en")[0] == "lanp"
    page = Page(Client().get("/en/search/?q=lanp"))
    assert '<a href="/en/search/?q=lamp">lamp</a>?' in page.html
    assert "(520)" in page.text
    assert "/en/search/?q=lamp" in page.links


def test_a_page_without_results_shows_ways_on(goods):
    page = Page(Client().get("/de/search/?q=qqqqqq"))

    assert "Nichts gefunden" in page.text
    assert "/de/c/home/" in page.links
    assert len([link for link in page.links if link.startswith("/de/p/")]) >= 4


def test_all_ids_come_with_scores_the_best_first(goods):
    scored = search.candidate_ids("leuchte", moment=NOON, language="de")

    assert [pk for pk, _score in scored] == search.find("leuchte", moment=NOON, language="de")
    assert [score for _pk, score in scored] == sorted((score for _, score in scored), reverse=True)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.sampled_from(
            ["leuchte", "tisch", "'", "\\", ":*", "&", "|", "!", "(", "%", "_", "Teekane", "28cm"]
        )
        | st.text(max_size=12),
        max_size=8,
    )
)
def test_no_text_breaks_the_search(goods, parts):
    for language in ("de", "en"):
        answer = search.answer(" ".join(parts), moment=NOON, language=language)
        assert len(set(answer.ids)) == len(answer.ids)
