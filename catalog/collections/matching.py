"""Which products a rule finds: one query, whatever the rule."""

import datetime
import functools
import operator
import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from catalog.collections.rules import Condition, Rule
from catalog.models import (
    AttributeChoice,
    AttributeValue,
    Category,
    FibreShare,
    Price,
    PriceKind,
    Product,
    SearchDocument,
    Variant,
)


def found(rule: Rule, moment: datetime.datetime) -> QuerySet[Product]:
    """The live products for which `rule` holds at `moment`."""
    join = operator.and_ if rule.match == "all" else operator.or_
    conditions = [_CONDITIONS[one.field](one, moment) for one in rule.conditions]
    return Product.objects.live(moment).filter(functools.reduce(join, conditions))


def in_categories(category_ids: Iterable[int]) -> Q:
    """Products in these categories or below them, be it further ones of the product."""
    shelves = Category.objects.none()
    for path in Category.objects.filter(pk__in=list(category_ids)).values_list("path", flat=True):
        shelves = shelves | Category.objects.below(path)
    further = Product.categories.through.objects.filter(
        product_id=OuterRef("pk"), category_id__in=shelves.values("pk")
    )
    return Q(category__in=shelves.values("pk")) | Q(Exists(further))


def _in_categories(one: Condition, moment: datetime.datetime) -> Q:
    return in_categories(one.ids)


def _not_in_categories(one: Condition, moment: datetime.datetime) -> Q:
    return ~_in_categories(one, moment)


def _of_brand(one: Condition, moment: datetime.datetime) -> Q:
    # Not merely `brand_id IN`: the negation of a missing brand would be unknown, not true.
    return Q(brand_id__in=one.ids, brand_id__isnull=False)


def _prices(moment: datetime.datetime) -> QuerySet[Price]:
    """What is asked now for the variants for sale of the product outside."""
    return Price.objects.filter(
        variant__product=OuterRef("pk"), variant__is_active=True, valid__contains=moment
    )


def _priced(one: Condition, moment: datetime.datetime) -> Q:
    """The lowest price, as the card says it, lies in the range: a sale price is the lower one."""
    prices = _prices(moment)
    condition = Q(Exists(prices))
    if one.low is not None:
        condition &= ~Q(Exists(prices.filter(gross__lt=one.low)))
    if one.high is not None:
        condition &= Q(Exists(prices.filter(gross__lte=one.high)))
    return condition


def _reduced(one: Condition, moment: datetime.datetime) -> Q:
    condition = Q(Exists(_prices(moment).filter(kind=PriceKind.SALE)))
    return condition if one.flag else ~condition


def _new(one: Condition, moment: datetime.datetime) -> Q:
    return Q(published_at__gt=moment - datetime.timedelta(days=one.days or 0))


def _featured(one: Condition, moment: datetime.datetime) -> Q:
    return Q(is_featured=bool(one.flag))


def _available(one: Condition, moment: datetime.datetime) -> Q:
    """As the index of the search knows it: a job writes every ten minutes what is sold out."""
    gone = SearchDocument.objects.filter(product_id=OuterRef("pk"), is_available=False)
    return ~Q(Exists(gone)) if one.flag else Q(Exists(gone))


def _worded(one: Condition, moment: datetime.datetime) -> Q:
    words = "|".join(re.escape(word) for word in one.words)
    return Q(search_words__iregex=rf"(^|,)\s*({words})\s*(,|$)")


def _of_fibre(one: Condition, moment: datetime.datetime) -> Q:
    """No part of it has less of these fibres, and it has parts."""
    shares = FibreShare.objects.filter(product=OuterRef("pk"))
    of_these = Coalesce(Sum("percent", filter=Q(fibre__in=one.words)), 0)
    poor = shares.values("part").annotate(of_these=of_these).filter(of_these__lt=one.low)
    return Q(Exists(shares)) & ~Q(Exists(poor))


def _of_type(one: Condition, moment: datetime.datetime) -> Q:
    return Q(product_type_id__in=one.ids, product_type_id__isnull=False)


def _choosing(one: Condition, moment: datetime.datetime) -> Q:
    """Values of the product or of a variant for sale, and options that stand for an attribute."""
    by_attribute: dict[int, list[int]] = defaultdict(list)
    rows = AttributeChoice.objects.filter(pk__in=one.ids).values_list("attribute_id", "pk")
    for attribute_id, pk in rows:
        by_attribute[attribute_id].append(pk)
    if not by_attribute:
        return Q(pk__in=[])  # All of them were deleted: nothing has them.
    return functools.reduce(operator.and_, map(_one_of, by_attribute.values()))


def _one_of(choices: list[int]) -> Q:
    chosen = Variant.objects.filter(
        product=OuterRef("pk"), is_active=True, option_values__choice__in=choices
    )
    return Q(Exists(_values().filter(choice__in=choices))) | Q(Exists(chosen))


def _values() -> QuerySet[AttributeValue]:
    """The values of the product outside and of its variants for sale."""
    return AttributeValue.objects.filter(
        Q(variant=None) | Q(variant__is_active=True), product=OuterRef("pk")
    )


def _measured(one: Condition, moment: datetime.datetime) -> Q:
    values = _values().filter(attribute=one.attribute)
    if one.low is not None:
        values = values.filter(number__gte=one.low)
    if one.high is not None:
        values = values.filter(number__lte=one.high)
    return Q(Exists(values.filter(number__isnull=False)))


def _stated(one: Condition, moment: datetime.datetime) -> Q:
    return Q(Exists(_values().filter(attribute=one.attribute, boolean=one.flag)))


_CONDITIONS: dict[str, Callable[[Condition, datetime.datetime], Q]] = {
    "category": _in_categories,
    "not_category": _not_in_categories,
    "brand": _of_brand,
    "price": _priced,
    "reduced": _reduced,
    "new": _new,
    "featured": _featured,
    "available": _available,
    "words": _worded,
    "fibre": _of_fibre,
    "type": _of_type,
    "choice": _choosing,
    "number": _measured,
    "boolean": _stated,
}
