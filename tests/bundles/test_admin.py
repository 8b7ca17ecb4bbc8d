"""The desk: a variant becomes a bundle on one page, without a script."""

from decimal import Decimal

import pytest

from catalog import pricing
from catalog.models import Bundle, BundleComponent
from shop.kit import clock
from tests import backoffice
from tests.making import make_product, make_variant
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(sam):
    return backoffice.Desk(sam)


@pytest.fixture
def box(rules):
    return make_variant(make_product("box"), gross=None, sku="BOX-1")


def page_of(variant):
    return f"/admin/catalog/variant/{variant.pk}/bundle/"


def test_a_fixed_bundle_is_composed_with_its_price(desk, box, mug, tea):
    response = desk.post(
        page_of(box), parts="2 × MUG-1\nTEA-250\n", pricing="fixed", gross="50,00", percent_off=""
    )

    assert response.status_code == 302
    rows = BundleComponent.objects.order_by("position").values_list("variant__sku", "quantity")
    assert list(rows) == [("MUG-1", 2), ("TEA-250", 1)]
    price = pricing.price_of([box.pk], clock.now())[box.pk]
    assert price.gross == Decimal("50.00")


def test_a_sum_is_composed_and_shown_again(desk, box, mug, tea):
    desk.post(page_of(box), parts="MUG-1\n1x TEA-250", pricing="summed", percent_off="10")

    form = desk.get(page_of(box)).context["form"]

    assert form["parts"].value() == "1 × MUG-1\n1 × TEA-250"
    assert form["pricing"].value() == "summed"
    assert "10,00" in str(form["percent_off"])
    assert pricing.price_of([box.pk], clock.now())[box.pk].gross == Decimal("30.51")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"parts": "MUG-1"}, "2 bis 10 Bestandteile"),
        ({"parts": "MUG-1\nLOST"}, "Diese Variante gibt es nicht: LOST"),
        ({"parts": "MUG-1\nBOX-1"}, "nicht sein eigenes Produkt"),
        ({"pricing": "summed", "gross": "5"}, "die Summe seiner Bestandteile"),
        ({"percent_off": "5"}, "Prozente gehen nur von einer Summe ab"),
    ],
)
def test_mistakes_are_told_and_nothing_is_saved(desk, box, mug, tea, fields, problem):
    response = desk.post(page_of(box), **{"parts": "MUG-1\nTEA-250", "pricing": "fixed"} | fields)

    assert response.status_code == 422
    assert problem in Page(response).text
    assert not Bundle.objects.exists()


def test_the_price_of_a_sum_is_not_offered_to_be_set(desk, summed):
    page = desk.get(f"/admin/catalog/product/{summed.product_id}/prices/")

    assert list(page.context["form"].fields["variants"].queryset) == []
