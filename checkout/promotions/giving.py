"""What one promotion gives to a cart as it stands: by line, in whole cents, no line below its room.

One step of `evaluating`; see docs/algorithms/discounts.md, "What an effect gives".
"""

import dataclasses
from collections.abc import Mapping, Sequence
from decimal import Decimal

from checkout.promotions import allocating, rules
from checkout.promotions.rules import ZERO, Applied, Goods, Kind, Promotion, Reason, Refused
from shop.kit import money


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """A cart amid its evaluation: what is payable for each line and for the delivery."""

    lines: Mapping[int, Decimal]
    fee: Decimal

    def after(self, one: Applied) -> "Standing":
        """The same less what `one` takes off."""
        lines = {
            line: payable - one.allocations.get(line, ZERO) for line, payable in self.lines.items()
        }
        return Standing(lines=lines, fee=self.fee - one.shipping)


def shelf_gross(goods: Goods) -> Decimal:
    return goods.unit_gross * goods.quantity


def room(goods: Goods, payable: Decimal) -> Decimal:
    """What can still be taken off a line: down to its minimum price, never below zero."""
    return max(payable - goods.minimum_gross * goods.quantity, ZERO)


def result(
    promotion: Promotion,
    *,
    scope: Sequence[Goods],
    bearing: Sequence[Goods],
    standing: Standing,
) -> Applied | Refused:
    """What `promotion` takes off, or why it does not.

    `scope`: the lines that count for its conditions; `bearing`: those it may take from, which are
    fewer when another promotion has taken over some.
    """
    value = _value(promotion, scope, standing)
    if unmet := _unmet(promotion, scope, value):
        return unmet
    if promotion.kind == Kind.SHIPPING:
        one = Applied(promotion, {}, _off_fee(promotion, standing.fee))
    else:
        one = Applied(promotion, _off_lines(promotion, bearing, standing, value))
    if not one.gross:
        return Refused(promotion, Reason.NOTHING_TO_TAKE)
    if promotion.budget_left is not None and one.gross > promotion.budget_left:
        # A part of it would be a total that nobody advertised: docs/algorithms/coupons.md.
        return Refused(promotion, Reason.BUDGET)
    return one


def _value(promotion: Promotion, scope: Sequence[Goods], standing: Standing) -> Decimal:
    """Product promotions look at the shelf, the others at what is left to pay."""
    if promotion.kind == Kind.PRODUCT:
        return sum((shelf_gross(one) for one in scope), ZERO)
    return sum((standing.lines[one.line_id] for one in scope), ZERO)


def _unmet(promotion: Promotion, scope: Sequence[Goods], value: Decimal) -> Refused | None:
    conditions, effect = promotion.conditions, promotion.effect
    wanted = conditions.min_goods_gross
    if isinstance(effect, rules.Tiers):
        wanted = max(wanted, min(tier.from_gross for tier in effect.tiers))
    if value < wanted:
        return Refused(promotion, Reason.MIN_GOODS, {"missing": wanted - value})
    pieces = sum(one.quantity for one in scope)
    least = conditions.min_quantity
    if isinstance(effect, rules.BuyGet):
        least = max(least, effect.buy + effect.get)
    if pieces < least:
        return Refused(promotion, Reason.MIN_QUANTITY, {"missing": least - pieces})
    return None


def _off_fee(promotion: Promotion, fee: Decimal) -> Decimal:
    wish = ZERO
    match promotion.effect:
        case rules.Percent(percent, cap):
            wish = _least(_percent_of(fee, percent), cap)
        case rules.Amount(gross):
            wish = gross
        case rules.FreeShipping(max_fee):
            wish = _least(fee, max_fee)
    return min(wish, fee)


def _off_lines(
    promotion: Promotion, bearing: Sequence[Goods], standing: Standing, value: Decimal
) -> Mapping[int, Decimal]:
    payable = {one.line_id: standing.lines[one.line_id] for one in bearing}
    rooms = {one.line_id: room(one, payable[one.line_id]) for one in bearing}
    effect = promotion.effect
    if isinstance(effect, rules.Tiers):
        effect = effect.reached(value) or rules.Amount(ZERO)
    if isinstance(effect, rules.Amount):
        return allocating.shared(effect.gross, weights=payable, room=rooms)
    if isinstance(effect, rules.Percent) and promotion.kind == Kind.ORDER:
        whole = _percent_of(sum(payable.values(), ZERO), effect.percent)
        amount = _least(whole, effect.cap)
        return allocating.shared(amount, weights=payable, room=rooms)
    wishes = _wishes(effect, bearing, payable)
    cap = effect.cap if isinstance(effect, rules.Percent) else None
    fitting = {line: min(wish, rooms[line]) for line, wish in wishes.items()}
    return allocating.capped(fitting, cap)


def _wishes(
    effect: rules.Effect, bearing: Sequence[Goods], payable: Mapping[int, Decimal]
) -> dict[int, Decimal]:
    """What is promised for each line by itself."""
    match effect:
        case rules.Percent(percent):
            return {line: _percent_of(gross, percent) for line, gross in payable.items()}
        case rules.UnitPrice(gross):
            return {one.line_id: payable[one.line_id] - gross * one.quantity for one in bearing}
        case rules.BuyGet():
            return _cheapest_pieces(effect, bearing, payable)
    return {}


def _cheapest_pieces(
    effect: rules.BuyGet, bearing: Sequence[Goods], payable: Mapping[int, Decimal]
) -> dict[int, Decimal]:
    times = sum(one.quantity for one in bearing) // (effect.buy + effect.get)
    if effect.max_times is not None:
        times = min(times, effect.max_times)
    left = times * effect.get
    found = {}
    for one in sorted(bearing, key=lambda one: payable[one.line_id] / one.quantity):
        pieces = min(left, one.quantity)
        of_line = payable[one.line_id] * pieces / one.quantity
        found[one.line_id] = _percent_of(of_line, effect.percent)
        left -= pieces
    return found


def _percent_of(gross: Decimal, percent: Decimal) -> Decimal:
    return money.rounded(gross * percent / 100)


def _least(amount: Decimal, cap: Decimal | None) -> Decimal:
    return amount if cap is None else min(amount, max(cap, ZERO))
