"""Tables of sizes: kept by staff, beside the sizes of a product and on a page of their own."""

import pytest

from catalog import products
from catalog.models import Brand, Option, SizeGuide
from tests import backoffice
from tests.pages import Page

pytestmark = pytest.mark.django_db
GUIDES = "/admin/catalog/sizeguide/"


@pytest.fixture
def brand(mug):
    brand = Brand.objects.create(slug="nordlot", name="Nordlot")
    mug.product.brand = brand
    mug.product.save(update_fields=["brand"])
    products.touch([mug.product_id])
    return brand


def guide(slug="nordlot", **fields):
    words = {
        "name_de": "Größen Nordlot",
        "name_en": "Nordlot sizes",
        "columns_de": ["Größe", "Brust"],
        "columns_en": ["Size", "Chest"],
        "rows": [["S", "88–92"], ["M", "93–98"]],
    }
    return SizeGuide.objects.create(slug=slug, **words | fields)


def sizes(product):
    Option.objects.create(product=product, code="size", name_de="Größe", name_en="Size")
    products.touch([product.pk])


def test_the_table_of_a_brand_stands_on_its_products_that_come_in_sizes(mug, tea, brand, ben):
    guide(brand=brand)
    sizes(mug.product)

    page = Page(ben.get("/de/p/mug/"))

    assert "Größen Nordlot" in page.text
    assert "/de/size-guides/nordlot/" in page.links
    assert "size-guide" in page.ids
    assert "Größen Nordlot" not in Page(ben.get("/de/p/tea/")).text


def test_a_product_without_sizes_shows_no_table_of_its_brand(mug, brand, ben):
    guide(brand=brand)

    assert "Größen Nordlot" not in Page(ben.get("/de/p/mug/")).text


def test_a_product_shows_the_table_that_it_names_instead_of_its_brands(mug, brand, ben):
    guide(brand=brand)
    mug.product.size_guide = guide("mugs", name_de="Größen der Becher")
    mug.product.save(update_fields=["size_guide"])
    sizes(mug.product)

    text = Page(ben.get("/de/p/mug/")).text

    assert "Größen der Becher" in text
    assert "Größen Nordlot" not in text


def test_the_page_of_a_table_has_headings_for_columns_and_rows_in_both_languages(ben, db):
    guide()

    german, english = ben.get("/de/size-guides/nordlot/"), ben.get("/en/size-guides/nordlot/")

    assert '<th scope="col">Brust</th>' in german.content.decode()
    assert '<th scope="col">Chest</th>' in english.content.decode()
    assert '<th scope="row">M</th><td>93–98</td>' in english.content.decode()
    assert "Zentimetern" in german.content.decode()
    assert ben.get("/de/size-guides/unknown/").status_code == 404


def filled(**changes):
    return {
        "name_de": "Größen",
        "name_en": "Sizes",
        "slug": "sizes",
        "columns_de": "Größe | Brust",
        "columns_en": "Size | Chest",
        "rows": "S | 88–92\n\nM | 93–98",
        "intro_de": "",
        "intro_en": "",
        "brand": "",
    } | changes


def test_staff_write_a_table_as_lines(sam):
    answer = backoffice.Desk(sam).post(f"{GUIDES}add/", **filled())

    assert answer.status_code == 302, backoffice.errors(answer)
    made = SizeGuide.objects.get()
    assert made.columns_en == ["Size", "Chest"]
    assert made.rows == [["S", "88–92"], ["M", "93–98"]]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rows": "S | 88–92\nM"}, "„M“ hat 1 Felder, es gibt 2"),
        ({"columns_en": "Size | Chest | Waist"}, "So viele Überschriften"),
        ({"columns_de": "Größe"}, "Mindestens zwei Felder"),
    ],
)
def test_a_table_with_a_hole_is_refused_at_its_field(sam, changes, words):
    desk = backoffice.Desk(sam)
    desk.client.cookies["django_language"] = "de"

    answer = desk.client.post(f"{GUIDES}add/", filled(**changes), headers={"Accept-Language": "de"})

    assert answer.status_code == 200
    assert words in backoffice.errors(answer)
    assert not SizeGuide.objects.exists()


def test_a_changed_table_reaches_the_pages_at_once(sam, mug, brand, ben):
    made = guide(brand=brand)
    sizes(mug.product)
    assert "93–98" in Page(ben.get("/de/p/mug/")).text

    backoffice.Desk(sam).save(f"{GUIDES}{made.pk}/change/", rows="S | 88–92\nM | 94–99")

    assert "94–99" in Page(ben.get("/de/p/mug/")).text
