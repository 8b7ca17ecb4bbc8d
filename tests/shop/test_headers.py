"""What stands in the headers of every kind of page."""

import re

import pytest
from django.test import Client

from tests.concurrency.conftest import filled_cart, place
from tests.sights import paths

pytestmark = pytest.mark.django_db


_kept = {}


@pytest.fixture
def answers(request):
    """Each page of each language, as guest with a cart and as customer; fetched once."""
    if not _kept:
        _kept.update(_fetched(request.getfixturevalue("mug"), request.getfixturevalue("ada")))
    return _kept


def _fetched(mug, ada):
    order = place(filled_cart(mug))
    shopper, customer = Client(), Client()
    shopper.cookies["cart"] = filled_cart(mug).token
    customer.force_login(ada)
    return {
        (name, path): client.get(path)
        for name, client in (("shopper", shopper), ("customer", customer))
        for language in ("de", "en")
        for path in paths(language, order).values()
    }


def test_every_answer_carries_the_headers_that_protect_it(answers):
    expected = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "credentialless",
    }
    for key, response in answers.items():
        found = {name: response.get(name) for name in expected}
        assert found == expected, key
        assert response["Referrer-Policy"] in (
            "strict-origin-when-cross-origin", "same-origin", "no-referrer"
        ), key  # fmt: skip
        assert "camera=()" in response["Permissions-Policy"]
        assert re.fullmatch(r"[0-9a-f]{32}", response["X-Request-ID"])


def test_the_content_security_policy_allows_nothing_inline_and_no_other_house(answers):
    for key, response in answers.items():
        policy = dict(
            part.strip().partition(" ")[::2]
            for part in response["Content-Security-Policy"].split(";")
        )
        assert policy["default-src"] == "'none'", key
        assert policy["script-src"] == policy["style-src"] == "'self'", key
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'", key
        assert "unsafe" not in response["Content-Security-Policy"], key
        assert "http" not in policy["script-src"] + policy["img-src"] + policy["connect-src"]


def test_no_page_needs_what_the_policy_forbids(answers):
    for key, response in answers.items():
        html = response.content.decode()
        assert not re.search(
            r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/ld\+json\")", html
        ), key
        assert "<style" not in html, key
        assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", html), key
        assert not re.search(
            r'(src|srcset|href)="(https?:)?//(?!testserver)', _without_head(html)
        ), key


def _without_head(html):
    """Without canonical addresses and alternates, and without links for people to follow."""
    return re.sub(r"<(link rel=\"(canonical|alternate)\"|a )[^>]*>", "", html)


def test_no_shared_cache_keeps_a_page(answers):
    for key, response in answers.items():
        kept = response["Cache-Control"]
        assert "public" not in kept, key
        assert "private" in kept or "no-store" in kept, key
    personal = [key for key in answers if re.search(r"/(orders|checkout)/|/account/$", key[1])]
    for key in personal:
        if answers[key].status_code == 200:
            assert "no-store" in answers[key]["Cache-Control"], key


def test_the_id_of_a_proxy_is_kept_when_it_looks_like_one(ben, mug):
    def given(text):
        return ben.get("/de/", headers={"X-Request-ID": text})["X-Request-ID"]

    assert given("proxy-0123456789") == "proxy-0123456789"
    for odd in (
        "short",
        "x" * 65,
        "a b c d e f g h",
        "id\r\nSet-Cookie: a=b",
        "ä" * 10,
        "abcdefgh\n",
    ):
        assert re.fullmatch(r"[0-9a-f]{32}", given(odd)), odd


def test_cookies_are_for_the_shop_alone(ben, mug):
    ben.post("/de/cart/lines/", {"variant": mug.pk, "quantity": 1})
    ben.get("/de/appearance/?theme=dark")
    ben.get("/de/cart/")

    assert set(ben.cookies) >= {"cart", "theme"}
    for name, cookie in ben.cookies.items():
        assert cookie["samesite"] in ("Lax", "Strict"), name
        assert not cookie["domain"], name


def test_a_guest_who_looks_around_gets_no_cookie_but_that_of_the_forms(ben, mug):
    for kind, path in paths("de").items():
        if kind not in ("appearance",):
            ben.get(path)

    assert set(ben.cookies) <= {"csrf"}
