"""Withdrawing from a contract on a phone: without JavaScript, at 320 px, by the keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from orders.models import Withdrawal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WORDS = {
    "de": ("Vertrag widerrufen", "Widerruf bestätigen", "Ihr Widerruf ist eingegangen"),
    "en": ("Withdraw from contract", "Confirm withdrawal", "We have received your withdrawal"),
}


def _tab_to(page, selector, most=120):
    for _press in range(most):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and focused.evaluate("(one, s) => one.matches(s)", selector):
            box = focused.bounding_box()
            assert box["y"] >= 0, f"{selector} has the focus out of sight"
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def _is_wider_than_the_window(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_keyboard_alone_withdraws_without_javascript_at_320_px(shop, new_page, mug, language):
    link, button, done = WORDS[language]
    page = new_page(viewport=(320, 640), java_script_enabled=False)
    page.goto(f"{shop.url}/{language}/p/mug/")
    _tab_to(page, f"footer a[href='/{language}/withdraw/']")
    assert page.locator(":focus").inner_text().strip() == link
    page.keyboard.press("Enter")
    page.wait_for_url("**/withdraw/")

    for name, value in (
        ("name", "Ben Brandt"),
        ("reference", "K-ACD-EFG-HJK"),
        ("email", "ben@post.example"),
    ):
        _tab_to(page, f"[name={name}]")
        page.keyboard.type(value)
    assert not _is_wider_than_the_window(page)
    _tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")

    page.locator(".withdrawal__statement").wait_for()
    assert page.locator("main button").all_inner_texts() == [button]
    assert not _is_wider_than_the_window(page)
    assert not Withdrawal.objects.exists()
    _tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")

    page.wait_for_url("**/withdraw/receipt/**")
    assert page.locator("h1").inner_text() == done
    assert not _is_wider_than_the_window(page)
    row = Withdrawal.objects.get()
    mail = shop.mails_to("ben@post.example")[0]
    assert row.number in mail["Subject"]
    assert row.statement.split("\n")[0] in mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("de", "light", 320), ("en", "dark", 1280)]
)
def test_its_pages_are_accessible(shop, new_page, mug, language, scheme, width):
    page = new_page(
        viewport=(width, 800), color_scheme=scheme, reduced_motion="reduce", bypass_csp=True
    )
    page.goto(f"{shop.url}/{language}/withdraw/")
    _check(page, "form")
    page.locator("main button[type=submit]").click()
    page.locator("[role=alert]").wait_for()
    _check(page, "form with errors")
    assert page.evaluate("document.activeElement.closest('[role=alert]') !== null")
    page.fill("[name=name]", "Ben Brandt")
    page.fill("[name=reference]", "the mugs of last week")
    page.fill("[name=email]", "ben@post.example")
    page.locator("main button[type=submit]").click()
    page.locator(".withdrawal__statement").wait_for()
    _check(page, "confirmation")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/withdraw/receipt/**")
    _check(page, "receipt")


def _check(page, where):
    page.wait_for_function("() => !document.querySelector(':not(:defined)')")
    found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == [], (
        where
    )
    assert not _is_wider_than_the_window(page), where
    assert page.locator("h1").count() == 1, where
