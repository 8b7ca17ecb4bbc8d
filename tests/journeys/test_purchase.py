"""From the front door to the order page, by links and forms alone, as a browser without scripts."""

import html
import re

import pytest
from django.core import mail
from django.test import Client

from demo.payment_sandbox import paying
from orders import jobs
from orders.models import Order, WebhookEvent
from tests.checkout.conftest import CONTACT
from tests.orders.conftest import post_event
from tests.pages import Page

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "de": ("Becher", "24,00 €", "62,80 €"),  # with a packet of tea and the delivery
    "en": ("Mug", "€24.00", "€62.80"),
}


@pytest.fixture(autouse=True)
def _mails_here(settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


class Visitor:
    """Follows links and sends forms that stand on the page, and nothing else."""

    def __init__(self, language):
        self.client = Client(headers={"Accept-Language": language}, enforce_csrf_checks=True)
        self.answer = None

    def open(self, path):
        self.answer = self.client.get(path, follow=True)
        assert self.answer.status_code == 200, path
        self.page = Page(self.answer)
        return self

    def follow(self, pattern):
        link = next(one for one in self.page.links if re.search(pattern, one))
        return self.open(html.unescape(link))

    def send(self, pattern, **typed):
        form = next(
            one
            for one in self.page.forms
            if re.search(pattern, one.action) and one.method.lower() == "post"
        )
        path = form.action or self.answer.request["PATH_INFO"]
        data = form.values | {name: text for name, text in typed.items() if text is not None}
        self.answer = self.client.post(path, data)
        if self.answer.status_code in (302, 303):
            self.left_for = self.answer["Location"]
            if self.left_for.startswith("/"):
                return self.open(self.left_for)
            return self
        self.page = Page(self.answer)
        return self

    @property
    def path(self):
        return self.answer.request["PATH_INFO"]


def _pay(sandbox, settings):
    (session,) = sandbox.world.store.rows("session")
    with sandbox.world.act():
        paying.pay_by_card(sandbox.world, session)
    for row in list(sandbox.world.store.rows("event")):
        body = sandbox.sender.payload(row["id"])
        answer = post_event(body, secret=settings.STRIPE_WEBHOOK_SECRETS[0])
        assert answer.status_code == 200
    for event in WebhookEvent.objects.all():
        jobs.process_webhook_event(event_pk=event.pk)


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_guest_buys_pays_and_gets_a_mail(language, mug, tea, sandbox, settings):
    name, price, total = WORDS[language]
    guest = Visitor(language)

    guest.open("/")
    assert guest.path == f"/{language}/"
    guest.follow(r"/c/for-mug/").follow(r"/p/mug/")
    assert name in guest.page.text
    assert price in guest.page.text
    guest.send(r"/cart/lines/$", quantity="2")
    assert guest.path == f"/{language}/cart/"
    guest.open(f"/{language}/").follow(r"/c/for-tea/").follow(r"/p/tea/")
    guest.send(r"/cart/lines/$")
    guest.send(r"/cart/lines/\d+/$", quantity="3").send(r"/cart/lines/\d+/$", quantity="2")
    guest.follow(r"/checkout/$")
    guest.send(r"^$", **CONTACT | {"email": "not an address"})
    assert guest.answer.status_code == 422
    guest.send(r"^$", email=CONTACT["email"])
    assert guest.path == f"/{language}/checkout/review/"
    assert total in guest.page.text
    guest.send(r"/checkout/place/$")
    assert guest.left_for.startswith(sandbox.url)

    _pay(sandbox, settings)
    (session,) = sandbox.world.store.rows("session")
    guest.open(session["success_url"].removeprefix(settings.SITE_URL))

    order = Order.objects.get()
    assert order.number in guest.page.text
    assert (order.status, order.payment_status, order.language) == ("confirmed", "paid", language)
    jobs.sweep_mails()
    assert [(one.to, order.number in one.body) for one in mail.outbox] == [
        ([CONTACT["email"]], True)
    ]
    guest.open(f"/{language}/cart/")
    assert not re.search(r"/cart/lines/\d+/", guest.page.html)


def test_who_is_too_late_for_the_last_piece_keeps_the_cart_and_buys_something_else(
    lamp, mug, sandbox
):
    early, late = Visitor("en"), Visitor("en")
    for visitor in (early, late):
        visitor.open("/en/p/lamp/").send(r"/cart/lines/$").follow(r"/checkout/$")
        visitor.send(r"^$", **CONTACT)

    early.send(r"/checkout/place/$")
    late.send(r"/checkout/place/$")

    assert early.left_for.startswith(sandbox.url)
    assert late.answer.status_code == 409
    assert "Lamp: This is sold out. Please remove it." in late.page.text
    late.open("/en/cart/").send(r"/removal/$")
    late.open("/en/p/mug/").send(r"/cart/lines/$").follow(r"/checkout/$")
    late.send(r"^$").send(r"/checkout/place/$")
    assert late.left_for.startswith(sandbox.url)
    totals = Order.objects.order_by("placed_at").values_list("lines__sku", "total_gross")
    assert [sku for sku, _total in totals] == ["LAMP-1", "MUG-1"]


def test_an_engraved_pen_and_a_download_are_bought_together(pen, pattern, sandbox):
    guest = Visitor("en")
    guest.open("/en/p/pen/").send(r"/cart/lines/$", engraving="Für Ida ♥")
    guest.open("/en/p/pattern/").send(r"/cart/lines/$").follow(r"/checkout/$")

    guest.send(r"^$", **CONTACT, digital_consent="on")
    assert "Für Ida ♥" in guest.page.text
    guest.send(r"/checkout/place/$")

    lines = Order.objects.get().lines.order_by("position")
    assert list(lines.values_list("sku", "engraving", "is_digital", "withdrawal_exception")) == [
        ("PEN-1", "Für Ida ♥", False, "custom_made"),
        ("PATTERN-1", "", True, "digital"),
    ]
