"""The collections that shoppers see: read once per content version, kept in the process."""

import dataclasses
import datetime
import functools
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils import translation

from catalog.models import Collection, CollectionPicture
from shop.kit import languages


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """A collection as pages need it, in one language."""

    pk: int
    slug: str
    name: str
    intro: str
    title: str
    description: str
    url: str
    picture: CollectionPicture | None
    is_on_home: bool
    is_in_menu: bool
    starts_at: datetime.datetime | None
    ends_at: datetime.datetime | None
    changed_at: datetime.datetime

    def is_open(self, moment: datetime.datetime) -> bool:
        has_begun = self.starts_at is None or self.starts_at <= moment
        return has_begun and (self.ends_at is None or moment < self.ends_at)


def all_of(content_version: int, language: str, *, moment: datetime.datetime) -> list[Shown]:
    """All that are open at `moment`, in menu order; no statement once they are in memory."""
    return [one for one in _kept(content_version, language) if one.is_open(moment)]


@functools.lru_cache(maxsize=8)
def _kept(content_version: int, language: str) -> tuple[Shown, ...]:
    rows = Collection.objects.filter(is_active=True).select_related("picture").in_menu_order()
    with translation.override(language):
        return tuple(_shown(row, language) for row in rows)


def _shown(row: Collection, language: str) -> Shown:
    name, intro = (languages.localized(row, column, language) for column in ("name", "intro"))
    # What search engines read is never borrowed from the other language.
    title, description = (
        getattr(row, languages.column(column, language)) for column in ("title", "description")
    )
    return Shown(
        pk=row.pk,
        slug=row.slug,
        name=name,
        intro=intro,
        title=title or name,
        description=description or intro[:160],
        url=reverse("catalog:collection", args=[row.slug]),
        picture=getattr(row, "picture", None),
        is_on_home=row.is_on_home,
        is_in_menu=row.is_in_menu,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        changed_at=row.changed_at,
    )


def links_of(collection_ids: Iterable[int], shown: Sequence[Shown]) -> list[dict[str, str]]:
    """Name and address of those of `shown` that have these ids."""
    ids = set(collection_ids)
    return [{"name": one.name, "url": one.url} for one in shown if one.pk in ids]
