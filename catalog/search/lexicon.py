"""What the index knows about words: stems, frequencies, sizes of the catalogue."""

import dataclasses
import functools
import math
from collections.abc import Iterable

from django.db import connection

from catalog.models import SearchCorpus
from catalog.search_index import vocabulary

_ENTRIES = """
SELECT t.word, t.stem, CASE WHEN t.stem = '' THEN 0 ELSE coalesce(w.documents, (
           SELECT max(s.documents) FROM catalog_searchword s
           WHERE s.language = %(language)s AND s.stem = t.stem), 0) END,
       coalesce(w.frequency, 0), coalesce(w.in_names, 0), coalesce(w.shown, t.word)
FROM (SELECT word, coalesce((ts_lexize(%(dictionary)s::regdictionary, word))[1], '') AS stem
      FROM unnest(%(words)s::text[]) word) t
LEFT JOIN catalog_searchword w ON w.language = %(language)s AND w.word = t.word
"""
_KNOWN = """
SELECT word FROM catalog_searchword
WHERE language = %s AND word = ANY(%s) AND deletes <> '{}'
  AND (in_names > 0 OR frequency >= 3 OR language = 'de' AND length(word) >= 5)
"""
_ENDING = """
SELECT word FROM catalog_searchword WHERE language = %s AND word LIKE %s AND deletes <> '{}'
ORDER BY in_names DESC, frequency DESC LIMIT 8
"""
_BEGINNING = """
SELECT word FROM catalog_searchword
WHERE language = %s AND word LIKE %s AND in_names > 0 AND stem <> ''
ORDER BY in_names DESC, frequency DESC, word LIMIT %s
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """A word: in how many documents its stem stands, and the word itself; 0: unknown."""

    word: str
    stem: str
    documents: int
    frequency: int
    in_names: int
    shown: str


@dataclasses.dataclass(frozen=True, slots=True)
class Corpus:
    documents: int
    name_length: float
    length: float

    def rarity(self, documents: int) -> float:
        """The weight of a word that stands in so many documents (BM25's inverse frequency)."""
        found = min(documents, self.documents)
        return math.log(1 + (self.documents - found + 0.5) / (found + 0.5))


def corpus(language: str) -> Corpus:
    """The size of the catalogue in this language, as it was last counted."""
    return _corpus(language, vocabulary.generation())


@functools.lru_cache(maxsize=4)
def _kept_corpus(language: str, _generation: str) -> Corpus:
    row = SearchCorpus.objects.filter(language=language).first()
    return Corpus(row.documents, row.name_length, row.length) if row else Corpus(0, 1.0, 1.0)


def _corpus(language: str, generation: str) -> Corpus:
    return (
        _kept_corpus(language, generation) if generation else _kept_corpus.__wrapped__(language, "")
    )


def entries(words: Iterable[str], language: str) -> dict[str, Entry]:
    """What is known about these folded words, in one statement."""
    wanted = sorted({word for word in words if word})
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            _ENTRIES,
            {
                "language": language,
                "dictionary": vocabulary.DICTIONARIES[language],
                "words": wanted,
            },
        )
        return {row[0]: Entry(*row) for row in cursor.fetchall()}


def known(words: Iterable[str], language: str) -> frozenset[str]:
    """Those of these words of which others may be made: from names and kinds, or not rare."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [language, list(words)])
        return frozenset(word for (word,) in cursor.fetchall())


def ending_in(word: str, language: str) -> list[str]:
    """Known words that end in this one: in German they are kinds of it, at most eight."""
    with connection.cursor() as cursor:
        cursor.execute(_ENDING, [language, f"%_{word}"])
        return [found for (found,) in cursor.fetchall()]


def beginning_with(word: str, language: str, *, most: int) -> list[str]:
    """Words of names that begin with this one, those of most names first."""
    with connection.cursor() as cursor:
        cursor.execute(_BEGINNING, [language, f"{word}%", most])
        return [found for (found,) in cursor.fetchall()]
