"""What machines ask for: every address in the sitemap opens, and its dates are true."""

import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import categories, products
from catalog.models import Category, Product, ProductStatus
from shop import machine_faces
from shop.kit import clock

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


@pytest.fixture
def shelf(mug):
    """The category of the mug, in the tree."""
    return categories.store(Category.objects.get(pk=mug.product.category_id))


def read(client, address="/sitemap.xml"):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml"
    return ElementTree.fromstring(response.content)  # noqa: S314 - written by ourselves


def pages(client, address="/sitemap.xml"):
    """Address → (date, {language: address})."""
    found = {}
    for url in read(client, address).findall("s:url", NAMES):
        alternates = {one.get("hreflang"): one.get("href") for one in url.findall("x:link", NAMES)}
        found[url.findtext("s:loc", namespaces=NAMES)] = (
            url.findtext("s:lastmod", namespaces=NAMES),
            alternates,
        )
    return found


def test_every_address_in_the_sitemap_opens_at_once(ben, shelf, mug, tea):
    found = pages(ben)

    paths = [urlsplit(address).path for address in found]
    assert "/de/p/mug/" in paths
    assert "/en/p/tea/" in paths
    assert f"/de/c/{shelf.path}/" in paths
    assert "/en/" in paths
    for path in paths:
        assert ben.get(path).status_code == 200, path


def test_addresses_are_absolute_and_name_each_other(ben, shelf, mug):
    found = pages(ben)

    for address, (_date, alternates) in found.items():
        assert address.startswith("http://testserver/")
        assert set(alternates) == {"de", "en", "x-default"}
        assert alternates["x-default"] == alternates["de"]
        assert address in alternates.values()
        for other in alternates.values():
            assert found[other][1] == alternates


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


def test_many_products_come_in_parts(ben, shelf, mug, tea, lamp, monkeypatch):
    monkeypatch.setattr(machine_faces, "PRODUCTS_PER_PART", 2)

    index = read(ben)
    parts = [one.text for one in index.findall("s:sitemap/s:loc", NAMES)]
    found = [set(pages(ben, address.removeprefix("http://testserver"))) for address in parts]

    assert parts == [f"http://testserver/sitemap.xml?part={n}" for n in (1, 2)]
    assert not found[0] & found[1]
    assert len([one for one in found[0] | found[1] if "/p/" in one]) == 6
    assert "http://testserver/de/" in found[0]


@pytest.mark.parametrize("part", ["0", "2", "-1", "x", "1e9", "²"])
def test_no_such_part(ben, mug, part):
    assert ben.get(f"/sitemap.xml?part={part}").status_code == 404


def test_the_sitemap_takes_few_statements(ben, shelf, mug, tea, lamp):
    ben.get("/sitemap.xml")
    with CaptureQueriesContext(connection) as seen:
        ben.get("/sitemap.xml")

    assert len(seen) <= 6


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
    "path", ["/sitemap.xml", "/.well-known/security.txt", "/.well-known/change-password"]
)
def test_machines_only_read(ben, path):
    assert ben.post(path).status_code == 405
