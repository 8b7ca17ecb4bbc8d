"""What staff said shoppers mean, and where a search leads at once."""

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence

from catalog.models import SearchRedirect, Synonym
from catalog.search import parsing
from catalog.search_index import folding, vocabulary

Phrase = tuple[str, ...]
LONGEST_PHRASE = 4


def redirect_for(text: str, language: str) -> str:
    """The path to which staff send this search; empty for most."""
    return _kept(language).redirects.get(folding.key(text, language), "")


def meanings(words: Sequence[str], language: str) -> dict[tuple[int, int], list[Phrase]]:
    """For stretches (start, end) of the folded words: the phrases that mean the same."""
    known = _kept(language).phrases
    found: dict[tuple[int, int], list[Phrase]] = {}
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + LONGEST_PHRASE) + 1):
            same = known.get(tuple(words[start:end]))
            if same:
                found[start, end] = same
    return found


class _Kept:
    """All synonyms and redirects of a language; some thousands at most."""

    def __init__(self, language: str) -> None:
        self.phrases: dict[Phrase, list[Phrase]] = defaultdict(list)
        for row in Synonym.objects.filter(language=language).order_by("pk"):
            words, meanings = phrases(row.words, language), phrases(row.meanings, language)
            self._add(words, meanings)
            if row.is_two_way:
                self._add(meanings, words)
        self.redirects: Mapping[str, str] = dict(
            SearchRedirect.objects.filter(language=language).values_list("key", "path")
        )

    def _add(self, words: list[Phrase], meanings: list[Phrase]) -> None:
        for word in words:
            self.phrases[word] += [one for one in meanings if one != word]


def phrases(text: str, language: str) -> list[Phrase]:
    """The folded phrases of a list with commas."""
    found = [parsing.read(part, language).words for part in text.split(",")]
    return [tuple(word.folded for word in words) for words in found if words]


def _kept(language: str) -> _Kept:
    generation = vocabulary.generation()
    return _by_generation(language, generation) if generation else _Kept(language)


@functools.lru_cache(maxsize=4)
def _by_generation(language: str, _generation: str) -> _Kept:
    return _Kept(language)
