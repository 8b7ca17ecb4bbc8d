"""Two choices that mean the same become one: "Navy" and "Marine", as imports bring them along."""

import dataclasses
import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from catalog.collections import members, rules
from catalog.models import (
    AttributeChoice,
    AttributeValue,
    Collection,
    CollectionKind,
    OptionValue,
    Product,
)
from shop.kit import locks

_FIELD = "choice"


class CannotMerge(ValueError):
    """These are not two choices of one attribute."""


@dataclasses.dataclass(frozen=True, slots=True)
class Reach:
    """What a choice is said of: products, by a value or an option, and rules of collections."""

    product_ids: tuple[int, ...]
    collections: tuple[Collection, ...]


def reach_of(choice: AttributeChoice) -> Reach:
    """Where `choice` is used; two statements."""
    said = AttributeValue.objects.filter(product=OuterRef("pk"), choice=choice)
    chosen = OptionValue.objects.filter(option__product=OuterRef("pk"), choice=choice)
    products = Product.objects.filter(Q(Exists(said)) | Q(Exists(chosen))).order_by("pk")
    ruled = Collection.objects.filter(kind=CollectionKind.RULED).order_by("pk")
    return Reach(
        product_ids=tuple(products.values_list("pk", flat=True)),
        collections=tuple(one for one in ruled if _names(one, choice)),
    )


def _names(collection: Collection, choice: AttributeChoice) -> bool:
    try:
        condition = rules.parse(collection.rule).condition(_FIELD)
    except rules.BadRule:
        return False  # Written by another release; `members` logs it.
    return condition is not None and choice.pk in condition.ids


@transaction.atomic
def merge(choice: AttributeChoice, into: AttributeChoice, *, moment: datetime.datetime) -> Reach:
    """Say `into` wherever `choice` is said, and delete `choice`. Returns where it was said.

    The words of options stay: what a shopper chooses is still called as on its label. The caller
    touches the products and counts the version of what pages share. Raises `CannotMerge`.
    """
    held = list(locks.locked(AttributeChoice.objects.filter(pk__in=[choice.pk, into.pk])))
    if len({one.pk for one in held}) != 2 or len({one.attribute_id for one in held}) != 1:
        raise CannotMerge
    reach = reach_of(choice)
    list(locks.locked(Product.objects.filter(pk__in=reach.product_ids)))
    _move_values(choice, into)
    OptionValue.objects.filter(choice=choice).update(choice=into)
    ruled = Collection.objects.filter(pk__in=[one.pk for one in reach.collections])
    for collection in locks.locked(ruled):
        _rewrite(collection, choice, into)
        members.refresh(collection, moment=moment)
    choice.delete()
    return reach


def _move_values(choice: AttributeChoice, into: AttributeChoice) -> None:
    """What has both already keeps one."""
    values = AttributeValue.objects.filter(choice=choice)
    held = AttributeValue.objects.filter(choice=into, product=OuterRef("product"))
    values.filter(Exists(held.filter(variant=None)), variant=None).delete()
    values.filter(Exists(held.filter(variant=OuterRef("variant")))).delete()
    values.update(choice=into)


def _rewrite(collection: Collection, choice: AttributeChoice, into: AttributeChoice) -> None:
    rule = rules.parse(collection.rule)
    conditions = [
        dataclasses.replace(one, ids=tuple(into.pk if pk == choice.pk else pk for pk in one.ids))
        if one.field == _FIELD
        else one
        for one in rule.conditions
    ]
    collection.rule = rules.made(rule.match, conditions).as_json()
    Collection.objects.filter(pk=collection.pk).update(rule=collection.rule, changed_at=Now())
