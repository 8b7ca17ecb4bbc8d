"""Ranks what a plan finds, in one statement; the formula stands in docs/algorithms/search.md."""

import dataclasses
import datetime
from collections.abc import Iterator
from typing import Any

from django.db import connection

from catalog.search import lexicon, planning
from catalog.search.correcting import quoted

MOST = 2000
# What a hit in D, C, B, A is worth: text, facts, kind, name.
WEIGHTS = "{0.2, 0.4, 0.7, 1.0}"
NAME_LENGTH, LENGTH = 0.15, 0.08
EXACT, WHOLE_NAME, PHRASE, NEARNESS = 0.12, 0.5, 0.1, 0.15
# How hard a product is hit that lacks words of the search.
LACKING = 0.6
POPULARITY, SOLD_OUT = 0.15, 0.85
# From here on a product is looked at before others, where too many match.
POPULAR = 0.3
POPULAR_ONES = f" AND d.popularity >= {POPULAR}"
# How the index marks stems of names, and words of names and kinds as they are written.
NAME, EXACTLY = "~", "="
# Of products that lack words, those are left out that have less than this share of what the best
# ones have.
COVERED = 0.5


@dataclasses.dataclass(frozen=True, slots=True)
class Hit:
    product_id: int
    score: float
    coverage: float


def hits(
    plan: planning.Plan, *, moment: datetime.datetime, most: int = MOST, is_typing: bool = False
) -> list[Hit]:
    """The live products that a plan finds, the best first, at most `most`; one statement.

    Products with all words stand beside those with the rarest ones: what lacks a word loses by the
    weight of that word. `is_typing`: only products with all words, in names and kinds.
    """
    if plan.is_empty:
        return []
    sql, values = _Statement(plan, moment, most, is_typing).build()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = [Hit(*row) for row in cursor.fetchall()]
    wanted = COVERED * max((one.coverage for one in found), default=0.0)
    return [one for one in found if one.coverage >= wanted]


class _Statement:
    """Builds the statement: texts of ours in the SQL, everything of the shopper's as values."""

    def __init__(
        self, plan: planning.Plan, moment: datetime.datetime, most: int, is_typing: bool
    ) -> None:
        self.plan, self.most, self.is_typing = plan, most, is_typing
        self.corpus = lexicon.corpus(plan.language)
        self.values: dict[str, Any] = {
            "language": plan.language,
            "moment": moment,
            "weights": WEIGHTS,
            "phrase": f" {plan.phrase} ",
            "name_length": max(self.corpus.name_length, 1.0),
            "length": max(self.corpus.length, 1.0),
        }

    def build(self) -> tuple[str, dict[str, Any]]:
        """OFFSET 0 keeps grades as values: pasted into the score each would be asked four times."""
        parts = self.plan.parts
        grades = ", ".join(f"{self._grade(part)} AS g{place}" for place, part in enumerate(parts))
        sql = (
            "SELECT product_id, score::float8, coverage::float8 FROM ("  # noqa: S608 - texts of this file
            f"SELECT product_id, published_at, {self._score()} AS score,"
            f" {self._coverage()} AS coverage FROM ("
            f"SELECT hit.*{', ' + grades if grades else ''} FROM ({self._found()}) hit OFFSET 0"
            ") graded) scored"
            f" ORDER BY score DESC, published_at DESC, product_id LIMIT {self.most}"
        )
        return sql, self.values

    def _value(self, value: Any) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f"%({name})s"

    def _query(self, text: str) -> str:
        return f"{self._value(text)}::tsquery"

    def _found(self) -> str:
        """At most so many documents, one group after the other until there are enough."""
        if not self.plan.parts:
            return self._documents("true", order="popularity DESC, price, d.id")
        groups: list[str] = []
        before = ""
        for query, condition in self._groups():
            wanted = self._query(query)
            groups.append(self._documents(f"d.vector @@ {wanted}{condition}{before}"))
            if condition != POPULAR_ONES:
                before += f" AND NOT d.vector @@ {wanted}"
        if len(groups) == 1:
            return groups[0]
        return f"({') UNION ALL ('.join(groups)}) LIMIT {self.most}"

    def _groups(self) -> Iterator[tuple[str, str]]:
        """Products with every word, then those with one of the rarest words; of many, the popular
        ones and those that have the words in their names first."""
        parts = self.plan.parts
        if self.is_typing:
            yield " & ".join(_query_of(part, NAME, EXACTLY) for part in parts), ""
            return
        if min(part.documents for part in parts) > self.most:
            names = " & ".join(_query_of(part, NAME) for part in parts)
            yield names, POPULAR_ONES
            yield names, f" AND d.popularity < {POPULAR}"
        yield " & ".join(_query_of(part) for part in parts), ""
        if len(parts) > 1:
            essential = _essential(parts, self.most)
            if sum(part.documents for part in essential) > self.most:
                yield " | ".join(_query_of(part, NAME) for part in essential), ""
            yield " | ".join(_query_of(part) for part in essential), ""

    def _documents(self, condition: str, *, order: str = "") -> str:
        prices = ""
        if self.plan.low is not None:
            prices += f" AND d.price >= {self._value(self.plan.low)}"
        if self.plan.high is not None:
            prices += f" AND d.price <= {self._value(self.plan.high)}"
        return (
            "SELECT d.product_id, d.vector, d.name, d.name_length, d.length, d.popularity,"  # noqa: S608
            " d.is_available, d.price, d.published_at FROM catalog_searchdocument d"
            f" WHERE d.language = '{self.plan.language}' AND {condition}{prices}"
            " AND d.published_at <= %(moment)s"
            f"{' ORDER BY ' + order if order else ''} LIMIT {self.most}"
        )

    def _grade(self, part: planning.Part) -> str:
        """How well a word is found, from 0 to 1: its best way."""
        ways = []
        for way in part.ways:
            ranks = [
                f"ts_rank(%(weights)s::real[], vector,"
                f" {self._query(quoted(stem, is_beginning=way.is_beginning))})"
                for stem in way.stems
            ]
            rank = ranks[0] if len(ranks) == 1 else f"least({', '.join(ranks)})"
            if way.has_head:
                rank = f"CASE WHEN {rank} > 0 THEN 0.7 * {ranks[-1]} + 0.3 * {rank} ELSE 0 END"
            ways.append(f"{way.worth:.3f} * {rank}")
        return ways[0] if len(ways) == 1 else f"greatest({', '.join(ways)})"

    def _shares(self) -> list[float]:
        total = sum(part.rarity for part in self.plan.parts) or 1.0
        return [part.rarity / total for part in self.plan.parts]

    def _coverage(self) -> str:
        terms = [
            f"CASE WHEN g{place} > 0 THEN {share:.5f} ELSE 0 END"
            for place, share in enumerate(self._shares())
        ]
        return f"({' + '.join(terms)})" if terms else "1.0"

    def _score(self) -> str:
        popular = (
            f"(1 + {POPULARITY} * popularity) * CASE WHEN is_available THEN 1 ELSE {SOLD_OUT} END"
        )
        if not self.plan.parts:
            return popular
        found = " + ".join(f"{share:.5f} * g{place}" for place, share in enumerate(self._shares()))
        length = (
            f"(1 + {NAME_LENGTH} * greatest(-1, ln(name_length / %(name_length)s))"
            f" + {LENGTH} * greatest(-1, ln(greatest(length, 1) / %(length)s)))"
        )
        covered = f"power({self._coverage()}, {LACKING})"
        return f"((({found}) / {length} + {self._bonus()}) * {covered}) * {popular}"

    def _bonus(self) -> str:
        """For words that stand in the name just so, for the whole name, for words side by side."""
        exact = " + ".join(
            f"{share:.5f} * ts_rank(%(weights)s::real[], vector,"
            f" {self._query(quoted(EXACTLY + part.folded))})"
            for share, part in zip(self._shares(), self.plan.parts, strict=True)
        )
        bonus = (
            f"{EXACT} * ({exact}) + CASE WHEN name = %(phrase)s THEN {WHOLE_NAME}"
            f" WHEN position(%(phrase)s IN name) > 0 THEN {PHRASE} ELSE 0 END"
        )
        if len(self.plan.parts) > 1:
            together = " & ".join(quoted(part.ways[0].stems[0]) for part in self.plan.parts)
            bonus += (
                f" + {NEARNESS} * ts_rank_cd(%(weights)s::real[], vector,"
                f" {self._query(together)}, 32)"
            )
        return bonus


def _query_of(part: planning.Part, *marks: str) -> str:
    """What finds a word; with marks, only in names or as it is written in names and kinds."""
    ways = [
        " & ".join(quoted(mark + stem, is_beginning=way.is_beginning) for stem in way.stems)
        for way in part.ways
        for mark in marks or ("",)
    ]
    return "(" + " | ".join(f"({way})" for way in ways) + ")"


def _essential(parts: tuple[planning.Part, ...], most: int) -> list[planning.Part]:
    """The rarest words, as many as stand in `most` products together: what has none of them has
    only common words and stands below."""
    chosen: list[planning.Part] = []
    total = 0
    for part in sorted(parts, key=lambda one: -one.rarity):
        total += part.documents
        if chosen and total > most:
            break
        chosen.append(part)
    return chosen
