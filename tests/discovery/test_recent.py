"""What was looked at last: the shop draws cards by ids, and keeps nothing."""

import pytest

from catalog.models import Product
from tests.pages import Page

pytestmark = pytest.mark.django_db
RECENT = "/de/recently-viewed/"


def test_cards_come_in_the_order_that_was_asked_for(mug, lamp, ben):
    answer = ben.get(RECENT, {"ids": f"{lamp.product_id},{mug.product_id}"})

    html = answer.content.decode()
    assert html.index("/de/p/lamp/") < html.index("/de/p/mug/")
    assert "149,00" in Page(answer).text
    assert not answer.cookies
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize("ids", ["", "0", "x", "9" * 40, "1\0", "-1", "²", ",,,", "999999"])
def test_what_is_no_product_draws_nothing(mug, ben, ids):
    answer = ben.get(RECENT, {"ids": ids})

    assert answer.status_code == 200
    assert answer.content.strip() == b""


def test_what_is_offline_draws_nothing(mug, ben):
    Product.objects.filter(pk=mug.product_id).update(status="archived")

    assert ben.get(RECENT, {"ids": str(mug.product_id)}).content.strip() == b""


def test_at_most_eight_are_drawn_in_as_many_statements_as_one(
    mug, lamp, tea, pen, ben, django_assert_num_queries
):
    ids = ",".join([str(one.product_id) for one in (mug, lamp, tea, pen)] + ["0"] * 500)
    ben.get(RECENT, {"ids": ids})

    with django_assert_num_queries(3):  # with the version: whether VAT is told
        html = ben.get(RECENT, {"ids": ids}).content.decode()

    assert html.count('<li class="card">') == 4


def test_the_pages_hold_an_empty_shelf_that_javascript_fills(mug, ben):
    html = ben.get("/de/p/mug/").content.decode()

    assert f'data-product="{mug.product_id}" hidden' in html
    assert 'data-product="" hidden' in ben.get("/de/").content.decode()
