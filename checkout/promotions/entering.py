"""A code typed into the coupon field: kept in the cart, or refused in words.

Guessing is limited, and what a guess could find out is told to nobody: a generated code that was
used up is answered like one that does not exist, with the same statements. See
docs/algorithms/coupons.md.
"""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkout.models import Cart, Coupon
from checkout.promotions import codes, loading
from checkout.promotions.loading import Source
from orders.redemptions import counting
from shop.kit import limits

MAX_COUPONS = 5
PER_CART = limits.Limit("coupons.cart", most=10, seconds=15 * limits.MINUTE)
PER_NETWORK = limits.Limit("coupons.network", most=60, seconds=limits.HOUR)


class Refused(Exception):
    """The code is not taken. `message` tells the shopper why, `status` the browser."""

    status = 422

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Guessing(Refused):
    """Too many wrong codes came from here; none is looked at for a while."""

    status = 429

    def __init__(self, minutes: int) -> None:
        text = ngettext(
            "Too many wrong codes. Please try again in %(minutes)d minute.",
            "Too many wrong codes. Please try again in %(minutes)d minutes.",
            minutes,
        )
        super().__init__(text % {"minutes": minutes})


def enter(cart: Cart, text: str, *, network: str, moment: datetime.datetime) -> None:
    """Keep the coupon with the code `text` in `cart`, whether it applies at the moment or not.

    `network`: where the visitor comes from, as `limits.network_of` says. Raises `Refused` for codes
    that nobody could use, and `Guessing`.
    """
    key = codes.key(text)
    if not key:
        raise Refused(_("Enter a code."))
    if key in cart.coupon_keys:
        raise Refused(_("This code is in your cart already."))
    if len(cart.coupon_keys) >= MAX_COUPONS:
        raise Refused(_("No more codes fit in: remove one first."))
    asked = [(PER_CART, cart.token), (PER_NETWORK, network)]
    if not limits.allows(*asked):
        spent = [limit for limit, who in asked if limits.is_spent((limit, who))]
        raise Guessing(max(limit.seconds for limit in spent or [PER_CART]) // limits.MINUTE)
    coupon = _known(key, moment)
    limits.give_back(*asked)
    _keep(cart, coupon, moment)


def _known(key: str, moment: datetime.datetime) -> Coupon:
    """The coupon, if it can still be used by anybody. Two statements, whatever comes out."""
    coupon = next(iter(loading.of_keys([key])), None)
    counted = counting.counts([f"coupon:{coupon.pk if coupon else 0}"])
    wants = (
        Source(coupon.promotion, coupon).wants(loading.NOBODY, loading.rules.ZERO) if coupon else []
    )
    is_used_up = any(loading.is_reached(want, counted) for want in wants)
    if coupon is None or not coupon.is_open or (is_used_up and coupon.is_generated):
        raise Refused(_("We do not know this code, or it was used already."))
    if is_used_up:
        raise Refused(_("The code %(code)s is used up.") % {"code": coupon.code})
    ends = coupon.ends()
    if ends is not None and ends <= moment:
        raise Refused(_("The code %(code)s is no longer valid.") % {"code": coupon.code})
    return coupon


def _keep(cart: Cart, coupon: Coupon, moment: datetime.datetime) -> None:
    """One code for each promotion: another one of the same takes its place."""
    same = Coupon.objects.filter(promotion=coupon.promotion_id, key__in=cart.coupon_keys)
    replaced = set(same.values_list("key", flat=True))
    _store(cart, [*(key for key in cart.coupon_keys if key not in replaced), coupon.key], moment)


def remove(cart: Cart, key: str, *, moment: datetime.datetime) -> None:
    """Take a code out of the cart; one that is not in it changes nothing."""
    if key in cart.coupon_keys:
        _store(cart, [one for one in cart.coupon_keys if one != key], moment)


def _store(cart: Cart, keys: list[str], moment: datetime.datetime) -> None:
    cart.coupon_keys, cart.updated_at = keys, moment
    Cart.objects.open().filter(pk=cart.pk).update(coupon_keys=keys, updated_at=moment)
