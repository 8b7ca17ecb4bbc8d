"""Signing in with something in the cart: docs/adr/0024-merging-at-sign-in.md has the table.

What the guest put into the cart is the cart; older goods of the account are saved for later.
"""

import dataclasses
import datetime

from django.db import transaction

from accounts.models import Customer
from checkout import carts
from checkout.models import AsideKind, AsideLine, Cart, CartLine
from shop.kit import locks

type _Goods = tuple[int, str]  # variant and engraving


@dataclasses.dataclass(frozen=True, slots=True)
class Claimed:
    """The customer's cart; and of how many lines something was saved for later, to be told."""

    cart: Cart
    moved: int = 0


@transaction.atomic
def claim(customer: Customer, guest_cart: Cart | None, *, moment: datetime.datetime) -> Claimed:
    """The customer's cart after signing in, with what lay in the guest's cart and beside it.

    The guest's cart is gone afterwards, so a second time changes nothing. A cart of another
    customer is never taken.
    """
    own = carts.create(customer=customer, moment=moment)
    if guest_cart is None or guest_cart.pk == own.pk or guest_cart.customer_id is not None:
        return Claimed(own)
    open_carts = locks.locked(Cart.objects.open().filter(pk__in=[own.pk, guest_cart.pk]))
    still_open = {one.pk: one for one in open_carts}
    if own.pk not in still_open:  # ordered at this very moment on another device
        return claim(customer, guest_cart, moment=moment)
    if guest_cart.pk not in still_open:
        return Claimed(own)
    own, guest = still_open[own.pk], still_open[guest_cart.pk]
    AsideLine.objects.filter(cart__in=[own, guest]).exclude(kind=AsideKind.SAVED).delete()
    moved = _merge(own, guest)
    own.updated_at, own.contact = moment, own.contact or guest.contact
    own.coupon_keys = list(dict.fromkeys([*guest.coupon_keys, *own.coupon_keys]))
    own.save(update_fields=["updated_at", "contact", "coupon_keys"])
    guest.delete()
    return Claimed(own, moved)


def _merge(own: Cart, guest: Cart) -> int:
    """Returns how many lines of the account's cart are saved for later now, in whole or in part."""
    fresh, older = _lines(guest), _lines(own)
    saved, saved_as_guest = _saved(own), _saved(guest)
    moved = 0
    for goods, line in older.items() if fresh else ():
        more = line.quantity - (fresh[goods].quantity if goods in fresh else 0)
        if more > 0:
            moved += 1
            _keep(saved, own, goods, more, line.added_at)
        CartLine.objects.filter(pk=line.pk).delete()
    CartLine.objects.filter(cart=guest).update(cart=own)
    for goods, row in saved_as_guest.items():
        known = saved.get(goods)
        _keep(saved, own, goods, row.quantity - (known.quantity if known else 0), row.added_at)
    return moved


def _lines(cart: Cart) -> dict[_Goods, CartLine]:
    rows = CartLine.objects.filter(cart=cart).order_by("pk")
    return {(one.variant_id, one.engraving): one for one in rows}


def _saved(cart: Cart) -> dict[_Goods, AsideLine]:
    rows = AsideLine.objects.filter(cart=cart, kind=AsideKind.SAVED).order_by("pk")
    return {(one.variant_id, one.engraving): one for one in rows}


def _keep(
    saved: dict[_Goods, AsideLine], cart: Cart, goods: _Goods, more: int, added: datetime.datetime
) -> None:
    """Save `more` pieces for later, 99 of one kind at most."""
    if more <= 0:
        return
    row = saved.get(goods) or AsideLine(
        cart=cart, variant_id=goods[0], engraving=goods[1], quantity=0, added_at=added
    )
    row.quantity = min(row.quantity + more, carts.MAX_QUANTITY)
    row.save()
    saved[goods] = row
