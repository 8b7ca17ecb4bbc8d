"""What was looked at last: asked first, kept by the browser alone, forgotten on a click."""

import pytest

from tests.making import make_product, make_variant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def goods(rules):
    for name in ("Mug", "Lamp"):
        make_variant(make_product(name.lower(), name_de=name, name_en=name), sku=name.upper())


def memory(page):
    return page.evaluate("() => localStorage.length")


def test_nothing_is_remembered_before_it_was_asked_for_and_nothing_after_it_was_forgotten(
    shop, new_page, goods
):
    page = new_page(viewport=(390, 844))
    list_of_goods = page.locator("shop-recent").get_by_role("link", name="Mug")

    page.goto(f"{shop.url}/en/p/mug/")
    page.get_by_role("button", name="Remember", exact=True).wait_for()
    assert memory(page) == 0
    page.get_by_role("button", name="Remember", exact=True).click()
    page.goto(f"{shop.url}/en/p/lamp/")
    list_of_goods.first.wait_for()
    assert memory(page) == 1
    page.get_by_role("button", name="Forget, and do not remember").click()

    page.get_by_role("button", name="Remember", exact=True).wait_for()
    assert memory(page) == 0
    assert list_of_goods.count() == 0 or not list_of_goods.first.is_visible()
    page.goto(f"{shop.url}/en/")
    assert memory(page) == 0
    assert not page.locator("shop-recent").first.is_visible()
