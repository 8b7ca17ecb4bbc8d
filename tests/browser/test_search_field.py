"""The search field as an ARIA combobox: keys, few requests, stale answers, no JavaScript."""

import pytest

from catalog import search
from tests.making import make_product, make_variant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIELD = "#search-header"


@pytest.fixture
def table(rules):
    for number, name in enumerate(["Table lamp", "Table clock", "Tablecloth", "Table runner"]):
        make_variant(make_product(f"t{number}", name_de=name, name_en=name), sku=f"T-{number}")
    search.reindex_all()


def chosen(page):
    """The row that `aria-activedescendant` names: its place, and whether it says it is selected."""
    return page.evaluate(
        """() => {
            const rows = [...document.querySelectorAll("#suggestions-header [role=option]")]
                .filter((row) => row.offsetParent);
            const field = document.querySelector("#search-header");
            const row = document.getElementById(field.getAttribute("aria-activedescendant"));
            return row ? [rows.indexOf(row), rows.length, row.getAttribute("aria-selected")] : null;
        }"""
    )


def test_the_field_is_a_combobox(shop, new_page, table):
    page = new_page(viewport=(1280, 800))
    asked = []
    page.on("request", lambda one: asked.append(one.url) if "/suggestions/" in one.url else None)
    page.goto(f"{shop.url}/en/")
    page.locator(f"{FIELD}[role=combobox]").wait_for()
    field = page.locator(FIELD)
    assert field.get_attribute("role") == "combobox"
    assert field.get_attribute("aria-expanded") == "false"

    field.press_sequentially("tabl", delay=20)
    page.locator("#suggestions-header [role=option]").first.wait_for()

    assert asked == [f"{shop.url}/en/search/suggestions/?q=tabl"]  # one request for four letters
    assert field.get_attribute("aria-expanded") == "true"
    assert chosen(page) is None
    field.press("ArrowDown")
    place, count, is_selected = chosen(page)
    assert (place, is_selected) == (0, "true")
    assert 3 < count <= 10
    field.press("End")
    assert chosen(page)[0] == count - 1
    field.press("ArrowDown")
    assert chosen(page) is None  # back in the field
    field.press("ArrowUp")
    assert chosen(page)[0] == count - 1
    field.press("Home")
    assert chosen(page)[0] == 0
    assert field.input_value() == "tabl"
    assert page.evaluate("document.activeElement.id") == "search-header"
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert chosen(page) is None

    field.press("ArrowDown")
    page.locator(f"{FIELD}[aria-expanded=true]").wait_for()
    field.press("ArrowUp")  # the note on prices, which leads to the costs of delivery
    field.press("ArrowUp")
    field.press("Enter")
    page.wait_for_url("**/en/p/**")


def test_a_late_answer_is_dropped(shop, new_page, table):
    page = new_page(viewport=(1280, 800))
    page.goto(f"{shop.url}/en/")
    page.locator(f"{FIELD}[role=combobox]").wait_for()
    held = []
    page.route("**/suggestions/?q=ta", lambda route: held.append(route))

    page.locator(FIELD).fill("ta")
    page.wait_for_timeout(400)
    page.locator(FIELD).fill("table clock")
    page.locator("#suggestions-header [role=option]").first.wait_for()
    held[0].fulfill(body='<a role="option">too late</a><p data-count>1</p>')
    page.wait_for_timeout(200)

    assert "too late" not in page.locator("#suggestions-header").inner_text()
    assert "Table clock" in page.locator("#suggestions-header").inner_text()


def test_a_small_window_shows_six_rows_at_most(shop, new_page, table):
    page = new_page(viewport=(390, 844))
    page.goto(f"{shop.url}/en/search/?q=table")
    page.locator("#search-page[role=combobox]").wait_for()

    page.locator("#search-page").fill("tab")
    page.locator("#suggestions-page [role=option]").first.wait_for()

    shown = page.locator("#suggestions-page [role=option]:visible").count()
    assert 2 <= shown <= 6
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)


def test_without_javascript_the_form_is_simply_sent(shop, new_page, table):
    page = new_page(viewport=(1280, 800), java_script_enabled=False)
    page.goto(f"{shop.url}/en/")

    page.locator(FIELD).fill("table clock")
    page.locator(FIELD).press("Enter")

    page.wait_for_url("**/en/search/?q=table+clock")
    assert page.locator("h3").first.inner_text() == "Table clock"
