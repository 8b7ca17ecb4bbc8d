"""The hosted page as a browser without JavaScript sees it."""

import re
import threading

import pytest

from tests.payment_sandbox.fixtures import line, order

BUTTONS = ["pay", "three-d-secure", "decline", "pay-later", "pay-later-fail", "abandon"]


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


def test_the_page_shows_lines_total_banner_and_all_choices_in_german(sandbox, buyer):
    session = _open(sandbox)

    page = buyer.look(session.url)

    assert page.status == 200
    assert '<html lang="de">' in page.text
    assert "Zahlungs-Sandbox: Es fließt kein Geld." in page.text
    assert "Becher" in page.text
    assert "39,80\xa0€" in page.text
    assert '<strong id="total">44,70\xa0€</strong>' in page.text
    assert "order-1001" in page.text
    assert _ids(page) == BUTTONS
    assert "<script" not in page.text
    assert "style=" not in page.text


def test_the_page_speaks_english_and_follows_the_browser_when_told_auto(sandbox, buyer):
    english = _open(sandbox, locale="en", line_items=[line("Lamp", 123456, 1)])
    automatic = _open(sandbox, locale="auto")

    assert "€1,234.56" in buyer.look(english.url).text
    assert "Payment sandbox: no money moves." in buyer.look(english.url).text
    assert '<html lang="de">' in buyer.look(automatic.url, "de-DE,de;q=0.9").text
    assert '<html lang="en">' in buyer.look(automatic.url, "fr").text


def test_names_from_outside_are_escaped(sandbox, buyer):
    session = _open(
        sandbox,
        client_reference_id='"><script>1</script>',
        line_items=[line("<b>Becher</b> & Co", 1990, 1)],
        cancel_url='http://shop.example/?a=1&b="2"'.replace('"', "%22"),
    )

    page = buyer.look(session.url)

    assert "&lt;b&gt;Becher&lt;/b&gt; &amp; Co" in page.text
    assert "<script>" not in page.text


def test_the_policy_lets_forms_lead_back_to_the_shop_only(sandbox, buyer):
    session = _open(sandbox, success_url="http://shop.example:8000/thanks/?a=b")

    policy = buyer.look(session.url).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "form-action 'self' http://127.0.0.1:9 http://shop.example:8000" in policy
    assert "unsafe" not in policy


def test_paying_by_card_leads_to_the_shop_with_the_sessions_id(sandbox, buyer):
    session = _open(sandbox)

    answer = buyer.press(session.url, "pay")

    assert answer.status == 303
    assert answer.location == f"http://127.0.0.1:9/orders/t/?session={session.id}"
    paid = _now(sandbox, session)
    assert (paid.status, paid.payment_status) == ("complete", "paid")
    assert paid.customer_details.email == "ada@example.org"


def test_pressing_twice_pays_once(sandbox, buyer):
    session = _open(sandbox)
    gate = threading.Barrier(8)
    places = []

    def press():
        gate.wait()
        places.append(buyer.press(session.url, "pay").location)

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(places) == {f"http://127.0.0.1:9/orders/t/?session={session.id}"}
    totals = sandbox.control.report()["totals"]
    assert totals == {"captured": 4470, "refunded": 0, "pending": 0, "payments": 1}
    assert len(sandbox.control.state()["charges"]) == 1


def test_after_a_decline_the_buyer_may_try_again(sandbox, buyer):
    session = _open(sandbox)

    answer = buyer.press(session.url, "decline")

    assert (answer.status, answer.location) == (303, session.url)
    page = buyer.look(session.url)
    assert 'role="alert"' in page.text
    assert "Ihre Karte wurde abgelehnt" in page.text
    failed = _now(sandbox, session)
    assert (failed.status, failed.payment_status) == ("open", "unpaid")
    assert failed.payment_intent.status == "requires_payment_method"
    assert failed.payment_intent.last_payment_error.code == "card_declined"
    assert failed.payment_intent.latest_charge.status == "failed"
    buyer.press(session.url, "pay")
    paid = _now(sandbox, session)
    assert paid.payment_status == "paid"
    assert paid.payment_intent.id == failed.payment_intent.id
    assert paid.payment_intent.last_payment_error is None


def test_three_d_secure_asks_on_a_page_of_its_own(sandbox, buyer):
    session = _open(sandbox)

    answer = buyer.press(session.url, "three-d-secure")

    assert answer.location == session.url + "/3ds"
    assert _ids(buyer.look(answer.location)) == ["confirm", "refuse"]
    waiting = _now(sandbox, session)
    assert (waiting.status, waiting.payment_intent.status) == ("open", "requires_action")
    assert buyer.press(session.url, "confirm").location.startswith("http://127.0.0.1:9/orders/")
    paid = _now(sandbox, session)
    assert paid.payment_status == "paid"
    card = paid.payment_intent.latest_charge.payment_method_details.card
    assert card.three_d_secure.result == "authenticated"


def test_refusing_three_d_secure_charges_nothing(sandbox, buyer):
    session = _open(sandbox)
    buyer.press(session.url, "three-d-secure")

    answer = buyer.press(session.url, "refuse")

    assert answer.location == session.url
    assert "nicht bestätigt" in buyer.look(session.url).text
    failed = _now(sandbox, session)
    assert failed.status == "open"
    code = failed.payment_intent.last_payment_error.code
    assert code == "payment_intent_authentication_failure"
    assert sandbox.control.state()["charges"] == []


def test_nobody_confirms_what_was_not_asked(sandbox, buyer):
    session = _open(sandbox)

    assert buyer.press(session.url, "confirm").location == session.url
    assert buyer.look(session.url + "/3ds").location == session.url
    assert _now(sandbox, session).payment_intent is None


def test_the_shop_can_demand_three_d_secure(sandbox, buyer):
    session = _open(sandbox, payment_method_options={"card": {"request_three_d_secure": "any"}})

    assert buyer.press(session.url, "pay").location == session.url + "/3ds"
    assert _now(sandbox, session).payment_status == "unpaid"


@pytest.mark.parametrize(
    ("button", "status", "intent_status", "event"),
    [
        ("pay-later", "paid", "succeeded", "checkout.session.async_payment_succeeded"),
        (
            "pay-later-fail",
            "unpaid",
            "requires_payment_method",
            "checkout.session.async_payment_failed",
        ),
    ],
)
def test_a_delayed_payment_settles_after_its_time(
    sandbox, buyer, button, status, intent_status, event
):
    session = _open(sandbox)

    answer = buyer.press(session.url, button)

    assert answer.location.startswith("http://127.0.0.1:9/orders/")
    pending = _now(sandbox, session)
    assert (pending.status, pending.payment_status) == ("complete", "unpaid")
    assert pending.payment_intent.status == "processing"
    assert pending.payment_intent.latest_charge.status == "pending"
    sandbox.control.advance(19)
    assert _now(sandbox, session).payment_intent.status == "processing"
    sandbox.control.advance(1)
    settled = _now(sandbox, session)
    assert (settled.status, settled.payment_status) == ("complete", status)
    assert settled.payment_intent.status == intent_status
    assert settled.payment_intent.latest_charge.paid is (status == "paid")
    types = [row["type"] for row in sandbox.control.state()["events"]]
    assert types[-1] == event
