"""Corrects misspelt words from the vocabulary of the catalogue, in the light of the other words."""

import dataclasses
import math
from collections.abc import Sequence

from django.db import connection

from catalog.search import distance
from catalog.search_index import folding, vocabulary

MOST = 3
_COUNTED = 12
_ENOUGH = 200
# What an edit costs against frequency: a word must be e^4.5 = 90 times as common to be worth one.
EDIT = 4.5
# Key by key: for all keys at once PostgreSQL reads the whole table rather than the index.
_NEAR = """
(SELECT DISTINCT w.word, w.shown, w.stem, w.frequency, w.in_names, w.documents
 FROM unnest(%(deletes)s::int[]) AS k(key)
 CROSS JOIN LATERAL (
     SELECT * FROM catalog_searchword s
     WHERE s.deletes @> ARRAY[k.key] AND s.language = %(language)s) w
 ORDER BY w.frequency DESC LIMIT 400)
"""
_BEGINNING = """
UNION
(SELECT word, shown, stem, frequency, in_names, documents FROM catalog_searchword
 WHERE language = %(language)s AND word LIKE %(beginning)s
 ORDER BY frequency DESC LIMIT 40)
"""
_ALIKE = """
SELECT word, shown, stem, frequency, in_names, documents FROM catalog_searchword
WHERE language = %(language)s AND word %% %(word)s AND deletes <> '{}'
ORDER BY similarity(word, %(word)s) DESC LIMIT 20
"""
_TOGETHER = """
SELECT t.stem, (SELECT count(*) FROM (
    SELECT FROM catalog_searchdocument d
    WHERE d.language = %s AND d.vector @@ t.query::tsquery LIMIT %s) found)
FROM unnest(%s::text[], %s::text[]) AS t(stem, query)
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may be meant. The higher `score`, the likelier."""

    word: str
    shown: str
    stem: str
    documents: int
    score: float
    together: int = 0


def candidates(
    word: str, *, language: str, others: Sequence[str], is_last: bool, has_sense: bool = False
) -> list[Candidate]:
    """The likeliest words for a misspelt one, at most three, the best first.

    `others` are the stems of the rest of the search: what stands together with them in products is
    likelier. `is_last`: the word may be unfinished. `has_sense`: it may be a word of its own, and
    more than one edit is too far. Numbers and words of one or two letters are never corrected.
    """
    if folding.has_digit(word) or len(word) < 3:
        return []
    near = _near(word, language, is_last, most=1.0 if has_sense else 0.0)
    near = sorted(near, key=lambda one: -one.score)[:_COUNTED]
    if others and near:
        near = _weighed(near, language, others)
    if not near:
        return []
    best = near[0].score
    return [one for one in near[:MOST] if one.score > best - 1.6 and one.stem]


def _near(word: str, language: str, is_last: bool, *, most: float) -> list[Candidate]:
    most = most or (1.3 if vocabulary.edits(word) == 1 else 2.1)
    sql = _NEAR + (_BEGINNING if is_last else "")
    keys = folding.delete_keys(word, vocabulary.edits(word))
    with connection.cursor() as cursor:
        cursor.execute(sql, {"language": language, "deletes": keys, "beginning": f"{word}%"})
        rows = cursor.fetchall()
        found = [_candidate(word, row, most, is_last) for row in rows]
        found = [one for one in found if one is not None]
        if not found and len(word) >= 7 and most > 1.3:
            cursor.execute(_ALIKE, {"language": language, "word": word})
            found = [_candidate(word, row, 3.1, False) for row in cursor.fetchall()]
    return [one for one in found if one is not None]


def _candidate(
    typed: str, row: tuple[str, str, str, int, int, int], most: float, is_last: bool
) -> Candidate | None:
    word, shown, stem, frequency, in_names, documents = row
    if word == typed:
        return None
    price = distance.cost(typed, word, most=most)
    if is_last and word.startswith(typed):
        price = min(price, 0.5 + 0.12 * (len(word) - len(typed)))
    if price >= distance.TOO_FAR:
        return None
    score = math.log1p(frequency + 2 * in_names) - EDIT * price
    return Candidate(word, shown, stem, documents, score)


def _weighed(near: list[Candidate], language: str, others: Sequence[str]) -> list[Candidate]:
    """The candidates, with those ahead that stand in products beside the other words."""
    rest = " & ".join(quoted(stem) for stem in others)
    stems = sorted({one.stem for one in near if one.stem})
    queries = [f"{quoted(stem)} & {rest}" for stem in stems]
    with connection.cursor() as cursor:
        cursor.execute(_TOGETHER, [language, _ENOUGH, stems, queries])
        together = dict(cursor.fetchall())
    weighed = [
        dataclasses.replace(
            one,
            score=one.score + 1.5 * math.log1p(together.get(one.stem, 0)),
            together=together.get(one.stem, 0),
        )
        for one in near
    ]
    return sorted(weighed, key=lambda one: -one.score)


def quoted(lexeme: str, *, is_beginning: bool = False) -> str:
    """A lexeme as `tsquery` reads it."""
    plain = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{plain}'" + (":*" if is_beginning else "")
