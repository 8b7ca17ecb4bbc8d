"""Where a withdrawal is reached from and shown: every page, mails, the order's page, the export."""

import datetime

import pytest
from django.core import mail
from django.test import Client

from accounts import privacy
from orders import access, jobs, outbox
from orders.models import MailKind, Withdrawal
from orders.withdrawals import declaring, wording
from tests.pages import Page

pytestmark = pytest.mark.django_db(transaction=True)
LATER = datetime.timedelta(hours=1)


@pytest.mark.parametrize(
    "path",
    [
        *("", "cart/", "account/login/", "account/signup/", "account/password/reset/"),
        *("legal/imprint/", "search/?q=x", "nothing-here/", "withdraw/", "wishlist/", "checkout/"),
    ],
)
@pytest.mark.parametrize(("language", "words"), [("de", "Vertrag widerrufen"), ("en", "Withdraw")])
def test_every_page_leads_to_it(path, language, words, rules):
    html = Client().get(f"/{language}/{path}", follow=True).content.decode()

    assert f'href="/{language}/withdraw/"' in html
    assert words in html


@pytest.mark.parametrize("name", ["400", "500", "503"])
def test_broken_pages_lead_to_it_in_both_languages(name, settings):
    html = (settings.BASE_DIR / "templates" / f"{name}.html").read_text()

    assert '<a href="/de/withdraw/">Vertrag widerrufen</a>' in html
    assert '<a href="/en/withdraw/" lang="en">Withdraw from contract</a>' in html


def test_mails_of_an_order_lead_there_with_the_order_known(place, moment):
    order = place()
    outbox.put(order, MailKind.CANCELLED, moment=moment)
    jobs.sweep_mails()
    path = f"/de/withdraw/{access.token_for(order)}/"

    for text in (mail.outbox[-1].body, mail.outbox[-1].alternatives[0][0]):
        assert path in text
        assert "Vertrag widerrufen" in text
    assert Page(Client().get(path)).field("reference")["value"] == order.number


def test_the_orders_page_leads_there_also_after_the_period_and_shows_the_state(place, moment):
    order = place(at=moment - datetime.timedelta(days=400))
    page_path = access.path_of(order, language="en")
    assert f"/en/withdraw/{access.token_for(order)}/" in Page(Client().get(page_path)).links

    words = wording.Declaration(
        name="Ben", reference=order.number, email=order.email, language="en", comment="All."
    )
    row = declaring.declare(words, moment=moment + LATER)
    jobs.sweep_withdrawals()
    page = Page(Client().get(page_path))

    assert "Withdrawal received, we are looking at it" in page.text
    assert f"Receipt {row.number}" in page.text


def test_a_foreign_declaration_shows_nothing_on_the_orders_page(place, moment):
    order = place()
    words = wording.Declaration(
        name="Eve", reference=order.number, email="eve@example.com", language="en"
    )
    declaring.declare(words, moment=moment + LATER)
    jobs.sweep_withdrawals()

    assert "Withdrawal received" not in Page(Client().get(access.path_of(order))).text


def test_who_is_signed_in_need_not_type(place, ada, carol, moment):
    mine, hers = place(customer_id=ada.pk), place(customer_id=carol.pk)
    browser = Client()
    browser.force_login(ada)
    page = Page(browser.get("/en/withdraw/"))

    assert page.field("email")["value"] == ada.email
    assert page.field("name")["value"] == ada.name
    assert f"Order {mine.number}" in page.text
    assert hers.number not in page.text


def test_a_declaration_is_exported_and_outlives_the_account(place, ada, carol, moment):
    words = wording.Declaration(name="Ada", reference="x", email=ada.email, language="en")
    row = declaring.declare(words, moment=moment)

    assert row.number in str(privacy.export_for(ada))
    assert row.number not in str(privacy.export_for(carol))
    privacy.erase(ada, moment=moment)
    assert Withdrawal.objects.get().statement == row.statement
