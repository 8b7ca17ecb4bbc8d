"""Goods, promotions and moments for the tests of promotions, in few words."""

import dataclasses
import datetime
from decimal import Decimal

from checkout.promotions import evaluating, rules

NOW = datetime.datetime(2026, 11, 24, 12, 0, tzinfo=datetime.UTC)
ALL_KINDS = frozenset(rules.Kind)


@dataclasses.dataclass(frozen=True)
class Goods:
    line_id: int
    unit_gross: Decimal
    quantity: int = 1
    product_id: int = 0
    category_ids: frozenset = frozenset()
    collection_ids: frozenset = frozenset()
    before_gross: Decimal | None = None
    minimum_gross: Decimal = Decimal("0.00")


@dataclasses.dataclass(frozen=True)
class Delivery:
    code: str
    gross: Decimal


def goods(line_id, unit, quantity=1, *, minimum="0.00", categories=(), **fields):
    return Goods(
        line_id=line_id,
        unit_gross=Decimal(unit),
        quantity=quantity,
        product_id=fields.pop("product_id", line_id),
        minimum_gross=Decimal(minimum),
        category_ids=frozenset(categories),
        **fields,
    )


def promotion(number, effect, *, kind=rules.Kind.ORDER, **fields):
    fields.setdefault("combines_with", frozenset())
    return rules.Promotion(
        id=number, code=f"p{number}", name=f"Promotion {number}", kind=kind, effect=effect, **fields
    )


def percent(number, value, **fields):
    cap = fields.pop("cap", None)
    return promotion(number, rules.Percent(Decimal(value), cap and Decimal(cap)), **fields)


def amount(number, value, **fields):
    return promotion(number, rules.Amount(Decimal(value)), **fields)


def evaluate(items, *promotions, fee="4.90", shopper=None, moment=NOW):
    return evaluating.evaluate(
        items,
        promotions=promotions,
        shopper=shopper or rules.Shopper(country="DE"),
        delivery=None if fee is None else Delivery("parcel", Decimal(fee)),
        moment=moment,
    )


def applied(outcome):
    """What applies: {id of the promotion: what it takes off}, in the order of evaluation."""
    return {one.promotion.id: one.gross for one in outcome.applied}


def reasons(outcome):
    return {one.promotion.id: one.reason for one in outcome.refused}
