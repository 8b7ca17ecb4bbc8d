"""Back in stock: asked for twice, told in order and once, forgotten in time."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outbox_of_tests
from django.db import IntegrityError, transaction
from django.test import Client

from accounts import humans
from inventory import alert_mails, jobs, personal_data, stock
from inventory.alerts import subscribing, telling
from inventory.models import AlertMail, AlertMailKind, StockAlert, StockItem
from shop.kit import limits
from shop.kit.mail import MailState
from tests.making import NOON, make_variant
from tests.pages import Page

pytestmark = pytest.mark.django_db
ASK = "/stock-alerts/"
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


def ask(variant, email, *, moment=NOON, language="de"):
    subscribing.ask(variant, email, language=language, source="product page", moment=moment)
    return StockAlert.objects.get(variant=variant, email=email.lower(), told_at=None)


def waiting(variant, *names, moment=NOON):
    """People who have confirmed, one minute after the other."""
    for number, name in enumerate(names):
        alert = ask(variant, f"{name}@example.com", moment=moment)
        subscribing.confirm(alert, moment=moment + datetime.timedelta(minutes=number))


def told():
    rows = StockAlert.objects.exclude(told_at=None).order_by("told_at", "confirmed_at")
    return [one.email.split("@")[0] for one in rows]


def pieces(variant, number):
    StockItem.objects.filter(variant=variant).update(on_hand=number)


def mails(kind):
    return AlertMail.objects.filter(kind=kind).count()


# --- Asking ---------------------------------------------------------------------------------------


def test_a_request_keeps_the_proof_and_asks_for_the_mailbox(lamp):
    alert = ask(lamp, "Ben@Example.com", language="en")

    assert alert.email == "ben@example.com"
    assert alert.wording == "Schreiben Sie mir eine E-Mail, wenn „Lamp“ wieder da ist."
    assert (alert.source, alert.asked_at, alert.confirmed_at) == ("product page", NOON, None)
    assert [one.kind for one in alert.mails.all()] == [AlertMailKind.CONFIRMATION]


def test_asking_again_sends_one_mail_an_hour_and_keeps_one_row(lamp):
    ask(lamp, "ben@example.com")
    first = AlertMail.objects.get().message_id
    soon = NOON + HOUR / 2
    subscribing.ask(lamp, "BEN@example.com ", language="de", source="x", moment=soon)
    assert AlertMail.objects.get().message_id == first

    ask(lamp, "ben@example.com", moment=NOON + HOUR)

    assert AlertMail.objects.get().message_id != first
    assert StockAlert.objects.count() == 1


def test_whoever_waits_already_gets_no_second_mail(lamp):
    waiting(lamp, "ben")
    AlertMail.objects.all().delete()

    ask(lamp, "ben@example.com", moment=NOON + DAY)

    assert not AlertMail.objects.exists()


def test_the_first_confirmation_is_the_place_in_the_queue(lamp):
    alert = ask(lamp, "ben@example.com")

    subscribing.confirm(alert, moment=NOON + HOUR)
    subscribing.confirm(alert, moment=NOON + DAY)

    assert StockAlert.objects.get().confirmed_at == NOON + HOUR


def test_a_link_is_good_for_seven_days(lamp):
    alert = ask(lamp, "ben@example.com")

    assert subscribing.of_token(alert.token, moment=NOON + 7 * DAY) == alert
    for token, moment in ((alert.token, NOON + 7 * DAY + HOUR), ("nonsense", NOON), ("", NOON)):
        with pytest.raises(subscribing.Unknown):
            subscribing.of_token(token, moment=moment)


def test_ending_forgets_the_address_and_its_mails(lamp):
    alert = ask(lamp, "ben@example.com")
    ask(lamp, "eva@example.com")

    subscribing.end(alert.token)
    subscribing.end("nonsense")

    assert [one.email for one in StockAlert.objects.all()] == ["eva@example.com"]
    assert mails("confirmation") == 1


def test_the_database_knows_one_open_alert_per_address_and_none_told_unconfirmed(lamp):
    alert = ask(lamp, "ben@example.com")

    alert.pk, alert.token, alert.email = None, "other", "BEN@example.com"
    with pytest.raises(IntegrityError), transaction.atomic():
        alert.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        StockAlert.objects.update(told_at=NOON)


# --- Telling --------------------------------------------------------------------------------------


def test_as_many_are_told_as_there_are_pieces_in_the_order_of_confirmation(lamp):
    pieces(lamp, 0)
    waiting(lamp, "ada", "ben", "carl", "dora")
    ask(lamp, "unconfirmed@example.com")
    assert telling.tell_all(NOON + HOUR) == 0

    pieces(lamp, 2)

    assert telling.tell_all(NOON + HOUR) == 2
    assert told() == ["ada", "ben"]
    assert mails("back") == 2


def test_nobody_else_is_told_for_a_day_then_the_next_if_pieces_are_left(lamp):
    pieces(lamp, 2)
    waiting(lamp, "ada", "ben", "carl", "dora", "emil")
    telling.tell_all(NOON + HOUR)

    assert telling.tell_all(NOON + HOUR + DAY - HOUR) == 0
    pieces(lamp, 1)  # one of them has bought
    assert telling.tell_all(NOON + HOUR + DAY) == 1
    assert told() == ["ada", "ben", "carl"]
    assert telling.tell_all(NOON + HOUR + 2 * DAY - HOUR) == 0

    pieces(lamp, 0)
    assert telling.tell_all(NOON + 3 * DAY) == 0


def test_more_pieces_within_the_day_tell_more_people(lamp):
    pieces(lamp, 1)
    waiting(lamp, "ada", "ben", "carl")
    telling.tell_all(NOON + HOUR)

    pieces(lamp, 3)
    assert telling.tell_all(NOON + 2 * HOUR) == 2

    assert told() == ["ada", "ben", "carl"]


def test_pieces_that_are_promised_to_orders_are_not_told_of(lamp):
    waiting(lamp, "ada")
    with transaction.atomic():
        stock.reserve({lamp.pk: 1}, reference="K-1", moment=NOON)

    assert telling.tell_all(NOON + HOUR) == 0

    stock.release("K-1", moment=NOON)
    assert telling.tell_all(NOON + HOUR) == 1


def test_what_is_not_counted_is_there_for_all(pen):
    waiting(pen, "ada", "ben", "carl")

    assert telling.tell_all(NOON + HOUR) == 3


def test_of_what_is_not_on_sale_nobody_is_told(lamp, mug):
    waiting(lamp, "ada")
    waiting(mug, "ben")
    type(lamp.product).objects.filter(pk=lamp.product_id).update(status="archived")
    type(mug).objects.filter(pk=mug.pk).update(is_active=False)

    assert telling.tell_all(NOON + HOUR) == 0
    assert told() == []


def test_a_variant_without_a_price_waits_for_one(mug, warehouse):
    unpriced = make_variant(mug.product, gross=None, has_stock_limit=False)
    waiting(unpriced, "ada")

    assert telling.tell_all(NOON + HOUR) == 0


def test_who_was_told_is_not_told_again_and_may_ask_anew(lamp):
    waiting(lamp, "ada")
    telling.tell_all(NOON + HOUR)
    assert telling.tell_all(NOON + 9 * DAY) == 0
    assert mails("back") == 1

    waiting(lamp, "ada", moment=NOON + 9 * DAY)

    assert telling.tell_all(NOON + 10 * DAY) == 1
    assert mails("back") == 2


def test_looking_for_whom_to_tell_takes_as_many_statements_for_many_as_for_one(
    lamp, mug, tea, django_assert_num_queries
):
    for variant in (lamp, mug, tea):
        pieces(variant, 0)
        waiting(variant, "ada", "ben")

    with django_assert_num_queries(2):
        telling.tell_all(NOON + HOUR)


# --- Forgetting -----------------------------------------------------------------------------------


def test_addresses_are_forgotten_in_time(lamp):
    late = ask(lamp, "late@example.com")
    waiting(lamp, "told", "patient")
    StockAlert.objects.filter(email="told@example.com").update(told_at=NOON + HOUR)

    assert subscribing.forget(NOON + 7 * DAY) == 0
    assert subscribing.forget(NOON + 8 * DAY) == 1
    assert not StockAlert.objects.filter(pk=late.pk).exists()
    assert subscribing.forget(NOON + 32 * DAY) == 1
    assert [one.email for one in StockAlert.objects.all()] == ["patient@example.com"]
    assert subscribing.forget(NOON + 367 * DAY) == 1
    assert not AlertMail.objects.exists()


def test_a_copy_of_all_data_holds_alerts_of_proved_addresses_alone(ada, carol, lamp):
    waiting(lamp, "ada", "carol", "new")
    EmailAddress.objects.create(user=ada, email="New@example.com", verified=False)

    (copy,) = personal_data.export(ada)["stock_alerts"]
    personal_data.erase(ada)

    assert (copy["sku"], copy["email"], copy["told_at"]) == ("LAMP-1", "ada@example.com", None)
    left = StockAlert.objects.order_by("email").values_list("email", flat=True)
    assert list(left) == ["carol@example.com", "new@example.com"]


# --- Mails ----------------------------------------------------------------------------------------


def built(kind, language="de"):
    row = AlertMail.objects.select_related("alert__variant__product").get(kind=kind)
    row.language = language
    return alert_mails.build(row)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_mail_that_asks_holds_the_wording_and_both_links_in_text_and_html(lamp, language):
    alert = ask(lamp, "ben@example.com")

    message = built("confirmation", language)

    html = message.alternatives[0].content
    for part in (message.body, html):
        assert f"/{language}/stock-alerts/{alert.token}/confirmation/" in part
        assert f"/{language}/stock-alerts/{alert.token}/end/" in part
        assert alert.wording in part
        assert "149" not in part  # free of advertising (§ 7 UWG)
    assert message.to == ["ben@example.com"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_mail_that_tells_can_be_ended_by_one_click_and_says_what_it_is(lamp, language):
    waiting(lamp, "ada")
    telling.tell_all(NOON + HOUR)
    alert = StockAlert.objects.get()

    message = built("back", language)

    end = message.extra_headers["List-Unsubscribe"]
    assert end.endswith(f"/{language}/stock-alerts/{alert.token}/end/>")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    name = {"de": "Leuchte", "en": "Lamp"}[language]
    assert name in message.subject
    for part in (message.body, message.alternatives[0].content):
        assert f"/{language}/p/lamp/?variant=LAMP-1" in part
        assert "149" in part
        assert {"de": "3. März 2026, 14:00", "en": "3 March 2026"}[language] in part


def test_a_due_mail_is_sent_once(lamp):
    ask(lamp, "ben@example.com")

    assert jobs.sweep_alert_mails() == 1
    assert jobs.sweep_alert_mails() == 0

    assert len(outbox_of_tests.outbox) == 1
    assert AlertMail.objects.get().state == MailState.SENT


# --- Limits ---------------------------------------------------------------------------------------


def posted(variant, email, address="203.0.113.7", **more):
    form = {"variant": variant.pk, "email": email, **more}
    return Client(REMOTE_ADDR=address).post(f"/de{ASK}", form)


def test_a_visitor_may_ask_only_so_often_and_is_told_so_with_the_text_kept(lamp):
    answers = [posted(lamp, f"{n}@example.com") for n in range(12)]
    elsewhere = posted(lamp, "other@example.com", "203.0.113.99")

    assert [one.status_code for one in answers] == [302] * 10 + [429] * 2
    page = Page(answers[-1])
    assert "Zu viele Anfragen von Ihrem Anschluss." in page.text
    assert page.field("email")["value"] == "11@example.com"
    assert elsewhere.status_code == 302
    assert AlertMail.objects.count() == 11


def test_an_address_asked_for_often_gets_the_same_answer_and_no_more_mail(lamp):
    answers = [posted(lamp, " Ben@example.com", f"203.0.113.{n}") for n in range(8)]

    assert {one["Location"] for one in answers} == {"/de/stock-alerts/asked/"}
    assert AlertMail.objects.count() == 1  # within the hour
    assert limits.is_spent((subscribing.PER_ADDRESS, "ben@example.com"))


# --- Machines -------------------------------------------------------------------------------------


def test_a_field_for_machines_that_was_filled_is_told_and_shown_to_be_emptied(lamp):
    answer = posted(lamp, "ben@example.com", homepage="https://example.com")

    page = Page(answer)
    assert answer.status_code == 422
    assert "Bitte lassen Sie das Feld „Homepage“ leer" in page.text
    assert page.field("email")["value"] == "ben@example.com"
    assert page.field("homepage")["value"] == "https://example.com"
    assert "tabindex" not in page.field("homepage")
    assert not AlertMail.objects.exists()
    assert posted(lamp, "ben@example.com", homepage="").status_code == 302


def test_after_some_tries_a_form_that_came_back_at_once_is_asked_for_once_more(lamp, monkeypatch):
    pieces(lamp, 0)
    page = Page(Client().get(f"/de/p/{lamp.product.slug}/"))
    stamp = page.field("shown_at")["value"]
    for number in range(3):
        assert posted(lamp, f"{number}@example.com", shown_at=stamp).status_code == 302
    monkeypatch.setattr(humans, "TOO_FAST_SECONDS", 3600)  # however slow this machine is

    at_once = posted(lamp, "ben@example.com", shown_at=stamp)
    again = Page(at_once).field("shown_at")["value"]
    monkeypatch.setattr(humans, "TOO_FAST_SECONDS", -1)  # as if a second had passed
    later = posted(lamp, "ben@example.com", shown_at=again)

    assert at_once.status_code == 422
    assert "Das war schneller, als Menschen tippen." in Page(at_once).text
    assert again == stamp
    assert later.status_code == 302


@pytest.mark.parametrize("stamp", ["", "x", "a:b:c", "\x00", "1" * 150])
def test_a_stamp_that_is_none_of_ours_hinders_nobody(lamp, stamp):
    assert posted(lamp, "ben@example.com", shown_at=stamp).status_code in (302, 422)
    assert posted(lamp, "ben@example.com").status_code == 302


def test_a_customers_form_is_filled_already_and_has_no_time(lamp, ada):
    pieces(lamp, 0)
    client = Client()
    client.force_login(ada)

    page = Page(client.get(f"/de/p/{lamp.product.slug}/"))

    assert page.field("email")["value"] == ada.email
    assert "shown_at" not in page.html
