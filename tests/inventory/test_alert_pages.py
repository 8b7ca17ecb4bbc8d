"""Being told, through the pages: shoppers, mailbox providers, and those who try addresses out."""

import re

import pytest
from django.test import Client

from inventory import jobs
from inventory.alerts import subscribing
from inventory.models import StockAlert, StockItem
from shop.kit import clock
from tests import backoffice
from tests.pages import Page

pytestmark = pytest.mark.django_db
ASK, ASKED = "/de/stock-alerts/", "/de/stock-alerts/asked/"


@pytest.fixture
def gone(lamp):
    """The lamp, sold out."""
    StockItem.objects.filter(variant=lamp).update(on_hand=0)
    return lamp


def alert_of(variant, email="ben@example.com"):
    moment = clock.now()
    subscribing.ask(variant, email, language="de", source="x", moment=moment)
    return StockAlert.objects.get(email=email)


def test_whoever_finds_it_sold_out_asks_confirms_and_is_on_the_list(gone, ben, mailoutbox):
    form = Page(ben.get("/de/p/lamp/")).form(ASK)
    answer = ben.post(ASK, form.values | {"email": "Ben@example.com"}, follow=True)
    assert answer.redirect_chain == [(ASKED, 302)]
    jobs.sweep_alert_mails()

    link = re.search(r"http\S+/confirmation/", mailoutbox[0].body)[0]
    address = link.removeprefix("http://testserver").partition("/de/")[2]
    page = Page(ben.get(f"/de/{address}"))
    assert StockAlert.objects.get().confirmed_at is None
    assert "wenn „Leuchte“ wieder da ist" in page.text
    ben.post(f"/de/{address}", page.form("").values)

    assert StockAlert.objects.get().confirmed_at is not None
    assert "Sie stehen auf der Liste" in Page(ben.get(f"/de/{address}")).text


def test_what_can_be_bought_asks_for_no_address(mug, ben):
    assert ASK not in ben.get("/de/p/mug/").content.decode()


def test_customers_find_their_address_filled_in(gone, ada, ben):
    ben.force_login(ada)

    assert Page(ben.get("/de/p/lamp/")).field("email")["value"] == "ada@example.com"
    assert Page(Client().get("/de/p/lamp/")).field("email")["value"] == ""


def test_the_answer_is_the_same_for_every_address(gone, ada):
    subscribing.confirm(alert_of(gone), moment=clock.now())

    def answer(email, ip):
        client = Client(REMOTE_ADDR=ip)
        return client.post(ASK, {"variant": gone.pk, "email": email}, follow=True)

    known, new, customer = (
        answer(email, f"203.0.113.{n}")
        for n, email in enumerate(("ben@example.com", "new@example.com", "ada@example.com"))
    )
    limited = [answer(f"{n}@example.com", "203.0.113.9") for n in range(12)][-1]

    bodies = {Page(one).text for one in (known, new, customer)}
    assert len(bodies) == 1
    assert {one.status_code for one in (known, new, customer)} == {200}
    assert "Zu viele Anfragen von Ihrem Anschluss" in Page(limited).text
    assert not StockAlert.objects.filter(email="11@example.com").exists()


@pytest.mark.parametrize("email", ["", "ben", "ben@", "a" * 250 + "@example.com", "b\0n@x.de"])
def test_what_is_no_address_is_said_at_the_field_and_can_be_mended(gone, ben, email):
    answer = ben.post(ASK, {"variant": gone.pk, "email": email})

    assert answer.status_code == 422
    page = Page(answer)
    assert {field for field, _text in page.problems} == {"id_email"}
    assert page.form(ASK).values["variant"] == str(gone.pk)
    assert not StockAlert.objects.exists()


@pytest.mark.parametrize("variant", ["", "0", "x", "9" * 30, "1\0", "²"])
def test_nobody_waits_for_what_does_not_exist(gone, ben, variant):
    assert ben.post(ASK, {"variant": variant, "email": "ben@example.com"}).status_code == 422
    assert not StockAlert.objects.exists()


def test_opening_a_link_does_nothing_by_itself(gone, ben):
    alert = alert_of(gone)

    for act in ("confirmation", "end"):
        answer = ben.get(f"{ASK}{alert.token}/{act}/")
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]

    assert StockAlert.objects.get().confirmed_at is None


def test_a_mailbox_provider_ends_it_by_one_click_without_cookie_or_token(gone):
    alert = alert_of(gone)
    provider = Client(enforce_csrf_checks=True)

    answer = provider.post(
        f"{ASK}{alert.token}/end/",
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 200
    assert not StockAlert.objects.exists()


def test_ending_says_the_same_of_every_token(gone, ben):
    alert = alert_of(gone)

    for act in (ben.get, ben.post):
        texts = {Page(act(f"{ASK}{token}/end/")).text for token in ("nonsense", alert.token)}
        assert len(texts) == 1


def test_a_link_that_is_over_says_so(db, ben):
    answer = ben.get(f"{ASK}nonsense/confirmation/")

    assert answer.status_code == 404
    assert "gilt nicht mehr" in Page(answer).text
    assert ben.post(f"{ASK}nonsense/confirmation/").status_code == 404


def test_staff_see_how_many_wait_and_no_address(sam, gone, mug):
    subscribing.confirm(alert_of(gone), moment=clock.now())
    alert_of(gone, "unconfirmed@example.com")
    desk = backoffice.Desk(sam)

    text = desk.text("/admin/inventory/wantedvariant/")

    assert "LAMP-1" in text
    assert "MUG-1" not in text
    assert "@example.com" not in text.replace("sam@kontor.example", "")
    assert re.search(r"field-waiting_count[^>]*>\s*1\s*<", text)
