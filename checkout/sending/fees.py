"""What a way of delivery asks for some goods in a zone, and what it does not carry."""

from decimal import Decimal
from enum import StrEnum

from catalog.law.consignments import Consignment
from checkout.models import DeliveryMethod, DeliveryRate, DeliveryZone


class Reason(StrEnum):
    """Why a way of delivery is not on offer."""

    NOT_THERE = "not_there"
    TOO_HEAVY = "too_heavy"
    TOO_LARGE = "too_large"
    BULKY = "bulky"


class NotOffered(Exception):
    """A way of delivery does not carry this, or not there."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


def fee_of(method: DeliveryMethod, zone: DeliveryZone, consignment: Consignment) -> Decimal:
    """What `method` asks for this in `zone`, surcharges included. Raises `NotOffered`."""
    rate = _rate(method, zone, consignment)
    _check_size(method, consignment)
    fee = Decimal("0.00") if _is_free(method, zone, consignment) else rate.gross
    return fee + method.bulky_gross * consignment.bulky_pieces


def _rate(method: DeliveryMethod, zone: DeliveryZone, consignment: Consignment) -> DeliveryRate:
    """The lightest step that carries it, and in it the highest goods value that is reached."""
    of_zone = [one for one in method.rates.all() if one.zone_id == zone.pk]
    if not of_zone:
        raise NotOffered(Reason.NOT_THERE)
    most = method.max_weight_g
    carrying = [
        one
        for one in of_zone
        if (one.up_to_weight_g is None or consignment.weight_g <= one.up_to_weight_g)
        and one.from_goods <= consignment.goods_gross
    ]
    if not carrying or (most is not None and consignment.weight_g > most):
        raise NotOffered(Reason.TOO_HEAVY)
    return min(
        carrying,
        key=lambda one: (
            one.up_to_weight_g is None,
            one.up_to_weight_g or 0,
            -one.from_goods,
        ),
    )


def _check_size(method: DeliveryMethod, consignment: Consignment) -> None:
    if consignment.bulky_pieces and not method.takes_bulky:
        raise NotOffered(Reason.BULKY)
    for size, most in (
        (consignment.longest_mm, method.max_length_mm),
        (consignment.girth_mm, method.max_girth_mm),
    ):
        if most is not None and size > most:
            raise NotOffered(Reason.TOO_LARGE)


def _is_free(method: DeliveryMethod, zone: DeliveryZone, consignment: Consignment) -> bool:
    return (
        method.has_free_threshold
        and zone.free_from is not None
        and consignment.goods_gross >= zone.free_from
    )
