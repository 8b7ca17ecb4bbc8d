"""Small business (§ 19 UStG): no VAT, the sentence wherever a price stands, the same amounts."""

import datetime
import json
import re
from decimal import Decimal

import pytest
from django.core import mail as outgoing
from django.test import Client

from catalog import categories
from catalog.models import VatSchemeKind
from catalog.vat import schemes
from checkout import placing, presenting
from orders import emails, receipts
from orders.models import MailKind, OrderMail
from orders.money.taxing import turnover
from shop import admin_dashboard, doctor
from shop.kit import clock
from tests.making import fill_shelves
from tests.pages import Page
from tests.taxing.conftest import NOON, desk_of, filled, goods, order_of, pay, sell

pytestmark = pytest.mark.django_db
SENTENCE = "no VAT (§ 19 UStG)"


@pytest.fixture
def small(europe, sam):
    """Since a moment ago."""
    moment = clock.now()
    schemes.change(VatSchemeKind.SMALL_ON, valid_from=moment, by=sam, moment=moment)
    return sam


def text(path, client=None):
    return Page((client or Client()).get(path)).text


def test_no_vat_is_charged_at_home_and_the_total_stays(europe, sam):
    before = order_of(filled("DE", thing := goods("23.80")))
    schemes.change(VatSchemeKind.SMALL_ON, valid_from=NOON, by=sam, moment=NOON)

    order = order_of(filled("DE", thing))

    assert before.total_gross == order.total_gross == Decimal("23.80")
    assert (order.tax_country, order.tax_scheme) == ("DE", "small_business")
    assert list(order.vat_sums.values_list("rate", "net", "vat")) == [(0, Decimal("23.80"), 0)]


def test_abroad_the_limit_holds_for_small_businesses_too(europe, sam):
    schemes.change(VatSchemeKind.SMALL_ON, valid_from=NOON, by=sam, moment=NOON)

    below, above = sell("AT", "10000.00"), sell("AT", "23.80")

    assert (below.tax_scheme, below.distance_net) == ("small_business", Decimal("10000.00"))
    assert (above.tax_scheme, above.tax_country) == ("destination", "AT")
    assert above.vat_sums.get().vat == Decimal("3.97")


def test_the_sentence_stands_wherever_a_price_stands(small, mug):
    fill_shelves()
    client = Client()
    client.post("/en/cart/lines/", {"variant": mug.pk, "quantity": 1})

    shown = {
        path: text(path, client)
        for path in ("/en/", "/en/p/mug/", "/en/c/for-mug/", "/en/search/?q=mug", "/en/cart/")
    }

    for path, page in shown.items():
        assert "§ 19 UStG" in page, path
        assert "incl. VAT" not in page, path
        assert "All prices include VAT" not in page, path
    assert SENTENCE in shown["/en/p/mug/"] and SENTENCE in shown["/en/c/for-mug/"]
    assert "No VAT: small business (§ 19 UStG)" in shown["/en/cart/"]
    assert "included" not in shown["/en/cart/"]
    assert "§ 19 UStG" in text("/de/legal/shipping/") and "§ 19 UStG" in text("/de/legal/terms/")


def test_cards_from_the_cache_change_with_the_scheme(europe, sam, mug):
    fill_shelves()
    assert SENTENCE not in text("/en/c/for-mug/")
    moment = clock.now()

    schemes.change(VatSchemeKind.SMALL_ON, valid_from=moment, by=sam, moment=moment)
    on = text("/en/c/for-mug/")
    later = clock.now()
    schemes.change(VatSchemeKind.SMALL_OFF, valid_from=later, by=sam, moment=later)
    off = text("/en/c/for-mug/")

    assert SENTENCE in on and "incl. VAT" not in on
    assert SENTENCE not in off and "incl. VAT" in off


def test_a_planned_change_moves_the_content_version_when_it_begins_and_not_before(europe, sam):
    moment = clock.now()
    schemes.change(
        VatSchemeKind.SMALL_ON,
        valid_from=moment + datetime.timedelta(days=1),
        by=sam,
        moment=moment,
    )
    planned = categories.version()

    assert not schemes.is_small_in(planned)
    schemes.change(VatSchemeKind.OPT_IN, valid_from=moment, by=sam, moment=moment)
    assert categories.version() > planned


def test_machines_read_the_same_amount(small, mug):
    html = Client().get("/en/p/mug/").content.decode()

    graph = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.DOTALL)

    assert '"price": "24.00"' in json.dumps(json.loads(graph[1]))


def test_order_page_and_mails_say_it(small):
    moment = clock.now()
    order = pay(order_of(filled("DE", goods(), moment=moment), moment=moment))
    row = OrderMail.objects.get(order=order, kind=MailKind.CONFIRMATION)

    built = emails.build(row)

    rows = [one for one in receipts.totals(order) if one["kind"] == "vat"]
    assert [one["label"] for one in rows] == ["No VAT: small business (§ 19 UStG)"]
    assert "§ 19 UStG" in built.body
    terms = next(one for one in built.attachments if one.filename == "Terms.txt")
    assert "section 19 UStG" in terms.content


def test_abroad_the_page_says_whose_vat_it_is(europe, sam):
    schemes.change(VatSchemeKind.OPT_IN, valid_from=NOON, by=sam, moment=NOON)
    cart = filled("AT", goods())
    rows = presenting.totals(placing.prepare(cart, moment=NOON).quote)

    assert [row["label"] for row in rows if row["kind"] == "vat"] == ["VAT 20% (Austria) included"]
    order = order_of(cart)
    assert receipts.totals(order)[-1]["label"] == "including 20% VAT (Austria) on €19.83"


def test_staff_are_told_when_the_turnover_is_above_the_limits(small):
    desk = desk_of(small)
    assert admin_dashboard.tasks(desk.get("/admin/").wsgi_request) == []
    moment = clock.now()
    order = pay(order_of(filled("DE", goods("100000.01"), moment=moment), moment=moment))

    assert turnover.of(moment + datetime.timedelta(hours=1)).now == order.total_gross
    assert "The turnover is above the limits" in desk.text("/admin/")
    found = [one for one in doctor.examine(moment) if one.topic == "VAT schemes"]
    assert "above the limits of small businesses" in found[0].text
    assert found[0].level == doctor.WARNING
    assert not outgoing.outbox
