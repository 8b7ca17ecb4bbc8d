"""What every page must keep: accessible, no sideways scrolling, targets that fingers hit."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def _fill_cart(page, shop, language):
    page.goto(f"{shop.url}/{language}/p/mug/")
    page.locator("shop-fragment:defined").first.wait_for(state="attached")
    page.locator("form[action$='/cart/lines/'] button[type=submit]").click()
    page.locator("[data-passing] a[href$='/cart/']").wait_for()


def _order(page, shop, language):
    """From the cart to the order page, by a declined and a good card."""
    page.goto(f"{shop.url}/{language}/checkout/")
    for name, value in (
        ("email", "ben@post.example"),
        ("name", "Ben Brandt"),
        ("street", "Hafenstraße 1"),
        ("postcode", "23552"),
        ("city", "Lübeck"),
    ):
        page.fill(f"[name={name}]", value)
    page.locator("[name=city]").press("Enter")
    page.wait_for_url("**/checkout/review/")
    yield "review"
    page.locator("form[action$='/checkout/place/'] button").click()
    page.locator("#decline").click()
    page.locator("#pay").click()
    page.wait_for_url("**/orders/**")
    yield "order"


def _violations(page):
    found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]


def _is_wider_than_the_window(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def _small_targets(page):
    """Controls under 24 × 24 CSS pixels; links inside sentences are exempt (WCAG 2.5.8)."""
    return page.evaluate(
        """() => [...document.querySelectorAll("button, input:not([type=hidden]), select, summary")]
        .filter((one) => one.checkVisibility())
        .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.width < 24 || box.height < 24) &&
                !(box.width <= 2))
        .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""
    )


def _check(page, where):
    # Elements come to life after the page: looked at half-way, a button is there without its name.
    page.wait_for_function("() => !document.querySelector(':not(:defined)')")
    assert _violations(page) == [], where
    assert not _is_wider_than_the_window(page), where
    assert page.locator("h1").count() == 1, where


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("de", "light", 320), ("en", "dark", 1280)]
)
def test_every_page_keeps_the_gates(shop, new_page, tea, mug, lamp, language, scheme, width):
    # axe sets styles of its own, which the policy of the shop refuses.
    page = new_page(
        viewport=(width, 800), color_scheme=scheme, reduced_motion="reduce", bypass_csp=True
    )
    category = mug.product.category.path
    for path in (
        "",
        f"c/{category}/",
        "p/tea/",
        "search/?q=mug",
        "search/?q=qqqqqq",
        "cart/",
        "account/login/",
        "account/signup/",
        "account/password/reset/",
        "legal/imprint/",
        "legal/withdrawal/",
        "legal/shipping/",
        "legal/reviews/",
        "legal/terms/versions/",
        "nothing-here/",
    ):
        page.goto(f"{shop.url}/{language}/{path}")
        _check(page, path)

    _fill_cart(page, shop, language)
    page.goto(f"{shop.url}/{language}/cart/")
    _check(page, "cart with goods")
    assert _small_targets(page) == []
    page.goto(f"{shop.url}/{language}/checkout/")
    page.locator("form button[type=submit]").last.click()
    _check(page, "checkout with errors")
    assert page.evaluate("document.activeElement.closest('[role=alert]') !== null")
    for where in _order(page, shop, language):
        _check(page, where)


def test_the_keyboard_alone_is_enough_to_buy(shop, new_page, mug):
    page = new_page(viewport=(1280, 800))
    page.goto(f"{shop.url}/en/p/mug/")
    page.locator("shop-fragment:defined").first.wait_for(state="attached")

    def tab_to(selector, most=80):
        for _press in range(most):
            page.keyboard.press("Tab")
            if page.evaluate("(s) => document.activeElement.matches(s)", selector):
                box = page.evaluate(
                    """() => { const b = document.activeElement.getBoundingClientRect();
                    return b.bottom > 0 && b.top < innerHeight; }"""
                )
                assert box, f"{selector} has the focus out of sight"
                return
        raise AssertionError(f"the keyboard does not reach {selector}")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    tab_to("form[action$='/cart/lines/'] button[type=submit]")
    page.keyboard.press("Enter")
    page.locator("[data-passing] a[href$='/cart/']").wait_for()
    page.goto(f"{shop.url}/en/cart/")
    tab_to("a[href$='/checkout/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/checkout/")
    for name, value in (
        ("email", "ben@post.example"),
        ("name", "Ben Brandt"),
        ("street", "Hafenstraße 1"),
        ("postcode", "23552"),
        ("city", "Lübeck"),
    ):
        tab_to(f"[name={name}]")
        page.keyboard.type(value)
    tab_to("form.checkout__form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/checkout/review/")
    tab_to("form[action$='/checkout/place/'] button")
    page.keyboard.press("Enter")
    page.locator("#pay").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/orders/**")
    assert page.locator("h1").inner_text() == "Thank you for your order"
