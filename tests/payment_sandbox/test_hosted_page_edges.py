"""The hosted page where there is little or nothing to choose."""

import re

import pytest

from tests.payment_sandbox.fixtures import line, order


@pytest.fixture
def sandbox(payment_sandbox):
    return payment_sandbox()


def _open(sandbox, **changes):
    return sandbox.client.v1.checkout.sessions.create(params=order(**changes))


def _now(sandbox, session):
    return sandbox.client.v1.checkout.sessions.retrieve(
        session.id, params={"expand": ["payment_intent.latest_charge"]}
    )


def _ids(page):
    return re.findall(r'<button [^>]*id="([^"]+)"', page.text)


def test_giving_up_leads_back_to_the_cart_and_leaves_the_session_open(sandbox, buyer):
    session = _open(sandbox)

    answer = buyer.press(session.url, "abandon")

    assert (answer.status, answer.location) == (303, "http://127.0.0.1:9/cart/")
    assert _now(sandbox, session).status == "open"


def test_a_session_over_shows_no_buttons(sandbox, buyer):
    paid, expired = _open(sandbox), _open(sandbox)
    buyer.press(paid.url, "pay")
    sandbox.client.v1.checkout.sessions.expire(expired.id)

    done, gone = buyer.look(paid.url), buyer.look(expired.url)

    assert (done.status, _ids(done)) == (200, [])
    assert "abgeschlossen" in done.text
    assert (gone.status, _ids(gone)) == (410, [])
    assert "abgelaufen" in gone.text
    assert buyer.press(expired.url, "pay").location == expired.url
    assert sandbox.control.report()["totals"]["payments"] == 1


def test_only_methods_that_the_session_allows_are_offered(sandbox, buyer):
    card = _open(sandbox, allowed_payment_method_types=["card"])
    dollars = _open(sandbox, line_items=[line("Mug", 1990, 1, currency="usd")])

    assert _ids(buyer.look(card.url)) == ["pay", "three-d-secure", "decline", "abandon"]
    assert _ids(buyer.look(dollars.url)) == ["pay", "three-d-secure", "decline", "abandon"]
    assert buyer.press(card.url, "pay-later").location == card.url
    assert _now(sandbox, card).payment_intent is None


def test_nothing_to_pay_needs_no_payment(sandbox, buyer):
    session = _open(sandbox, line_items=[line("Muster", 0, 1)])

    assert _ids(buyer.look(session.url)) == ["pay", "abandon"]
    buyer.press(session.url, "pay")
    done = _now(sandbox, session)
    assert (done.status, done.payment_status) == ("complete", "no_payment_required")
    assert done.payment_intent is None


@pytest.mark.parametrize("path", ["/c/pay/cs_test_nobody", "/c/pay/", "/", "/c/pay/a/b/c"])
def test_an_unknown_page_is_a_404_page(sandbox, buyer, path):
    page = buyer.look(sandbox.url + path)

    assert page.status == 404
    assert "<h1>" in page.text


def test_health_and_style_are_served(sandbox, buyer):
    assert buyer.look(sandbox.url + "/healthz").status == 200
    style = buyer.look(sandbox.url + "/c/style.css")
    assert style.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "url(" not in style.text
    assert buyer.look(sandbox.url + "/favicon.ico").status == 204
