"""Requests that no browser sends: answered, never with an error of ours."""

from http import HTTPStatus

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, RequestFactory

from checkout.models import CartLine
from shop.wsgi import application
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

# Names that Python knows as codecs: no encodings at all, gaps in them, or lone surrogates.
CHARSETS = ["rot13", "zlib", "idna", "undefined", "utf-7", "unicode_escape", "latin-1", "utf8"]
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"


@pytest.fixture(autouse=True)
def _one_connection():
    """As Django's own test client does: the answer comes from the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask(path: str, body: str = "", *, kind: str) -> tuple[int, str]:
    """Status and page, asked for as the web server does it: before any of Django runs."""
    make = RequestFactory()
    request = make.generic(
        "POST" if body else "GET", path, body, headers={"Origin": "http://testserver"}
    )
    token = "a" * 32
    request.META |= {
        "HTTP_COOKIE": f"csrf={token}",
        "HTTP_X_CSRFTOKEN": token,
        "CONTENT_TYPE": kind,
    }
    said: list[str] = []
    answer = application(request.META, lambda status, headers, exc_info=None: said.append(status))
    return int(said[0][:3]), b"".join(answer).decode()


@pytest.mark.parametrize("charset", [*CHARSETS, "x" * 20_000])
def test_addresses_are_read_as_utf8_whatever_charset_is_claimed(mug, charset):
    path = "/de/search/?q=%5Cud800%2B2AA-Gr%C3%BC%C3%9Fe"

    status, page = ask(path, kind=f"text/plain; charset={charset}")

    assert status == HTTPStatus.OK
    assert "\\ud800+2AA-Grüße" in page


@pytest.mark.parametrize("name", ["charset", "charset*", "CHARSET"])
@pytest.mark.parametrize("charset", CHARSETS)
def test_forms_are_read_as_utf8_whatever_charset_is_claimed(pen, charset, name):
    claim = f"; {name}={"utf-8''" if name.endswith('*') else ''}{charset}"
    part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    fields = {"variant": pen.pk, "quantity": 2, "engraving": "\\ud800+2AA-ß"}
    parts = "".join(part.format(*one) for one in fields.items()) + "--x--\r\n"

    sent = [
        ask("/de/cart/lines/", f"variant={pen.pk}&quantity=1&engraving=ä", kind=FORM + claim),
        ask("/de/cart/lines/", parts, kind=PARTS + claim),
        ask("/de/account/login/", "login=%5Cud800&password=%2B2AA-", kind=FORM + claim),
    ]

    assert [status for status, _page in sent] == [302, 302, 200]
    lines = CartLine.objects.order_by("pk").values_list("quantity", "engraving")
    assert list(lines) == [(1, "ä"), (2, "\\ud800+2AA-ß")]


@pytest.mark.parametrize("target", ["//[", "http://[", "https://[::1", "http://[x]/"])
@pytest.mark.parametrize("path", ["/de/account/login/", "/de/account/signup/", "/admin/login/"])
def test_an_address_that_is_none_is_not_followed_after_signing_in(ada, path, target):
    client = Client()

    page = client.get(path, {"next": target}, follow=True)
    data = {"login": ada.email, "password": PASSWORD, "next": target}
    signed_in = client.post("/de/account/login/", data)

    assert page.status_code == HTTPStatus.OK
    assert signed_in["Location"] == "/de/account/"
