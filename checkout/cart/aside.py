"""What lies beside the cart: saved for later, and the last removal, which can be undone.

A line that moves keeps its quantity, options, engraving and the day on which it was added.
"""

import contextlib
import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from checkout import carts
from checkout.models import AsideKind, AsideLine, Cart, CartLine
from shop.kit import locks

MAX_SAVED = 100


@transaction.atomic
def save_for_later(cart: Cart, line_id: int, *, moment: datetime.datetime) -> None:
    """Lay a line aside; with the same goods saved already their quantities add up to 99 at most.

    Raises `CartLine.DoesNotExist` for lines of other carts, `carts.CartProblem` when 100 lines are
    saved already, and `carts.Ordered`.
    """
    carts.change(cart, moment=moment)
    line = CartLine.objects.get(cart=cart, pk=line_id)
    saved = cart.aside.filter(kind=AsideKind.SAVED)
    same = saved.filter(variant_id=line.variant_id, engraving=line.engraving).first()
    if same is not None:
        most = min(same.quantity + line.quantity, carts.MAX_QUANTITY)
        AsideLine.objects.filter(pk=same.pk).update(quantity=most)
    elif saved.count() >= MAX_SAVED:
        raise carts.CartProblem(_("The list of saved goods is full."))
    else:
        _lay_aside(line, AsideKind.SAVED)
    line.delete()


@transaction.atomic
def move_to_cart(cart: Cart, saved_id: int, *, moment: datetime.datetime) -> None:
    """Put what was saved into the cart again, all of it also when fewer are left: the line says so.

    Raises `AsideLine.DoesNotExist` for what is not saved beside this cart, `carts.CartProblem` when
    it is sold out, not for sale or the cart is full, and `carts.Ordered`.
    """
    carts.change(cart, moment=moment)
    saved = AsideLine.objects.select_related("variant").get(
        cart=cart, pk=saved_id, kind=AsideKind.SAVED
    )
    quantity, engraving = saved.quantity, saved.engraving
    try:
        carts.add(cart, saved.variant, quantity=quantity, engraving=engraving, moment=moment)
    except carts.NotEnough as problem:
        if not problem.left:
            raise
        _put_back(saved)
    saved.delete()


@transaction.atomic
def remove(cart: Cart, line_id: int, *, moment: datetime.datetime) -> None:
    """Take a line out of the cart, until the next change to be had back by `undo`.

    Raises `CartLine.DoesNotExist` for lines of other carts, and `carts.Ordered`.
    """
    carts.change(cart, moment=moment)
    line = CartLine.objects.get(cart=cart, pk=line_id)
    _lay_aside(line, AsideKind.REMOVED)
    line.delete()


@transaction.atomic
def discard(cart: Cart, saved_id: int, *, moment: datetime.datetime) -> None:
    """Take a line off what was saved, until the next change to be had back by `undo`.

    Raises `AsideLine.DoesNotExist` for what is not saved beside this cart, and `carts.Ordered`.
    """
    carts.change(cart, moment=moment)
    saved = AsideLine.objects.get(cart=cart, pk=saved_id, kind=AsideKind.SAVED)
    AsideLine.objects.filter(pk=saved.pk).update(kind=AsideKind.DISCARDED)


@transaction.atomic
def undo(cart: Cart, removed_id: int, *, moment: datetime.datetime) -> None:
    """Put the last removal back where it was, as it was, also if fewer are left by now.

    Raises `AsideLine.DoesNotExist` when it is not the last one any more, and `carts.Ordered`.
    """
    with contextlib.suppress(Cart.DoesNotExist):  # ordered: `change` says so
        locks.locked_one(Cart.objects.open(), pk=cart.pk)
    removed = cart.aside.exclude(kind=AsideKind.SAVED).get(pk=removed_id)
    carts.change(cart, moment=moment)  # forgets the removal: nobody can undo it twice
    if removed.kind == AsideKind.DISCARDED:
        removed.pk, removed.kind = None, AsideKind.SAVED
        removed.save(force_insert=True)
    else:
        _put_back(removed)


def _put_back(line: AsideLine) -> None:
    same = CartLine.objects.filter(
        cart=line.cart_id, variant=line.variant_id, engraving=line.engraving
    ).first()
    row = same or CartLine(
        cart_id=line.cart_id,
        variant_id=line.variant_id,
        engraving=line.engraving,
        quantity=0,
        added_at=line.added_at,
    )
    row.quantity = min(row.quantity + line.quantity, carts.MAX_QUANTITY)
    row.save()


def _lay_aside(line: CartLine, kind: AsideKind) -> None:
    AsideLine.objects.create(
        cart_id=line.cart_id,
        variant_id=line.variant_id,
        quantity=line.quantity,
        engraving=line.engraving,
        added_at=line.added_at,
        kind=kind,
    )


def carry_over(ordered: Cart, *, moment: datetime.datetime) -> None:
    """What was saved beside an ordered cart waits beside the next one, which the cookie names.

    The new cart takes over the token, so that the browser finds it, and a customer every device.
    """
    if not ordered.aside.filter(kind=AsideKind.SAVED).exists():
        return
    token, ordered.token = ordered.token, Cart().token
    ordered.save(update_fields=["token"])
    successor = carts.create(customer=ordered.customer, moment=moment, token=token)
    ordered.aside.filter(kind=AsideKind.SAVED).update(cart=successor)
