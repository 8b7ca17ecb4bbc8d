"""What staff should know when they save a promotion: beside which others it will stand, or not.

Whether two meet on the same goods can be known for sure only with a cart; here ids of their scopes
are compared, and "all goods" meets everything. The simulator shows the rest.
"""

import dataclasses
import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.conf import settings
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalog import pricing
from catalog.models import Category, Variant
from checkout.models import Effect, Kind, Promotion
from checkout.promotions import loading
from checkout.promotions.loading import Source
from shop.kit import languages, money

_LOOKED_AT, _NAMED = 500, 10


@dataclasses.dataclass(frozen=True, slots=True)
class Hint:
    text: str
    is_grave: bool = False


def hints(promotion: Promotion, *, moment: datetime.datetime) -> list[Hint]:
    """In sentences: what collides and combines with `promotion` from `moment` on."""
    if not promotion.is_active:
        return [Hint(_("It is switched off: no shopper sees it."))]
    others = _meeting(promotion, moment)
    mine = loading.as_rule(Source(promotion, None), {})
    beside: list[Promotion] = []
    against: list[Promotion] = []
    for other in others:
        combines = mine.combines(loading.as_rule(Source(other, None), {}))
        (beside if combines else against).append(other)
    found = []
    if promotion.needs_coupon and not promotion.coupons.filter(is_active=True).exists():
        found.append(Hint(_("It needs a code and has none yet."), is_grave=True))
    if against:
        text = _("Does not combine with: %(names)s. Of these the one that takes more off applies.")
        found.append(Hint(text % {"names": _names(against)}))
    if beside:
        text = _("Stands beside: %(names)s.")
        found.append(Hint(text % {"names": _names(beside)}))
    share = _worst_share([promotion, *beside])
    if share is not None and share >= 50:
        text = _("At worst %(percent)s is taken off; never below the minimum price of a variant.")
        percent = money.formatted_percent(share, languages.active())
        found.append(Hint(text % {"percent": percent}, is_grave=True))
    if share is not None and (stopped := _stopped(promotion, share, moment)):
        text = _("At worst these would go below their minimum price and stop there: %(skus)s")
        skus = ", ".join(stopped[:_NAMED]) + (" …" if len(stopped) > _NAMED else "")
        found.append(Hint(text % {"skus": skus}))
    return found


def _stopped(promotion: Promotion, share: Decimal, moment: datetime.datetime) -> list[str]:
    """SKUs in the scope whose price less `share` percent is below the minimum; three statements."""
    shelves = Category.objects.filter(pk__in=promotion.category_ids).values_list("path", flat=True)
    scope = Q(product__in=promotion.product_ids) | Q(
        product__memberships__collection__in=promotion.collection_ids
    )
    for path in shelves:
        scope |= Q(product__category__path=path) | Q(product__category__path__startswith=f"{path}/")
    rows = Variant.objects.filter(is_active=True, minimum_gross__gt=0)
    rows = rows.filter(scope) if _is_narrow(promotion) else rows
    minimum = {row.pk: row for row in rows.distinct().order_by("sku")[:_LOOKED_AT]}
    prices = pricing.price_of(minimum, moment)
    return [
        row.sku
        for pk, row in minimum.items()
        if pk in prices and prices[pk].gross * (1 - share / 100) < (row.minimum_gross or 0)
    ]


def _meeting(promotion: Promotion, moment: datetime.datetime) -> list[Promotion]:
    """The others that are switched on in a part of its time and for a part of its goods."""
    rows = Promotion.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=max(promotion.starts_at or moment, moment)),
        is_active=True,
    )
    if promotion.ends_at:
        rows = rows.filter(Q(starts_at=None) | Q(starts_at__lt=promotion.ends_at))
    rows = rows.exclude(pk=promotion.pk).order_by("-priority", "pk")
    return [row for row in rows if _share_goods(promotion, row) and _share_people(promotion, row)]


def _share_goods(one: Promotion, two: Promotion) -> bool:
    if not (_is_narrow(one) and _is_narrow(two)):
        return True
    only_products = _names_products_only(one) and _names_products_only(two)
    return not only_products or bool(set(one.product_ids) & set(two.product_ids))


def _is_narrow(one: Promotion) -> bool:
    return bool(one.product_ids or one.category_ids or one.collection_ids)


def _names_products_only(one: Promotion) -> bool:
    return bool(one.product_ids) and not (one.category_ids or one.collection_ids)


def _share_people(one: Promotion, two: Promotion) -> bool:
    """Somebody can be in two groups, but nobody has goods sent to two countries at once."""
    named = one.countries and two.countries
    return not named or bool(set(one.countries) & set(two.countries))


def _worst_share(together: Iterable[Promotion]) -> Decimal | None:
    """Percent off goods when all percentages meet on one piece, each on what is left."""
    left = Decimal(1)
    for row in together:
        share = _percent(row)
        if row.kind != Kind.SHIPPING and share is not None:
            left *= 1 - share / 100
    return None if left == 1 else ((1 - left) * 100).quantize(Decimal("0.1"))


def _percent(row: Promotion) -> Decimal | None:
    if row.effect == Effect.PERCENT:
        return row.percent
    if row.effect == Effect.BUY_GET and row.buy and row.get:
        return (row.percent or Decimal(100)) * row.get / (row.buy + row.get)
    if row.effect == Effect.TIERS and row.tiers_in_percent:
        return max((Decimal(given) for _from, given in row.tiers), default=None)
    return None


def _names(rows: Iterable[Promotion]) -> str:
    return ", ".join(f"“{row.name}”" for row in rows)


# --- A promotion in a few words -------------------------------------------------------------------


def in_words(row: Promotion) -> str:
    """What it gives: `10 %`, `5,00 €`, `3 for 2`, …"""
    percent = _share(row.percent) if row.percent is not None else ""
    euros = _euros(row.gross) if row.gross is not None else ""
    match row.effect:
        case Effect.PERCENT if row.cap is not None:
            return _("%(percent)s, at most %(cap)s") % {"percent": percent, "cap": _euros(row.cap)}
        case Effect.PERCENT:
            return percent
        case Effect.AMOUNT:
            return euros
        case Effect.UNIT_PRICE:
            return _("each for %(price)s") % {"price": euros}
        case Effect.BUY_GET:
            words = {"buy": row.buy, "get": row.get, "percent": percent}
            return _("buy %(buy)s, get %(get)s with %(percent)s off") % words
        case Effect.TIERS:
            return ", ".join(_tier(row, *map(Decimal, pair)) for pair in row.tiers)
    return _("free delivery, up to %(fee)s") % {"fee": euros} if euros else _("free delivery")


def _tier(row: Promotion, start: Decimal, given: Decimal) -> str:
    what = _share(given) if row.tiers_in_percent else _euros(given)
    return _("%(what)s from %(start)s") % {"what": what, "start": _euros(start)}


def period(row: Promotion) -> str:
    begins = _day(row.starts_at) if row.starts_at else ""
    ends = _day(row.ends_at) if row.ends_at else ""
    return f"{begins} – {ends}".strip() if begins or ends else _("always")


def _day(value: datetime.datetime) -> str:
    return date_format(localtime(value), "SHORT_DATETIME_FORMAT")


def _share(value: Decimal) -> str:
    return money.formatted_percent(value, languages.active())


def _euros(value: Decimal) -> str:
    return money.formatted(value, settings.CURRENCY, languages.active())
