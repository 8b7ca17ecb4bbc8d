"""A set of a packet of tea (7 %) and a mug (19 %), by its own price or by their sum."""

from decimal import Decimal

import pytest

from catalog import pricing
from catalog.bundles import composing
from catalog.bundles.composing import Part
from tests.making import LONG_AGO, make_product, make_variant


def make_bundle(*parts, gross=None, percent_off="0", moment=LONG_AGO, slug="", **fields):
    """A live bundle of (variant, quantity) pairs; summed where no gross price is given."""
    product = make_product(slug, name_de="Set", name_en="Set", **fields)
    variant = make_variant(product, gross=gross, sku=f"SET-{product.pk}")
    composing.compose(
        variant,
        [Part(one, quantity) for one, quantity in parts],
        pricing="summed" if gross is None else "fixed",
        percent_off=Decimal(percent_off),
        moment=moment,
    )
    return variant


@pytest.fixture
def fixed(tea, mug):
    """Tea 9.90 and two mugs at 24.00, 57.90 singly, as a set 50.00."""
    return make_bundle((tea, 1), (mug, 2), gross="50.00", slug="set")


@pytest.fixture
def summed(tea, mug):
    """Tea 9.90 and a mug 24.00, minus 10 percent: 30.51."""
    return make_bundle((tea, 1), (mug, 1), percent_off="10", slug="duo")


def price_of(variant, moment):
    return pricing.price_of([variant.pk], moment).get(variant.pk)
