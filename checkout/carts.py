"""The cart of a visitor or customer: find it, change it.

Nothing here trusts a price, a name or an id from outside: lines are found inside the given cart
only, and all facts are read from the catalogue when they are needed.
"""

import dataclasses
import datetime
import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Customer
from catalog import pricing
from catalog.bundles import contents
from catalog.models import Variant
from checkout.models import AsideKind, AsideLine, Cart, CartLine
from inventory import availability
from shop.kit import locks

MAX_QUANTITY = 99
MAX_LINES = 50
SAME_PRESS = datetime.timedelta(seconds=10)


class CartProblem(Exception):
    """The cart cannot be changed like that. `message` tells the shopper why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotEnough(CartProblem):
    """Fewer pieces are left than asked for."""

    def __init__(self, left: int) -> None:
        self.left = left
        super().__init__(
            ngettext("Only %(left)d is left.", "Only %(left)d are left.", left) % {"left": left}
            if left
            else _("This is sold out.")
        )


class Ordered(CartProblem):
    """The cart became an order, in another window or at this very moment."""

    def __init__(self) -> None:
        super().__init__(_("This cart was ordered in another window."))


@dataclasses.dataclass(frozen=True, slots=True)
class Count:
    """What the header shows: whose cart, and how many pieces."""

    customer_id: int | None
    pieces: int


def find(token: str) -> Cart | None:
    """The open cart with this token."""
    carts = Cart.objects.open().with_aside().knowing_offers()
    return carts.filter(token=token).first() if token else None


def count(token: str) -> Count:
    """The pieces in the open cart with this token, in one statement; 0 for none."""
    row = (
        Cart.objects.open()
        .filter(token=token)
        .values_list("customer_id")
        .annotate(pieces=Sum("lines__quantity"))
        .order_by("pk")
        .first()
    )
    return Count(row[0], row[1] or 0) if row else Count(None, 0)


def create(*, customer: Customer | None, moment: datetime.datetime, token: str = "") -> Cart:
    """A new empty cart; the customer's open one when there is one already.

    `token` is that of a cart which was ordered and has given it up, for the one after it.
    """
    facts = {"created_at": moment, "updated_at": moment} | ({"token": token} if token else {})
    if customer is not None:
        cart, _made = Cart.objects.open().get_or_create(
            customer=customer, ordered_at=None, defaults=facts
        )
        return cart
    return Cart.objects.create(**facts)


@transaction.atomic
def add(
    cart: Cart,
    variant: Variant,
    *,
    quantity: int,
    moment: datetime.datetime,
    engraving: str = "",
    key: uuid.UUID | None = None,
) -> CartLine:
    """Put `quantity` more pieces of `variant` into `cart`; for each press of a button once.

    `key` names the form that was sent: the same one again within seconds is a double click, and
    the line stays as it is. Raises `CartProblem` when it is not for sale, would be more than 99,
    or the cart is full, `NotEnough` when fewer are left than the cart would then hold, and
    `Ordered`. Stock is not reserved.
    """
    is_same_press = change(cart, moment=moment, key=_press(key, variant.pk, quantity, engraving))
    lines = list(CartLine.objects.filter(cart=cart))
    wanted = (variant.pk, engraving)
    same = next((one for one in lines if (one.variant_id, one.engraving) == wanted), None)
    if is_same_press and same is not None:
        return same
    price = _price_for_sale(variant, moment)
    if same is None and len(lines) >= MAX_LINES:
        raise CartProblem(_("The cart is full."))
    pieces = _check_quantity(
        variant.pk,
        wanted=quantity + sum(one.quantity for one in lines if one.variant_id == variant.pk),
        of_line=quantity + (same.quantity if same else 0),
        others=[one for one in lines if one.variant_id != variant.pk],
    )
    if same is None:
        return CartLine.objects.create(
            cart=cart,
            variant=variant,
            quantity=quantity,
            engraving=engraving,
            added_at=moment,
            seen_gross=price.gross,
            seen_parts=sorted(map(list, pieces.items())) if variant.pk not in pieces else [],
        )
    same.quantity, same.seen_left = same.quantity + quantity, None
    same.save(update_fields=["quantity", "seen_left"])
    return same


def _press(key: uuid.UUID | None, *content: str | int) -> uuid.UUID | None:
    """The name of a press: of the form together with what it asks for."""
    return uuid.uuid5(key, "|".join(map(str, content))) if key else None


def change(cart: Cart, *, moment: datetime.datetime, key: uuid.UUID | None = None) -> bool:
    """Lock `cart` for a change of what lies in it or beside it; first step of each of them.

    Its 60 days begin anew, and what was removed before can be had back no more. Returns whether
    `key` is that of the change before, some seconds ago at most. Raises `Ordered`.
    """
    found = next(iter(locks.locked(Cart.objects.open().filter(pk=cart.pk))), None)
    if found is None:
        raise Ordered
    is_same = key is not None and found.last_key == key and moment - found.updated_at < SAME_PRESS
    if not is_same:
        AsideLine.objects.filter(cart=cart).exclude(kind=AsideKind.SAVED).delete()
        Cart.objects.filter(pk=cart.pk).update(updated_at=moment, last_key=key)
    return is_same


def _price_for_sale(variant: Variant, moment: datetime.datetime) -> pricing.CurrentPrice:
    price = pricing.price_of([variant.pk], moment).get(variant.pk)
    if price is None or not Variant.objects.for_sale(moment).filter(pk=variant.pk).exists():
        raise CartProblem(_("This is not for sale at the moment."))
    return price


@transaction.atomic
def set_quantity(cart: Cart, line_id: int, *, quantity: int, moment: datetime.datetime) -> None:
    """Change a line. Raises `CartLine.DoesNotExist` for lines of other carts, else as `add`."""
    change(cart, moment=moment)
    line = CartLine.objects.get(cart=cart, pk=line_id)
    if quantity > line.quantity:
        lines = list(CartLine.objects.filter(cart=cart).exclude(pk=line.pk))
        same = [one.quantity for one in lines if one.variant_id == line.variant_id]
        _check_quantity(
            line.variant_id,
            wanted=quantity + sum(same),
            of_line=quantity,
            others=[one for one in lines if one.variant_id != line.variant_id],
        )
    CartLine.objects.filter(pk=line.pk).update(quantity=quantity)


def _check_quantity(
    variant_id: int, *, wanted: int, of_line: int, others: Sequence[CartLine]
) -> dict[int, int]:
    """`others`: the lines of other variants; bundles may want the same goods as this one.

    Returns the pieces that one of it takes: of its components, or of itself.
    """
    if of_line > MAX_QUANTITY:
        raise CartProblem(
            _("At most %(most)d pieces can be ordered at once.") % {"most": MAX_QUANTITY}
        )
    needs = contents.pieces([variant_id, *(one.variant_id for one in others)])
    own = needs[variant_id]
    free = availability.of([variant_id, *own])
    found = free.get(variant_id)
    left = [] if found is None or found.left is None else [found.left]
    for pk, each in own.items():
        taken = sum(one.quantity * needs[one.variant_id].get(pk, 0) for one in others)
        of_part = free[pk].left if pk in free else 0
        if of_part is not None:
            left.append(max(of_part - taken, 0) // each)
    if found is None or (left and min(left) < wanted):
        raise NotEnough(min(left, default=0))
    return own


def save_choices(
    cart: Cart,
    *,
    contact: Mapping[str, str | bool],
    delivery_method: str,
    payment_method: str,
    moment: datetime.datetime,
) -> None:
    """Keep what was typed and chosen at the checkout; an ordered cart stays as it is."""
    cart.contact = dict(contact)
    cart.delivery_method, cart.payment_method = delivery_method, payment_method
    cart.updated_at = moment
    fields = ("contact", "delivery_method", "payment_method", "updated_at")
    Cart.objects.open().filter(pk=cart.pk).update(**{name: getattr(cart, name) for name in fields})


def forget_untouched(before: datetime.datetime) -> int:
    """Delete carts that nobody touched since `before`, ordered or not. Returns how many rows went.

    An order does not need its cart: it is found by its own placement token.
    """
    return Cart.objects.untouched_since(before).delete()[0]
