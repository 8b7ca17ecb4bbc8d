"""The VAT of a quote: each rate once, on its sum; the fee over the rates; cents that add up.

Pure. Amounts are what is payable, discounts taken off. See docs/algorithms/vat_rounding.md.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from decimal import Decimal

from catalog import vat
from shop.kit import money

ZERO = Decimal("0.00")


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """What is taxed at one rate: a line, a component of a bundle, or a deposit.

    `gross` is payable, `shelf_gross` what it would be without discounts; `is_sent`: it travels in
    the parcel and bears a part of its fee, which deposits and downloads do not.
    """

    rate: Decimal
    gross: Decimal
    shelf_gross: Decimal
    is_sent: bool = True
    is_deposit: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class VatSum:
    """All that is taxed at one rate, deposits and delivery included."""

    rate: Decimal
    net: Decimal
    vat: Decimal
    gross: Decimal


def split(
    pieces: Sequence[Piece], *, fee: Decimal, highest_rate: Decimal
) -> tuple[list[Decimal], list[VatSum]]:
    """The net of each piece, in their order, and the sum of each rate, the highest first.

    Promises: per rate net + VAT = gross; the nets of its pieces and of its part of the fee add up
    to its net; no net is further than a cent from the exact one. `highest_rate` is that of the fee
    when there are no goods.
    """
    by_rate: dict[Decimal, list[int]] = {}
    for place, piece in enumerate(pieces):
        by_rate.setdefault(piece.rate, []).append(place)
    fees = _fee_shares(fee, pieces, highest_rate)
    nets = [ZERO] * len(pieces)
    sums = []
    for rate in sorted(set(by_rate) | set(fees), reverse=True):
        places = sorted(by_rate.get(rate, []), key=lambda place: pieces[place].is_deposit)
        parts = [*(pieces[place].gross for place in places), fees.get(rate, ZERO)]
        gross = sum(parts, ZERO)
        net = vat.net_of(gross, rate)
        sums.append(VatSum(rate=rate, net=net, vat=gross - net, gross=gross))
        for place, part_net in zip(places, _nets(parts, rate, net), strict=False):
            nets[place] = part_net
    return nets, sums


def _fee_shares(
    fee: Decimal, pieces: Sequence[Piece], highest_rate: Decimal
) -> Mapping[Decimal, Decimal]:
    """The fee shares the fate of the goods (section 3.10 (5) UStAE): pro rata over their rates.

    What comes by e-mail is not in the parcel: a gift card at 0 % takes no part of its fee. Where
    all goods are free of charge, it follows what they would cost.
    """
    if not fee:
        return {}
    if not pieces:
        return {highest_rate: fee}
    sent = [one for one in pieces if one.is_sent] or pieces
    carried = sorted({one.rate for one in sent}, reverse=True)
    goods = [one for one in sent if not one.is_deposit]
    weights = [sum((one.gross for one in goods if one.rate == rate), ZERO) for rate in carried]
    if not any(weights):
        weights = [
            sum((one.shelf_gross for one in goods if one.rate == rate), ZERO) for rate in carried
        ]
    return dict(zip(carried, money.allocated(fee, weights), strict=True))


def _nets(parts: Sequence[Decimal], rate: Decimal, net_sum: Decimal) -> list[Decimal]:
    """The net of each gross part, so that they add up to `net_sum`.

    Each is rounded for itself; the cents that are then missing or too many go to the parts whose
    exact net lies nearest to the other side, the larger part first.
    """
    nets = [vat.net_of(part, rate) for part in parts]
    missing = int((net_sum - sum(nets)) * 100)
    step = Decimal("0.01") if missing > 0 else Decimal("-0.01")

    def strain(i: int) -> tuple[Decimal, Decimal]:
        exact = parts[i] / (1 + rate / 100)
        return ((nets[i] - exact) if missing > 0 else (exact - nets[i])), -parts[i]

    for i in sorted((i for i, part in enumerate(parts) if part), key=strain)[: abs(missing)]:
        nets[i] += step
    return nets
