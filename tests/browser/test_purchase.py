"""Somebody buys as a guest: in both languages, with and without JavaScript."""

import re

import pytest

from orders.models import Order

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {
    "de": {
        "add": "In den Warenkorb",
        "review": "Zur Prüfung",
        "order": "Zahlungspflichtig bestellen",
        "total": "38,80\xa0€",
    },
    "en": {
        "add": "Add to cart",
        "review": "Review order",
        "order": "Order with obligation to pay",
        "total": "€38.80",
    },
}
BUYER = "ben@post.example"


def _fill_in(page):
    for name, value in (
        ("email", BUYER),
        ("name", "Ben Brandt"),
        ("street", "Hafenstraße 1"),
        ("postcode", "23552"),
        ("city", "Lübeck"),
    ):
        page.fill(f"[name={name}]", value)


def _to_the_payment_page(page, shop, language, *, has_script):
    page.goto(f"{shop.url}/{language}/p/tea/")
    if has_script:
        page.locator("shop-fragment:defined").first.wait_for(state="attached")
    page.locator("#buy").get_by_role("button", name=WORDS[language]["add"]).click()
    if has_script:
        page.locator("[data-toast], .toasts__bubble").first.wait_for()
    page.goto(f"{shop.url}/{language}/p/mug/")
    page.fill("[name=quantity]", "1")
    page.locator("#buy").get_by_role("button", name=WORDS[language]["add"]).click()
    page.wait_for_timeout(300)
    page.goto(f"{shop.url}/{language}/cart/")
    page.locator("a[href$='/checkout/']").first.click()
    _fill_in(page)
    page.locator("form button.button[type=submit]", has_text=re.compile(r"Prüfung|Review")).click()
    page.wait_for_url("**/checkout/review/")


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_guest_buys_and_gets_the_confirmation(shop, new_page, tea, mug, language, has_script):
    page = new_page(
        java_script_enabled=has_script,
        locale={"de": "de-DE", "en": "en-GB"}[language],
        viewport=(390, 844),
    )

    _to_the_payment_page(page, shop, language, has_script=has_script)
    button = page.get_by_role("button", name=WORDS[language]["order"], exact=True)
    assert WORDS[language]["total"] in page.locator("main").inner_text()
    assert Order.objects.count() == 0
    button.click()
    page.locator("#pay").click()
    page.wait_for_url("**/orders/**")
    mail = shop.mails_to(BUYER)[0]

    order = Order.objects.get()
    assert order.status == "confirmed"
    assert order.payment_status == "paid"
    assert order.language == language
    assert str(order.total_gross) == "38.80"
    page.reload()
    assert order.number in page.content()
    assert order.number in mail["Subject"] + mail.get_body(("plain",)).get_content()
    assert mail.get_body(("html",)) is not None
    assert len(shop.mails_to(BUYER)) == 1
