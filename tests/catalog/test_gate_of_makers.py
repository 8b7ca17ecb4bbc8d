"""An edit of a maker or a type leaves no product on sale with a new gap."""

import pytest

from catalog import products
from catalog.models import Attribute, AttributeKind, Product, ProductType
from shop.kit import clock
from tests import backoffice
from tests.catalog.law.goods import make_complete

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(sam):
    return backoffice.Desk(sam)


@pytest.fixture
def sold(rules):
    """A product on sale that lacks nothing."""
    product = make_complete()
    products.publish(product, moment=clock.now())
    return product


def page_of(row):
    return f"/admin/catalog/{row._meta.model_name}/{row.pk}/change/"


def test_what_the_law_wants_of_a_maker_stays_while_its_goods_are_on_sale(desk, sold):
    maker = sold.manufacturer
    country = maker.country

    response = desk.save(page_of(maker), country="CN", name="Neuer Name")

    assert response.status_code == 200
    text = response.content.decode()
    assert str(sold) in text
    assert "GPSR" in text
    assert "Neuer Name" in text  # what was typed is still there
    maker.refresh_from_db()
    assert maker.country == country
    assert Product.objects.get(pk=sold.pk).is_live(clock.now())


def test_other_edits_of_a_maker_go_through(desk, sold):
    assert desk.save(page_of(sold.manufacturer), name="Neuer Name").status_code == 302

    sold.manufacturer.refresh_from_db()
    assert sold.manufacturer.name == "Neuer Name"


def test_a_maker_whose_goods_are_drafts_may_lack_anything(desk):
    draft = make_complete()

    assert desk.save(page_of(draft.manufacturer), country="CN").status_code == 302


def test_what_was_missing_before_stops_no_edit(desk, sold):
    maker = sold.manufacturer
    type(maker).objects.filter(pk=maker.pk).update(country="CN")

    assert desk.save(page_of(maker), name="Neuer Name").status_code == 302


def test_a_type_takes_no_law_that_products_on_sale_do_not_keep(desk, sold):
    kind = sold.product_type

    response = desk.save(page_of(kind), laws=["textile"])

    assert response.status_code == 200
    assert str(sold) in response.content.decode()
    assert ProductType.objects.get(pk=kind.pk).laws == []


def test_an_attribute_becomes_required_once_all_have_it(desk, sold):
    kind = sold.product_type
    note = Attribute.objects.create(
        code="note", kind=AttributeKind.TEXT, name_de="Notiz", name_en="Note"
    )
    row = kind.type_attributes.create(attribute=note, is_required=False)
    prefix = "type_attributes-0"

    response = desk.save(page_of(kind), **{f"{prefix}-is_required": "on"})

    assert response.status_code == 200
    row.refresh_from_db()
    assert not row.is_required
    assert str(sold) in response.content.decode()
