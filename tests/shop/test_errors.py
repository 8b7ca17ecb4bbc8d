"""What goes wrong looks like the shop, speaks its language and gives nothing away."""

import re

import pytest
from django.test import Client, RequestFactory

from orders import access
from shop import bare_pages
from tests.concurrency.conftest import filled_cart, place
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "p/unknown/", "p/draft/", "c/unknown/", "c/for-mug/unknown/", "legal/unknown/", "nothing/",
        "orders/unknown/", "orders/unknown:token/", "orders/WzEsMV0:forged/", "orders/%00/",
        "c/%00/", "p/%00/", "c/%ff/", "orders/%ff%fe/", "c/../../etc/passwd/",
        "search/?q=mug&page=nine/x/", "c/" + "x" * 3000 + "/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["de", "en"])
def test_what_does_not_exist_is_a_404_in_layout_and_language(mug, language, path):
    if "?" in path:
        path = path.replace("search/?q=mug&page=nine/x/", "search/x/")

    response = Client().get(f"/{language}/{path}")

    assert response.status_code == 404
    page = Page(response)
    assert page.html.count("<h1") == 1
    assert f'<html lang="{language}"' in page.html
    assert f"/{language}/c/for-mug/" in page.links
    assert f"/{language}/cart/" in page.links
    assert any(values.get("name") == "q" for _tag, values in page.elements)


@pytest.mark.parametrize(
    "path", ["/nothing", "/fr/p/mug/", "/de.php", "/.env", "/media/../settings.py"]
)
def test_outside_the_languages_the_404_speaks_the_first_one(mug, path):
    response = Client().get(path)

    assert response.status_code == 404
    assert '<html lang="de"' in response.content.decode()


def test_a_token_of_an_order_whose_links_were_ended_is_as_unknown_as_any(mug):
    order = place(filled_cart(mug))
    path = access.path_of(order)
    assert Client().get(path).status_code == 200

    order.access_version += 1
    order.save(update_fields=["access_version"])

    response = Client().get(path)
    assert response.status_code == 404
    assert order.number not in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=a%00b",
        "q=%ff%fe",
        "q=" + "x" * 5000,
        "q=" + "%20" * 500,
        "q=%27%22%3Cscript%3E",
        "q=a%20%26%20%7C%20!%20()%3A*",
        "q=%5C",
        "q=mug&page=0",
        "q=mug&page=-1",
        "q=mug&page=abc",
        "q=mug&page=1000000000000000000",
        "q=mug&page=%D9%A3",
        "q=mug&sort=;drop",
        "q[]=1",
        "q=1&q=2",
        "q=%F0%9F%8D%B5",
        "q=%EF%BF%BE",
        "q=%ED%A0%80",
        "page=2",
        "q=mug:*",
        "q='",
        "q=%2500",
    ],
)
def test_no_search_breaks_the_shop(mug, query):
    response = Client().get(f"/de/search/?{query}")

    assert response.status_code in (200, 302)
    assert "<script>" not in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=abc",
        "page=%00",
        "sort=%00",
        "sort=-price",
        "page=99999999",
        "sort=name&page=1",
    ],
)
def test_no_query_breaks_a_category(mug, query):
    assert Client().get(f"/de/c/for-mug/?{query}").status_code in (200, 302, 404)


@pytest.mark.parametrize("value", ["unknown", "%00", "%ff", "x" * 3000, "'", "MUG-1&variant=x"])
def test_an_unknown_variant_in_the_address_shows_the_product(mug, value):
    response = Client().get(f"/en/p/mug/?variant={value}")

    assert response.status_code == 200
    assert "€24.00" in Page(response).text


def test_a_product_without_a_variant_for_sale_is_shown_as_sold_out(mug):
    mug.is_active = False
    mug.save(update_fields=["is_active"])

    response = Client().get("/en/p/mug/")

    assert response.status_code == 200
    page = Page(response)
    assert "Sold out" in page.text
    assert all(one.action != "/en/cart/lines/" for one in page.forms)
    assert Client().get("/en/c/for-mug/").status_code == 200


def test_a_product_without_a_price_is_shown_without_one(mug):
    mug.prices.all().delete()

    response = Client().get("/en/p/mug/")

    assert response.status_code == 200
    assert "Sold out" in Page(response).text


@pytest.mark.parametrize(
    "name", ["session", "csrf", "cart", "theme", "messages", "django_language"]
)
@pytest.mark.parametrize(
    "value", ['"\\000\\000\\000\\000\\000\\000\\000\\000"', "x" * 3000, "ä{}", '"']
)
def test_no_cookie_breaks_a_page(mug, name, value):
    client = Client(headers={"Cookie": f"{name}={value}"})

    for path in ("/de/", "/de/account/", "/de/cart/", "/de/checkout/"):
        assert client.get(path).status_code in (200, 302), path


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "/\t/evil.example",
        "https:evil.example",
    ],
)
def test_nobody_is_led_out_of_the_shop(ada, target):
    client = Client()

    chosen = client.get("/de/appearance/", {"theme": "dark", "next": target})
    signed_in = client.post(
        "/de/account/login/",
        {"login": ada.email, "password": "correct horse battery", "next": target},
    )

    assert chosen["Location"] == "/de/"
    assert signed_in.status_code == 302
    assert "evil" not in signed_in["Location"]
    assert signed_in["Location"].startswith("/de/")


def test_the_way_in_follows_the_language_of_the_browser():
    def location(header):
        return Client().get("/", headers={"Accept-Language": header})["Location"]

    assert location("en-GB,en;q=0.8,de;q=0.3") == "/en/"
    assert location("de-AT") == "/de/"
    assert location("fr") == location("") == location("*;q=,\x00") == "/de/"


def test_a_form_from_elsewhere_is_refused_in_layout_and_language(mug):
    client = Client(enforce_csrf_checks=True)

    response = client.post("/en/cart/lines/", {"variant": mug.pk, "quantity": 1})

    assert response.status_code == 403
    assert '<html lang="en"' in response.content.decode()
    assert "/en/cart/" in Page(response).links


def test_a_page_that_breaks_tells_the_id_of_the_request_and_nothing_else(settings, caplog, mug):
    settings.ROOT_URLCONF = "tests.shop.broken_urls"
    client = Client(raise_request_exception=False)

    response = client.get("/de/broken/secret-token/", headers={"X-Request-ID": "mark-12345678"})

    assert response.status_code == 500
    text = response.content.decode()
    assert "mark-12345678" in text
    assert "Kontor" in text
    assert not re.search(r"RuntimeError|Traceback|secret-token|nobody expected", text)
    assert response["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("page", ["500.html", "503.html"])
def test_pages_of_a_broken_shop_still_say_who_runs_it(page):
    text = bare_pages.bare_page(RequestFactory().get("/"), page, status=500).content.decode()

    assert 'href="/de/legal/imprint/"' in text
    assert 'href="/en/legal/imprint/"' in text
