"""Changing a collection: first what would enter and leave is seen, then it is saved."""

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from catalog.collections import matching, members, rules
from catalog.models import (
    Collection,
    CollectionEntry,
    CollectionKind,
    CollectionMember,
    Product,
    Redirect,
    RedirectReason,
)
from catalog.models.redirect import collection_path

SHOWN = 50


class NotSeen(Exception):
    """What staff saw is not what would happen now; `difference` is."""

    def __init__(self, difference: "Difference") -> None:
        super().__init__(_("It has changed since you saw it. Please look once more."))
        self.difference = difference


class UnknownProducts(ValueError):
    """Lines that name no product."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(_("There is no product: %(names)s") % {"names": ", ".join(names)})


@dataclasses.dataclass(frozen=True, slots=True)
class Content:
    """What shall be in a collection: `pinned` in this order before what `rule` finds."""

    rule: rules.Rule | None
    pinned: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()

    @property
    def kind(self) -> CollectionKind:
        return CollectionKind.PICKED if self.rule is None else CollectionKind.RULED


@dataclasses.dataclass(frozen=True, slots=True)
class Difference:
    """What a change does: the first fifty names of each, in the shop's order, and how many.

    `digest` stands for all of it, so that what is saved is what was seen.
    """

    entering: tuple[Product, ...]
    entering_count: int
    leaving: tuple[Product, ...]
    leaving_count: int
    total: int
    digest: str


def products_named(names: Sequence[str]) -> list[int]:
    """The products of these slugs or SKUs, in their order, each once. Raises `UnknownProducts`."""
    known = dict(Product.objects.filter(slug__in=names).values_list("slug", "pk"))
    by_sku = Product.objects.filter(variants__sku__in=names).values_list("variants__sku", "pk")
    known |= {sku: pk for sku, pk in by_sku if sku not in known}
    if unknown := [name for name in names if name not in known]:
        raise UnknownProducts(unknown)
    return list(dict.fromkeys(known[name] for name in names))


def content_of(collection: Collection) -> Content:
    """What staff said of `collection`, as it is saved. Raises `rules.BadRule`."""
    entries = list(collection.entries.order_by("position", "pk"))
    is_ruled = collection.kind == CollectionKind.RULED
    return Content(
        rule=rules.parse(collection.rule) if is_ruled else None,
        pinned=tuple(one.product_id for one in entries if not one.is_excluded),
        excluded=tuple(one.product_id for one in entries if one.is_excluded),
    )


def difference(
    collection: Collection, content: Content, *, moment: datetime.datetime
) -> Difference:
    """What would enter and leave if `content` were saved at `moment`; writes nothing."""
    wanted = set(content.pinned)
    if content.rule is not None:
        wanted |= set(matching.found(content.rule, moment).values_list("pk", flat=True))
        wanted -= set(content.excluded) - set(content.pinned)
    current = set(
        CollectionMember.objects.filter(collection=collection.pk).values_list(
            "product_id", flat=True
        )
    )
    entering, leaving = wanted - current, current - wanted
    return Difference(
        entering=_first(entering, content.pinned),
        entering_count=len(entering),
        leaving=_first(leaving, ()),
        leaving_count=len(leaving),
        total=len(wanted),
        digest=_digest(content, entering, leaving),
    )


def _first(ids: set[int], pinned: Sequence[int]) -> tuple[Product, ...]:
    """The first of them as the page will list them: the pinned ones, then the newest."""
    front = [pk for pk in pinned if pk in ids][:SHOWN]
    rest = Product.objects.filter(pk__in=ids.difference(front)).order_by("-published_at", "pk")
    by_pk = Product.objects.in_bulk(front)
    return (*(by_pk[pk] for pk in front), *rest[: SHOWN - len(front)])


def _digest(content: Content, entering: set[int], leaving: set[int]) -> str:
    said: list[Any] = [
        content.rule.as_json() if content.rule else None,
        content.pinned,
        sorted(content.excluded),
        sorted(entering),
        sorted(leaving),
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def store(
    collection: Collection, content: Content, *, seen: str, moment: datetime.datetime
) -> Difference:
    """Save `collection` with `content`, if `seen` is the digest of what happens now.

    The caller counts the version of what pages share (`categories.changed`). Raises `NotSeen`, and
    `IntegrityError` for a slug that is taken.
    """
    now = difference(collection, content, moment=moment)
    if seen != now.digest:
        raise NotSeen(now)
    collection.kind = content.kind
    collection.rule = content.rule.as_json() if content.rule else {}
    collection.is_told = collection.is_open(moment)
    old_slugs = Collection.objects.filter(pk=collection.pk).values_list("slug", flat=True)
    old_slug = old_slugs.first() or ""
    collection.save()
    _moved(collection, old_slug)
    Collection.objects.filter(pk=collection.pk).update(changed_at=Now())
    collection.entries.all().delete()
    CollectionEntry.objects.bulk_create(_entries(collection, content))
    members.refresh(collection, moment=moment)
    return now


def _moved(collection: Collection, old_slug: str) -> None:
    """Lead the address that `collection` had to it; its present one is a page again."""
    if old_slug == collection.slug:
        return
    Redirect.objects.release([collection_path(collection.slug)])
    if old_slug:
        path, reason = collection_path(old_slug), RedirectReason.RENAMED
        Redirect.objects.keep([Redirect(path=path, collection=collection, reason=reason)])


@transaction.atomic
def remove(collection: Collection) -> None:
    """Delete `collection`; its address and its former ones say that it is gone.

    The caller counts the version of what pages share (`categories.changed`).
    """
    former = Redirect.objects.filter(collection=collection).values_list("path", flat=True)
    paths, reason = [collection_path(collection.slug), *former], RedirectReason.DELETED
    collection.delete()
    Redirect.objects.keep(Redirect(path=path, reason=reason) for path in paths)


def _entries(collection: Collection, content: Content) -> list[CollectionEntry]:
    pinned = [
        CollectionEntry(collection=collection, product_id=pk, position=place)
        for place, pk in enumerate(content.pinned)
    ]
    excluded = [
        CollectionEntry(collection=collection, product_id=pk, position=place, is_excluded=True)
        for place, pk in enumerate(content.excluded)
        if pk not in content.pinned
    ]
    return pinned + excluded
