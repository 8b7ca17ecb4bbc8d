"""Answers a search: the number first, then the ranked words; plans are kept for some minutes."""

import dataclasses
import datetime
import hashlib
from typing import cast

from django.core.cache import cache

from catalog.models import SearchDocument
from catalog.search import numbers, parsing, planning, ranking, synonyms
from catalog.search_index import vocabulary
from shop.kit import languages

KEPT_SECONDS = 600


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What a search found.

    `scores`: product ids with their score, the best first. `corrected`: the search that was
    answered instead, because a word of it is unknown. `suggested`: a likelier spelling.
    `slug` and `sku`: the one variant whose number it is. `path`: where staff send this search.
    """

    text: str
    scores: tuple[tuple[int, float], ...] = ()
    corrected: str = ""
    suggested: str = ""
    suggested_count: int = 0
    slug: str = ""
    sku: str = ""
    path: str = ""

    @property
    def ids(self) -> list[int]:
        return [pk for pk, _score in self.scores]


def answer(text: str, *, moment: datetime.datetime, language: str = "") -> Answer:
    """All that pages show of a search; one statement when its plan is kept, two for numbers."""
    language = language or languages.active()
    wanted = parsing.read(text, language)
    if not wanted.text:
        return Answer(text="")
    path = synonyms.redirect_for(wanted.text, language)
    if path:
        return Answer(text=wanted.text, path=path)
    numbered = numbers.find(wanted.text, moment=moment)
    if numbered.exact_sku:
        return Answer(
            text=wanted.text,
            scores=tuple((pk, 1000.0) for pk in numbered.product_ids[:1]),
            slug=numbered.exact_slug,
            sku=numbered.exact_sku,
        )
    plan = plan_of(wanted, moment=moment)
    scores = {pk: 100.0 for pk in numbered.product_ids}
    for hit in ranking.hits(plan, moment=moment):
        scores.setdefault(hit.product_id, hit.score)
    return Answer(
        text=wanted.text,
        scores=tuple(scores.items())[: ranking.MOST],
        corrected=plan.corrected,
        suggested=plan.suggested,
        suggested_count=plan.suggested_count,
    )


def find(text: str, *, moment: datetime.datetime, language: str = "") -> list[int]:
    """The ids of live products that match `text`, the best first, at most 2,000.

    A SKU or GTIN comes before everything, whatever its dashes and case; words of name, brand and
    kind count more than those of the texts; misspelt words are corrected.
    """
    return answer(text, moment=moment, language=language).ids


def candidate_ids(
    text: str, *, moment: datetime.datetime, language: str = ""
) -> list[tuple[int, float]]:
    """The same with scores, for facets and other orders: (product id, score), the best first."""
    return list(answer(text, moment=moment, language=language).scores)


def find_unfinished(text: str, *, moment: datetime.datetime, language: str, most: int) -> list[int]:
    """Products whose name or kind has all words, the last of which may be a beginning; those whose
    number begins so come first. Only `most` of them are looked at."""
    wanted = parsing.read(text, language)
    numbered = numbers.find(wanted.text, moment=moment)
    plan = plan_of(wanted, moment=moment, is_typing=True)
    found = ranking.hits(plan, moment=moment, most=most, is_typing=True)
    return list(dict.fromkeys([*numbered.product_ids, *(one.product_id for one in found)]))


def plan_of(
    wanted: parsing.Wanted, *, moment: datetime.datetime, is_typing: bool = False
) -> planning.Plan:
    """The plan of a search, from the cache while the vocabulary is the same."""
    generation = vocabulary.generation()
    digest = hashlib.sha256(f"{wanted.text}\n{is_typing}".lower().encode()).hexdigest()[:32]
    key = f"search.plan.{wanted.language}.{generation}.{digest}"
    is_kept = bool(generation) and not vocabulary.is_aside()
    plan = cache.get(key) if is_kept else None
    if plan is None:
        plan = planning.plan(wanted, is_typing=is_typing)
        if plan.suggested:
            plan = _counted(plan, moment)
        if is_kept:
            cache.set(key, plan, KEPT_SECONDS)
    return cast("planning.Plan", plan)


def _counted(plan: planning.Plan, moment: datetime.datetime) -> planning.Plan:
    """How many products the likelier spelling would find; without any it is not offered."""
    other = planning.plan(parsing.read(plan.suggested, plan.language))
    count = len(ranking.hits(other, moment=moment))
    return dataclasses.replace(plan, suggested_count=count)


def popular(*, moment: datetime.datetime, limit: int, language: str = "") -> list[int]:
    """The ids of the products that are bought and liked most; one statement."""
    documents = SearchDocument.objects.filter(
        language=language or languages.active(),
        is_available=True,
        published_at__lte=moment,
    )
    rows = documents.order_by("-popularity", "-published_at", "product_id")
    return list(rows.values_list("product_id", flat=True)[:limit])
