"""What is shown beside a link to a list where somebody shares it: its first product."""

import re

import pytest
from django.core.cache import cache

from catalog import categories
from catalog.models import Category, ProductPicture
from tests.collections.test_pages import make_collection
from tests.making import fill_shelves

pytestmark = pytest.mark.django_db
SIZES = {"width": 640, "height": 480, "widths": [640], "color": "#ffffff"}


def hang(variant, letter, position=0):
    ProductPicture.objects.create(
        product=variant.product, key=letter * 20, alt_de=f"Bild {letter}", alt_en=f"Look {letter}",
        position=position, **SIZES,
    )  # fmt: skip


def tags(client, path):
    html = client.get(path).content.decode()
    return dict(re.findall(r'<meta property="(og:image[\w:]*)" content="([^"]*)">', html))


@pytest.fixture
def shelf(mug, lamp):
    cache.clear()
    category = categories.store(Category.objects.get(pk=mug.product.category_id))
    fill_shelves()
    return category


def test_a_category_shows_the_first_picture_of_its_first_product(ben, shelf, mug):
    hang(mug, "b", position=1)
    hang(mug, "a")

    german, english = tags(ben, "/de/c/for-mug/"), tags(ben, "/en/c/for-mug/")

    assert re.fullmatch(r"http://testserver/media/pictures/\S*a{20}\S+", german["og:image"])
    assert german["og:image"] == english["og:image"]
    assert (german["og:image:alt"], english["og:image:alt"]) == ("Bild a", "Look a")
    assert (german["og:image:width"], german["og:image:height"]) == ("640", "480")


def test_a_list_without_pictures_or_goods_has_none(ben, shelf, mug):
    empty = categories.store(Category(slug="empty", name_de="Leer", name_en="Empty"))

    assert tags(ben, "/de/c/for-mug/") == {}
    assert tags(ben, f"/de/c/{empty.path}/") == {}


def test_a_collection_without_a_picture_of_its_own_shows_what_was_picked_first(
    ben, shelf, mug, lamp
):
    hang(mug, "a")
    hang(lamp, "c")

    make_collection(lamp, mug)

    assert tags(ben, "/de/s/gifts/")["og:image:alt"] == "Bild c"
