"""A cart that waits for its customer: with news since the last visit, and goods saved for later."""

import datetime
from decimal import Decimal

from accounts.models import Customer
from catalog.models import Variant
from checkout import carts
from checkout.cart import aside
from checkout.models import Cart, CartLine

_LYING = (("becher-speicherstadt", 2), ("notizbuch-logbuch", 1))
_SAVED = ("tischleuchte-hafenlicht", 1)
_CHEAPER_THEN = Decimal("1.00")


def fill(customer: Customer, moment: datetime.datetime) -> Cart:
    """Three days ago the customer put things in; one of them was a little cheaper then."""
    then = moment - datetime.timedelta(days=3)
    cart = carts.create(customer=customer, moment=then)
    saved = _add(cart, *_SAVED, moment)
    if saved is not None:
        aside.save_for_later(cart, saved.pk, moment=then)
    for slug, quantity in _LYING:
        line = _add(cart, slug, quantity, moment)
    if line is not None and line.seen_gross:
        CartLine.objects.filter(pk=line.pk).update(seen_gross=line.seen_gross - _CHEAPER_THEN)
    return cart


def _add(cart: Cart, slug: str, quantity: int, moment: datetime.datetime) -> CartLine | None:
    """A line with the first variant of the product that is there; `None` when none is."""
    for variant in Variant.objects.filter(product__slug=slug, is_active=True).order_by("pk"):
        try:
            return carts.add(cart, variant, quantity=quantity, moment=moment)
        except carts.CartProblem:
            continue
    return None
