"""What machines ask for: sitemaps that are true, robots.txt, and the well-known addresses."""

import datetime
import io
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from catalog import categories, products
from catalog.machines import crawling
from catalog.models import Category, Product, ProductPicture, ProductStatus, SizeGuide
from shop import icons
from shop.kit import clock
from tests.making import make_variant

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}


@pytest.fixture
def shelf(mug):
    """The category of the mug, in the tree."""
    return categories.store(Category.objects.get(pk=mug.product.category_id))


def content(response):
    return response.getvalue() if response.streaming else response.content


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml"
    return ElementTree.fromstring(content(response))  # noqa: S314 - written by ourselves


def parts(client):
    """Address of each file in the index → its date."""
    rows = read(client, "/sitemap.xml").findall("s:sitemap", NAMES)
    return {
        row.findtext("s:loc", namespaces=NAMES): row.findtext("s:lastmod", namespaces=NAMES)
        for row in rows
    }


def pages(client):
    """Address → (date, {language: address}, [pictures]), of all files of the index."""
    found = {}
    for part in parts(client):
        for url in read(client, part.removeprefix("http://testserver")).findall("s:url", NAMES):
            links = {one.get("hreflang"): one.get("href") for one in url.findall("x:link", NAMES)}
            address = url.findtext("s:loc", namespaces=NAMES)
            assert address not in found
            images = [one.text for one in url.findall("i:image/i:loc", NAMES)]
            found[address] = (url.findtext("s:lastmod", namespaces=NAMES), links, images)
    return found


def test_every_address_in_the_sitemap_opens_at_once_is_canonical_and_may_be_indexed(
    ben, shelf, mug, tea
):
    categories.store(Category(slug="empty", name_de="Leer", name_en="Empty"))
    SizeGuide.objects.create(slug="shirts", name_de="Hemden", name_en="Shirts")

    found = pages(ben)

    paths = {urlsplit(address).path for address in found}
    assert {
        "/de/p/mug/",
        "/en/p/tea/",
        f"/de/c/{shelf.path}/",
        "/en/",
        "/de/legal/imprint/",
    } <= paths
    assert "/en/size-guides/shirts/" in paths
    assert "/de/c/empty/" not in paths
    for address in found:
        response = ben.get(urlsplit(address).path)
        html = response.content.decode()
        assert response.status_code == 200, address
        assert f'<link rel="canonical" href="{address}">' in html
        assert '<meta name="robots"' not in html


def test_addresses_are_absolute_and_name_each_other_as_the_pages_do(ben, shelf, mug):
    found = pages(ben)

    for address, (_date, alternates, _images) in found.items():
        assert address.startswith("http://testserver/")
        assert set(alternates) == {"de", "en", "x-default"}
        assert alternates["x-default"] == alternates["de"]
        assert address in alternates.values()
        for other in alternates.values():
            assert found[other][1] == alternates
        html = ben.get(urlsplit(address).path).content.decode()
        for code in ("de", "en"):
            assert f'hreflang="{code}" href="{alternates[code]}"' in html


def test_what_nobody_can_see_is_not_listed(ben, shelf, mug, tea, lamp):
    Product.objects.filter(pk=tea.product_id).update(status=ProductStatus.ARCHIVED)
    later = clock.now() + datetime.timedelta(days=1)
    Product.objects.filter(pk=lamp.product_id).update(published_at=later)
    Category.objects.filter(pk=shelf.pk).update(is_active=False)
    categories.changed()

    text = " ".join(pages(ben))

    assert "/p/mug/" in text
    assert "/p/tea/" not in text
    assert "/p/lamp/" not in text
    assert shelf.path not in text


def test_former_addresses_are_not_listed(ben, mug):
    mug.product.slug = "cup"
    mug.product.save()
    products.moved(mug.product, old_slug="mug")

    assert "http://testserver/en/p/cup/" in pages(ben)
    assert "http://testserver/en/p/mug/" not in pages(ben)


def date_of(client, path):
    text = pages(client)[f"http://testserver{path}"][0]
    return datetime.datetime.fromisoformat(text)


def test_dates_tell_the_last_change(ben, shelf, mug):
    product = Product.objects.get(pk=mug.product_id)
    before = date_of(ben, "/de/p/mug/")
    assert before == product.changed_at

    Product.objects.update(changed_at=product.changed_at - datetime.timedelta(days=9))
    Category.objects.update(changed_at=product.changed_at - datetime.timedelta(days=8))
    assert date_of(ben, f"/de/c/{shelf.path}/") == before - datetime.timedelta(days=8)

    products.touch([product.pk])
    after = date_of(ben, "/en/p/mug/")
    assert after > before - datetime.timedelta(days=1)
    assert date_of(ben, f"/de/c/{shelf.path}/") == after
    assert pages(ben)["http://testserver/de/"][0] is None
    part = parts(ben)["http://testserver/sitemap-products-1.xml"]
    assert datetime.datetime.fromisoformat(part) == after


def test_a_shelf_changes_with_the_goods_that_stand_on_it_beside_others(ben, shelf, mug, tea):
    Product.objects.update(changed_at=clock.now() - datetime.timedelta(days=9))
    tea.product.categories.add(shelf)
    products.touch([tea.product_id])

    assert date_of(ben, f"/de/c/{shelf.path}/") == date_of(ben, "/de/p/tea/")


def test_pictures_are_named_with_their_product(ben, mug):
    for place in (1, 0):
        ProductPicture.objects.create(
            product=mug.product, key=str(place) * 20, width=2000, height=1500, position=place,
            widths=[160, 1600], color="#ffffff", alt_de="Becher", alt_en="Mug",
        )  # fmt: skip

    found = pages(ben)["http://testserver/en/p/mug/"][2]

    assert found == [
        f"http://testserver/media/pictures/{'0' * 20}-1600.webp",
        f"http://testserver/media/pictures/{'1' * 20}-1600.webp",
    ]


def test_many_products_come_in_parts_and_each_once(ben, shelf, mug, tea, lamp, monkeypatch):
    monkeypatch.setattr(crawling, "PRODUCTS_PER_PART", 2)
    monkeypatch.setattr(crawling, "BLOCK", 1)

    found = [one for one in parts(ben) if "products" in one]

    assert found == [f"http://testserver/sitemap-products-{number}.xml" for number in (1, 2)]
    assert len([one for one in pages(ben) if "/p/" in one]) == 6


def test_a_part_is_as_old_as_the_youngest_of_what_can_be_seen(shelf, mug, lamp):
    moment = clock.now()
    Product.objects.filter(pk=mug.product_id).update(changed_at=moment, unpublish_at=moment)

    (found,) = crawling.parts(moment)

    lamp.product.refresh_from_db()
    assert found == (lamp.product_id, lamp.product.changed_at)


@pytest.mark.parametrize(
    "name", ["products-0", "products-2", "products-x", "products", "brands", "products-1e9"]
)
def test_no_such_part(ben, mug, name):
    assert ben.get(f"/sitemap-{name}.xml").status_code == 404


def test_files_take_as_many_statements_for_three_products_as_for_one(ben, shelf, mug, warehouse):
    def statements():
        with CaptureQueriesContext(connection) as seen:
            pages(ben)
        return len(seen)

    statements()
    one = statements()
    for _number in range(2):
        make_variant()

    assert statements() == one <= 14


# --- robots.txt -----------------------------------------------------------------------------------


def is_allowed(text, path):
    """RFC 9309: the longest rule that fits counts, `Allow` of two."""
    best = (0, True)
    for line in text.splitlines():
        kind, _colon, rule = line.partition(": ")
        if kind in ("Allow", "Disallow") and rule:
            pattern = ".*".join(re.escape(part) for part in rule.split("*"))
            if re.match(pattern, path):
                best = max(best, (len(rule), kind == "Allow"))
    return best[1]


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("/de/", True),
        ("/de/p/mug/", True),
        ("/en/p/mug/?variant=MUG-1", True),
        ("/en/c/cups/", True),
        ("/en/c/cups/?page=2", True),
        ("/en/c/kitchen/cups/?color=blue", True),
        ("/en/c/cups/?color=blue&page=2", False),
        ("/en/c/cups/?color=blue&size=m", False),
        ("/en/c/cups/?sort=price", False),
        ("/en/c/cups/?price=10-20", False),
        ("/en/c/cups/?utm_source=x&utm_medium=y", True),
        ("/sitemap.xml", True),
        ("/feeds/google-de.xml", True),
        ("/media/pictures/x.webp", True),
        ("/en/cart/", False),
        ("/de/checkout/review/", False),
        ("/de/account/login/", False),
        ("/de/orders/x/", False),
        ("/de/search/?q=mug", False),
        ("/admin/", False),
    ],
)
def test_crawlers_read_what_is_worth_it(ben, settings, path, may):
    settings.INDEXABLE = True

    text = ben.get("/robots.txt").content.decode()

    assert is_allowed(text, path) == may
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_a_copy_that_is_tried_out_is_closed_to_crawlers(ben, settings, mug):
    settings.INDEXABLE = False
    assert not is_allowed(ben.get("/robots.txt").content.decode(), "/de/")
    assert "noindex" in ben.get("/de/p/mug/").headers["X-Robots-Tag"]

    settings.INDEXABLE = True
    assert "X-Robots-Tag" not in ben.get("/de/p/mug/").headers


# --- Well-known addresses -------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_shop_can_lie_on_a_home_screen(db, ben, language):
    page = ben.get(f"/{language}/").content.decode()
    address = f"/{language}/manifest.webmanifest"
    assert f'<link rel="manifest" href="{address}">' in page

    response = ben.get(address)

    facts = response.json()
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert facts["start_url"] == f"/{language}/"
    assert facts["lang"] == language
    assert {one["sizes"] for one in facts["icons"]} == {"192x192", "512x512"}
    assert {one["purpose"] for one in facts["icons"]} == {"any", "maskable"}
    for one in facts["icons"]:
        file = finders.find(one["src"].removeprefix("/static/"))
        with Image.open(file) as image:
            assert f"{image.width}x{image.height}" == one["sizes"]


def test_the_icons_are_those_that_the_code_draws():
    for name in icons.FILES:
        with open(finders.find(f"img/{name}"), "rb") as file, Image.open(file) as kept:
            drawn = Image.open(io.BytesIO(icons.drawn(name)))
            assert kept.convert("RGB").tobytes() == drawn.convert("RGB").tobytes(), name


def test_finders_of_holes_are_told_where_to_write(ben, settings, monkeypatch):
    monkeypatch.setenv("MERCHANT_EMAIL", "moin@kontor.example")
    settings.SITE_URL = "https://kontor.example"

    response = ben.get("/.well-known/security.txt")

    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    expires = datetime.datetime.fromisoformat(fields["Expires"])
    left = expires - clock.now()
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:moin@kontor.example"
    assert fields["Canonical"] == "https://kontor.example/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "de, en"
    assert datetime.timedelta(days=178) < left < datetime.timedelta(days=365)


def test_without_an_address_there_is_no_such_file(db, ben, monkeypatch):
    monkeypatch.delenv("MERCHANT_EMAIL", raising=False)

    assert ben.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("language", ["de", "en"])
def test_password_managers_find_the_page(ben, language):
    response = ben.get("/.well-known/change-password", headers={"Accept-Language": language})

    assert response.status_code == 302
    assert response.headers["Location"] == f"/{language}/account/password/change/"


@pytest.mark.parametrize(
    "path",
    [
        "/sitemap.xml",
        "/sitemap-pages.xml",
        "/robots.txt",
        "/feeds/",
        "/feeds/google-de.xml",
        "/de/new.rss",
        "/de/manifest.webmanifest",
        "/.well-known/security.txt",
        "/.well-known/change-password",
    ],
)
def test_machines_only_read(ben, path):
    assert ben.post(path).status_code == 405
