"""How often promotions and coupons were used, read from the discounts of the orders that hold."""

import dataclasses
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, DecimalField, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkout.models import Coupon, Promotion
from orders.models import OrderDiscount, OrderStatus
from orders.redemptions import counting
from shop.kit import languages, money


@dataclasses.dataclass(frozen=True, slots=True)
class Uses:
    """Orders that were not cancelled, what was taken off them, and what they came to in all."""

    orders: int
    given: Decimal
    turnover: Decimal


def _held() -> QuerySet[OrderDiscount]:
    return OrderDiscount.objects.exclude(order__status=OrderStatus.CANCELLED)


def with_uses(rows: QuerySet[Promotion]) -> QuerySet[Promotion]:
    """`rows` with `used_now` (orders) and `given_now` (gross)."""
    of_row = _held().filter(promotion_code=OuterRef("code")).order_by().values("promotion_code")
    return rows.annotate(
        used_now=_first(of_row.annotate(n=Count("order", distinct=True)).values("n"), 0),
        given_now=_first(of_row.annotate(n=Sum("gross")).values("n"), Decimal(0)),
    )


def coupons_with_uses(rows: QuerySet[Coupon]) -> QuerySet[Coupon]:
    """`rows` with `used_now` (orders)."""
    of_row = _held().filter(coupon_code=OuterRef("code")).order_by().values("coupon_code")
    return rows.annotate(
        used_now=_first(of_row.annotate(n=Count("order", distinct=True)).values("n"), 0)
    )


def _first(rows: QuerySet[Any], otherwise: Any) -> Coalesce:
    field = IntegerField() if otherwise == 0 and isinstance(otherwise, int) else _euros()
    return Coalesce(Subquery(rows[:1], output_field=field), otherwise, output_field=field)


def _euros() -> "DecimalField[Any, Any]":
    return DecimalField(max_digits=14, decimal_places=2)


def uses_of(promotion: Promotion) -> Uses:
    """All uses of a promotion; one statement."""
    found = (
        _held()
        .filter(promotion_code=promotion.code)
        .aggregate(
            orders=Count("order", distinct=True),
            given=Coalesce(Sum("gross"), Decimal(0), output_field=_euros()),
            turnover=Coalesce(Sum("order__total_gross"), Decimal(0), output_field=_euros()),
        )
    )
    return Uses(**found)


def is_used(promotion: Promotion) -> bool:
    return OrderDiscount.objects.filter(promotion_code=promotion.code).exists()


def by_code(codes: Iterable[str]) -> dict[str, int]:
    """How many orders that hold used each coupon; those without are left out. One statement."""
    rows = _held().filter(coupon_code__in=list(codes)).order_by().values("coupon_code")
    return {row["coupon_code"]: row["n"] for row in rows.annotate(n=Count("order"))}


def in_words(promotion: Promotion) -> str:
    """Uses, sums, and what is left of the budget, as one line for staff."""
    uses = uses_of(promotion)
    text = ngettext(
        "%(orders)d order, %(given)s given away, turnover with it %(turnover)s.",
        "%(orders)d orders, %(given)s given away, turnover with it %(turnover)s.",
        uses.orders,
    )
    words = text % {
        "orders": uses.orders,
        "given": _text(uses.given),
        "turnover": _text(uses.turnover),
    }
    if promotion.budget is None:
        return words
    count = counting.counts([f"promotion:{promotion.pk}"]).get(f"promotion:{promotion.pk}")
    left = max(promotion.budget - (count.spent if count else Decimal(0)), Decimal(0))
    return f"{words} " + _("Left of the budget: %(left)s.") % {"left": _text(left)}


def _text(value: Decimal) -> str:
    return money.formatted(value, settings.CURRENCY, languages.active())
