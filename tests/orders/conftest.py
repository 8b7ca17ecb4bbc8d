"""A small town for the orders: goods in stock, drafts, the sandbox as provider."""

import datetime
import itertools
import random
import uuid
from decimal import Decimal

import pytest
import stripe
from django.db import transaction
from django.test import Client

from accounts.models import Customer
from catalog.models import Category, Product, Variant
from demo.payment_sandbox import config, server
from inventory import stock
from inventory.models import LocationKind, StockItem, StockLocation
from orders import lifecycle, payments
from orders.drafts import AddressDraft, LineDraft, OrderDraft, VatDraft
from orders.models import Order
from shop.kit import clock, ids
from shop.kit.money import rounded

SECRET = "whsec_tests"
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def _settings(settings, tmp_path):
    settings.STRIPE_SECRET_KEY = "sk_test_orders"
    settings.STRIPE_WEBHOOK_SECRETS = [SECRET]
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    settings.STATIC_ROOT = str(tmp_path)


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    """Wake-ups stay in the process; the jobs are called by hand."""
    from shop.celery import WakeTask

    monkeypatch.setattr(WakeTask, "_wake", lambda self, args, kwargs: None)


@pytest.fixture
def sandbox(settings):
    """A payment provider of our own, in this process; events are delivered by hand."""
    box = server.Sandbox(config.Config(secret_key=settings.STRIPE_SECRET_KEY))
    box.start()
    settings.STRIPE_API_BASE = box.url
    yield Provider(box)
    box.stop()


class Provider:
    """What a buyer and Stripe would do, in the words of the tests."""

    def __init__(self, box):
        self.box = box
        self.world = box.world

    def _session(self, payment):
        return self.world.store.get("session", payment.provider_session)

    def act(self, payment, how):
        with self.world.act():
            how(self.world, self._session(payment))

    def pay(self, payment):
        from demo.payment_sandbox import paying

        self.act(payment, paying.pay_by_card)

    def pay_later(self, payment):
        from demo.payment_sandbox import paying

        self.act(
            payment, lambda world, session: paying.pay_later(world, session, will_succeed=True)
        )

    def settle(self, payment, *, ok):
        from demo.payment_sandbox import paying

        payment.refresh_from_db()
        intent = self._session(payment)["payment_intent"]
        with self.world.act():
            assert paying.settle(self.world, intent, ok=ok)

    def change(self, payment, **values):
        """Tamper with a session, as no provider ever should."""
        with self.world.act():
            row = self._session(payment) | values
            self.world.store.put("session", row["id"], row)

    def advance(self, seconds):
        self.world.advance(seconds)

    def events(self, kind=""):
        rows = [row for row in self.world.store.rows("event") if row["type"].startswith(kind)]
        return [row["id"] for row in rows]

    def calls(self, method, path):
        return [
            row
            for row in self.world.requests
            if row["method"] == method and row["path"].startswith(path)
        ]

    def sessions(self):
        return list(self.world.store.rows("session"))

    def refunds(self):
        return list(self.world.store.rows("refund"))

    def fault(self, kind, match, count=1, **more):
        self.world.faults.add({"kind": kind, "match": match, "count": count, **more})

    def body(self, event_id):
        return self.box.sender.payload(event_id)

    def deliver(self, event_id, *, client=None, secret=SECRET, timestamp=None):
        body = self.body(event_id)
        return post_event(body, client=client, secret=secret, timestamp=timestamp)


def post_event(body, *, client=None, secret=SECRET, timestamp=None, signature=None):
    header = signature or stripe.WebhookSignature.generate_signature_header(
        body.decode(), secret, timestamp
    )
    return (client or Client()).post(
        "/webhooks/stripe/",
        body,
        content_type="application/json",
        headers={"Stripe-Signature": header},
    )


@pytest.fixture
def moment():
    return clock.now()


@pytest.fixture
def warehouse(db):
    return StockLocation.objects.create(
        code=f"hamburg-{next(_numbers)}", name="Hamburg", kind=LocationKind.WAREHOUSE
    )


@pytest.fixture
def make_variant(db, warehouse, moment):
    def make(*, pieces=10, has_stock_limit=True, **fields):
        number = next(_numbers)
        category, _new = Category.objects.get_or_create(
            slug="ceramics", path="ceramics", defaults={"name_de": "Keramik", "name_en": "Ceramics"}
        )
        product = Product.objects.create(
            slug=f"mug-{number}",
            category=category,
            name_de="Becher Elbe",
            name_en="Elbe mug",
            summary_de="Steinzeug, 300 ml",
            summary_en="Stoneware, 300 ml",
        )
        variant = Variant.objects.create(
            product=product, sku=f"MUG-{number}", has_stock_limit=has_stock_limit, **fields
        )
        if has_stock_limit:
            with transaction.atomic():
                stock.receive(
                    warehouse, {variant.pk: pieces}, reference=f"DN-{number}", moment=moment
                )
        return variant

    return make


@pytest.fixture
def mug(make_variant):
    return make_variant()


def line_for(variant, *, quantity=2, unit=Decimal("24.00"), rate=Decimal("19.00"), **fields):
    gross = unit * quantity
    net = rounded(gross * 100 / (100 + rate))
    values = {
        "variant_id": variant.pk,
        "sku": variant.sku,
        "name": "Becher Elbe",
        "label": "blau",
        "summary": "Steinzeug, 300 ml, spülmaschinenfest",
        "quantity": quantity,
        "unit_gross": unit,
        "gross": gross,
        "vat_rate": rate,
        "net": net,
        "vat": gross - net,
        "picture_url": "/media/pictures/mug-160.webp",
    }
    return LineDraft(**values | fields)


def draft_for(*lines, delivery_gross=Decimal("4.90"), **fields):
    goods = sum((line.gross for line in lines), Decimal(0))
    total = goods + delivery_gross
    net = rounded(total * 100 / Decimal(119))
    values = {
        "number": ids.order_number(),
        "placement_token": uuid.uuid4(),
        "email": "ben@example.org",
        "language": "de",
        "currency": "EUR",
        "delivery": AddressDraft(
            name="Ben Petersen",
            street="Deichstraße 7",
            postcode="20459",
            city="Hamburg",
            country="DE",
            phone="+49 40 123456",
        ),
        "lines": lines,
        "vat_sums": (VatDraft(rate=Decimal("19.00"), net=net, vat=total - net, gross=total),),
        "delivery_method": "parcel",
        "delivery_name": "Paket nach Hause",
        "delivery_gross": delivery_gross,
        "delivery_from": datetime.date(2026, 11, 26),
        "delivery_to": datetime.date(2026, 11, 28),
        "goods_gross": goods,
        "total_gross": total,
        "payment_method": "stripe",
        "terms_version": "2026-11",
    }
    return OrderDraft(**values | fields)


@pytest.fixture
def place(mug, moment):
    """Place an order as the checkout does: one transaction, stock last."""

    def place(*, variant=None, at=None, quantity=2, lines=None, **fields) -> Order:
        lines = lines or (line_for(variant or mug, quantity=quantity),)
        draft = draft_for(*lines, **fields)
        wanted = {}
        for line in lines:
            if Variant.objects.get(pk=line.variant_id).has_stock_limit:
                wanted[line.variant_id] = wanted.get(line.variant_id, 0) + line.quantity
        with transaction.atomic():
            order = lifecycle.create(draft, moment=at or moment)
            stock.reserve(wanted, reference=order.number, moment=at or moment)
        return order

    return place


@pytest.fixture
def place_and_start(place, sandbox, moment):
    """An order whose payment page is open."""

    def start(**fields):
        order = place(**fields)
        payments.start(order, moment=moment)
        return order, order.payments.get()

    return start


@pytest.fixture
def paid_order(place_and_start, sandbox, moment):
    """An order that was paid and settled."""

    def make(**fields):
        order, payment = place_and_start(**fields)
        sandbox.pay(payment)
        payments.settle(payment.pk, moment=moment)
        order.refresh_from_db()
        return order

    return make


@pytest.fixture
def sam(db):
    return Customer.objects.create_superuser("sam@kontor.example", "correct horse battery")


@pytest.fixture
def dice():
    return random.Random(20261124)


def stock_of(variant):
    item = StockItem.objects.get(variant=variant)
    return item.on_hand, item.reserved


def kinds_of(order):
    return sorted(order.mails.values_list("kind", flat=True))
