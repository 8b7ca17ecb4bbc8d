"""What waits too long is told, what was given up is listed and tried again: one pattern for all."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from inventory.models import AlertMail, AlertMailKind, StockAlert
from orders.models import MailKind, Order, OrderMail, WebhookEvent
from shop import admin_dashboard, health, queues
from shop.kit import clock
from shop.kit.mail import MailState
from tests import backoffice, making

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


def event(age, **fields):
    moment = clock.now() - age
    values = {"received_at": moment, "next_try_at": moment, "payload": {}, "type": "x"}
    return WebhookEvent.objects.create(
        gateway="stripe", event_id=f"evt_{WebhookEvent.objects.count()}", **values | fields
    )


def order_mail(age, **fields):
    moment = clock.now() - age
    order: Order = making.make_order(None, names=["Mug"], placed_at=moment)
    values = {"created_at": moment, "next_try_at": moment, "language": "de"}
    return OrderMail.objects.create(
        order=order, kind=MailKind.CONFIRMATION, address=order.email, **values | fields
    )


def alert_mail(age, **fields):
    moment = clock.now() - age
    alert = StockAlert.objects.create(
        variant=making.make_variant(), email="ben@example.org", language="de", asked_at=moment
    )
    values = {"created_at": moment, "next_try_at": moment, "language": "de"}
    return AlertMail.objects.create(
        alert=alert, kind=AlertMailKind.BACK, address=alert.email, **values | fields
    )


def deep():
    health.note_heartbeat(clock.now())
    answer = Client().get("/readyz?deep=1")
    return answer.status_code, answer.json()


# --- Ages -----------------------------------------------------------------------------------------


def test_all_is_in_time(db):
    for make in (event, order_mail, alert_mail):
        make(5 * MINUTE)

    status, told = deep()

    assert status == 200
    assert set(told.values()) == {"ok"}
    assert {"inbox", "order_mails", "alert_mails", "background"} <= set(told)


@pytest.mark.parametrize(
    ("make", "name"),
    [(event, "inbox"), (order_mail, "order_mails"), (alert_mail, "alert_mails")],
)
def test_what_waits_for_more_than_a_quarter_of_an_hour_is_late(make, name):
    make(16 * MINUTE)

    status, told = deep()
    plain = Client().get("/readyz")

    assert status == 503
    assert [key for key, state in told.items() if state != "ok"] == [name]
    assert plain.status_code == 200  # the shop sells on
    assert name not in plain.json()


@pytest.mark.parametrize("make", [order_mail, alert_mail])
def test_a_mail_that_is_tried_for_an_hour_is_late_one_that_waits_on_purpose_is_not(make):
    failing = make(70 * MINUTE, tries=7, next_try_at=clock.now() + 30 * MINUTE)
    rows = type(failing).objects

    assert list(rows.late(clock.now())) == [failing]
    rows.update(tries=0)
    assert not rows.late(clock.now()).exists()


@pytest.mark.parametrize("state", [MailState.SENT, MailState.DEAD])
def test_what_was_sent_or_given_up_is_not_late(state):
    order_mail(90 * MINUTE, state=state, tries=12)
    event(90 * MINUTE, is_dead=True)
    event(90 * MINUTE, processed_at=clock.now())

    assert deep()[0] == 200


def test_a_worker_that_is_away_is_told_by_the_deep_look_alone(sam):
    health.note_heartbeat(clock.now() - 5 * MINUTE)

    answer = Client().get("/readyz?deep=1")

    assert answer.status_code == 503
    assert answer.json()["background"] == "late"
    assert Client().get("/readyz").status_code == 200
    text = backoffice.Desk(sam).text("/admin/")
    assert "Die Hintergrundarbeit steht seit" in text or "has stood still since" in text


def test_asking_is_read_only_and_tells_no_figures():
    order_mail(16 * MINUTE)

    _status, told = deep()

    assert set(told.values()) <= {"ok", "late", "away"}
    assert {"inbox", "order_mails", "alert_mails", "documents"} <= set(queues.QUEUES)


# --- Dead letters ---------------------------------------------------------------------------------


def retry(desk, row):
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_changelist"
    return desk.post(reverse(name), action="try_again", _selected_action=[row.pk])


def dead_ones():
    dead = {"state": MailState.DEAD, "tries": 12}
    return [
        event(MINUTE, is_dead=True, tries=8),
        order_mail(MINUTE, **dead),
        alert_mail(MINUTE, **dead),
    ]


def test_given_up_rows_of_every_queue_are_listed_and_tried_again(sam):
    desk = backoffice.Desk(sam)
    rows = dead_ones()
    tasks = [one.url for one in admin_dashboard.tasks(desk.get("/admin/").wsgi_request)]
    lists = [desk.text(url) for url in tasks]

    for row in rows:
        assert retry(desk, row).status_code == 302

    assert len(tasks) == 3
    assert all("tbody" in text for text in lists)
    for row in rows:
        row.refresh_from_db()
        assert row.tries == 0
    assert not rows[0].is_dead
    assert [row.state for row in rows[1:]] == [MailState.QUEUED] * 2


def test_only_the_dead_are_revived(sam):
    sent = order_mail(MINUTE, state=MailState.SENT, tries=1)

    retry(backoffice.Desk(sam), sent)

    sent.refresh_from_db()
    assert (sent.state, sent.tries) == (MailState.SENT, 1)


def test_the_list_of_stock_mails_shows_whose_mailbox_it_is_not(sam):
    alert_mail(MINUTE, state=MailState.DEAD)

    text = backoffice.Desk(sam).text("/admin/inventory/alertmail/")

    assert "…@example.org" in text
    assert "ben@example.org" not in text


@pytest.mark.parametrize(
    "model", ["orders_webhookevent", "orders_ordermail", "inventory_alertmail"]
)
def test_the_late_ones_can_be_looked_at(sam, model):
    for make in (event, order_mail, alert_mail):
        make(20 * MINUTE)
        make(MINUTE)
    desk = backoffice.Desk(sam)

    page = desk.get(reverse(f"admin:{model}_changelist") + "?age=late")

    assert page.context["cl"].result_count == 1


def test_who_may_only_look_cannot_try_again(db):
    person = making.make_customer("look@kontor.example", is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_alertmail"))
    mail = alert_mail(MINUTE, state=MailState.DEAD)

    retry(backoffice.Desk(person), mail)

    mail.refresh_from_db()
    assert mail.state == MailState.DEAD
