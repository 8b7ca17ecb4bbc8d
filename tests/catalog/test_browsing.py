"""Shelves and search: what is on them, and what never is. Lists: tests/listing."""

import datetime

import pytest
from django.test import Client

from catalog import browsing, categories, search
from catalog.models import Brand, Category, Product, ProductStatus
from tests.making import NOON, fill_shelves, make_product, make_variant
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
    return made


@pytest.mark.parametrize(
    "change",
    [
        {"status": ProductStatus.DRAFT},
        {"status": ProductStatus.ARCHIVED},
        {"published_at": NOON + DAY},
    ],
)
def test_what_is_not_live_is_on_no_shelf_in_no_search_and_has_no_page(goods, shelf, change):
    later = NOON.replace(year=2099)
    change = change | ({"published_at": later} if "published_at" in change else {})
    Product.objects.filter(slug="axe").update(**change)
    fill_shelves()

    assert search.find("axe", moment=NOON, language="en") == []
    assert browsing.rows_of([goods[0].pk], NOON) == []
    was_there = change.get("status") == ProductStatus.ARCHIVED
    assert Client().get("/en/p/axe/").status_code == (410 if was_there else 404)
    assert "/en/p/axe/" not in Client().get("/en/c/shelf/").content.decode()
    assert "/en/p/axe/" not in Client().get("/en/").content.decode()


# --- Search ---------------------------------------------------------------------------------------


@pytest.fixture
def library(shelf):
    def add(slug, name_de, name_en, **fields):
        product = make_product(slug, category=shelf, name_de=name_de, name_en=name_en, **fields)
        return make_variant(product, sku=f"{slug.upper()}-1")

    brand = Brand.objects.create(slug="alster", name="Alsterporzellan")
    add("pot", "Teekanne Elbe", "Elbe teapot", brand=brand)
    add("tin", "Vorratsdose", "Storage tin", description_de="Für losen Tee.")
    add("bag", "Strandtasche", "Beach bag")
    search.reindex_all()


def found(text, language="de"):
    by_pk = Product.objects.in_bulk(search.find(text, moment=NOON, language=language))
    return [by_pk[pk].slug for pk in search.find(text, moment=NOON, language=language)]


@pytest.mark.parametrize(
    ("text", "language", "slugs_"),
    [
        ("Teekanne", "de", "pot"),
        ("teekannen", "de", "pot"),  # another ending
        ("teek", "de", "pot tin"),  # not finished yet
        ("kanne", "de", "pot"),  # the end of a compound
        ("teapots", "en", "pot"),
        ("alsterporzellan", "de", "pot"),
        ("Regal Teekanne", "de", "pot"),
        ("BAG-1", "de", "bag"),
        ("bag-1", "de", "bag"),
        ("Alsterporzellan Strandtasche", "de", "bag pot"),  # none has all words
        ("xyzzy", "de", ""),
        ("  ", "de", ""),
        ("\x00", "de", ""),
    ],
)
def test_a_search_finds(library, text, language, slugs_):
    assert found(text, language) == slugs_.split()


def test_a_word_in_the_name_counts_more_than_one_in_the_text(library):
    make_product("tea", category=Category.objects.get(slug="shelf"), name_de="Tee", name_en="Tea")
    search.reindex_all()

    assert set(found("tee")) == {"tea", "pot", "tin"}
    assert found("tee")[-1] == "tin"


def test_an_article_number_comes_first(library):
    Product.objects.filter(slug="bag").update(description_de="Passt zu POT-1")

    assert found("pot-1")[0] == "pot"


def test_the_search_page_names_what_was_looked_for_and_how_many_were_found(library):
    page = Page(Client().get("/en/search/?q=teapot"))

    assert "1 product" in page.text
    assert "/en/p/pot/" in page.links
    assert page.field("q")["value"] == "teapot"
    nothing = Page(Client().get("/en/search/?q=xyzzyqq"))
    assert "xyzzyqq" in nothing.html
    assert "/en/c/shelf/" in nothing.links


# --- The tree -------------------------------------------------------------------------------------


def _store(slug, parent=None, **fields):
    return categories.store(
        Category(slug=slug, parent=parent, name_de=slug, name_en=slug, **fields)
    )


def test_a_category_moves_with_everything_below_it():
    living, light = _store("living"), _store("light")
    lamps = _store("lamps", living)
    _store("desk", lamps)

    lamps.parent = light
    categories.store(lamps)

    paths = set(Category.objects.values_list("path", flat=True))
    assert paths == {"living", "light", "light/lamps", "light/lamps/desk"}


def test_no_category_stands_below_itself_or_on_anothers_place():
    living = _store("living")
    lamps = _store("lamps", living)

    living.parent = lamps
    with pytest.raises(categories.PathTaken):
        categories.store(living)
    with pytest.raises(categories.PathTaken):
        _store("lamps", Category.objects.get(path="living"))

    assert set(Category.objects.values_list("path", flat=True)) == {"living", "living/lamps"}


def test_a_hidden_category_hides_what_is_below_it():
    attic = _store("attic", is_active=False)
    _store("box", attic)
    _store("hall")

    client = Client()

    assert client.get("/en/c/hall/").status_code == 200
    assert client.get("/en/c/attic/").status_code == 404
    assert client.get("/en/c/attic/box/").status_code == 404
    assert "/en/c/attic/box/" not in client.get("/en/").content.decode()


def test_a_change_of_the_tree_is_seen_at_once():
    _store("hall")
    client = Client()
    assert "/en/c/cellar/" not in Page(client.get("/en/")).links

    _store("cellar")

    assert "/en/c/cellar/" in Page(client.get("/en/")).links
