"""Turns a search into a plan: for each word the stems that will do, and how much each is worth."""

import dataclasses
import itertools
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from catalog.search import correcting, lexicon, parsing, synonyms
from catalog.search_index import compounds, folding

WORTH = {
    "typed": 1.0,
    "joined": 0.9,
    "parts": 0.6,
    "parts of an unknown word": 0.9,
    "head": 0.35,
    "synonym": 0.8,
    "beginning": 0.35,
    "corrected": 0.9,
}
FEW = 3
# So few letters begin too many words to look for all of them: the most usual ones will do.
FEW_LETTERS, USUAL_WORDS = 3, 6
# What other ways are worth beside a correction.
LESS = 0.6
# Below this size every word is rare; a rare word says nothing about its spelling.
LARGE = 500


@dataclasses.dataclass(frozen=True, slots=True)
class Way:
    """Stems that stand for a word only all together, and what finding them is worth, up to 1."""

    stems: tuple[str, ...]
    worth: float
    is_beginning: bool = False
    # The last stem is the head of a compound: it says what the thing is.
    has_head: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A word of a search. `rarity` is its weight; `folded` as it would stand in a name."""

    folded: str
    documents: int
    rarity: float
    ways: tuple[Way, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """All that ranking wants to know; kept in the cache for some minutes.

    `corrected`: the search as it was understood, where an unknown word was replaced.
    `suggested`: a likelier spelling of a search whose words are all known.
    """

    language: str
    parts: tuple[Part, ...]
    phrase: str
    low: Decimal | None
    high: Decimal | None
    corrected: str = ""
    suggested: str = ""
    suggested_count: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.parts and self.low is None and self.high is None


def plan(wanted: parsing.Wanted, *, is_typing: bool = False) -> Plan:
    """Read the words of `wanted` in the light of the vocabulary.

    `is_typing`: the last word is not finished, everything that begins so will do.
    """
    return _Planner(wanted, is_typing).plan()


class _Planner:
    """One search on its way to a plan; two or three statements, more for unknown words."""

    def __init__(self, wanted: parsing.Wanted, is_typing: bool) -> None:
        self.wanted, self.language, self.is_typing = wanted, wanted.language, is_typing
        self.words = [word.folded for word in wanted.words]
        self.corpus = lexicon.corpus(self.language)
        self.meanings = synonyms.meanings(self.words, self.language)
        self.entries = lexicon.entries(self._all_words(), self.language)
        self.splits = self._splits()
        self.shown: dict[int, str] = {}
        self.suggested: dict[int, str] = {}

    def plan(self) -> Plan:
        parts = [self._part(place) for place in range(len(self.words))]
        return Plan(
            language=self.language,
            parts=tuple(part for part in parts if part.ways),
            phrase=" ".join(self.shown_folded()),
            low=self.wanted.low,
            high=self.wanted.high,
            corrected=self._text(self.shown) if self.shown else "",
            suggested=self._text(self.suggested) if self.suggested and not self.shown else "",
        )

    def shown_folded(self) -> list[str]:
        return [
            folding.fold(self.shown.get(place, word), self.language)
            for place, word in enumerate(self.words)
        ]

    def _text(self, replaced: dict[int, str]) -> str:
        """The whole search with other words in place of some, its price range included."""
        text = folding.lowered(self.wanted.text)
        for place, word in replaced.items():
            typed = re.escape(self.wanted.words[place].shown)
            text = re.sub(rf"\b{typed}\b", word.replace("\\", r"\\"), text, count=1)
        return text

    def _splits(self) -> dict[str, list[str]]:
        """The parts of compounds; in English only of words that are written together by slip."""
        words = [
            word
            for word in set(self.words)
            if self.language == "de" or not self._entry(word).documents
        ]
        pieces = {piece for word in words for piece in compounds.pieces(word)}
        if not pieces:
            return {}
        known = lexicon.known(pieces, self.language)
        found = {word: compounds.split(word, known - {word}) for word in words}
        parts = {part for parts in found.values() for part in parts}
        self.entries |= lexicon.entries(parts - set(self.entries), self.language)
        return {word: parts for word, parts in found.items() if parts}

    def _entry(self, word: str) -> lexicon.Entry:
        return self.entries.get(word) or lexicon.Entry(word, word, 0, 0, 0, word)

    def _all_words(self) -> Iterable[str]:
        yield from self.words
        for word in self.words:
            yield from folding.mixed_parts(word)
        for first, second in itertools.pairwise(self.words):
            yield from self._joined(first, second)
        for phrases in self.meanings.values():
            for phrase in phrases:
                yield from phrase

    def _part(self, place: int) -> Part:
        word = self.words[place]
        entry = self._entry(word)
        ways = self._known_ways(place, entry)
        kinds = [] if ways or entry.documents else self._kinds(word)
        is_known = entry.documents > 0 or (bool(ways) and word not in self.splits)
        is_doubtful = entry.documents <= FEW and self.corpus.documents >= LARGE
        if not is_known or (is_doubtful and not self.is_typing):
            has_sense = bool(ways or kinds)
            corrected = self._corrections(place, entry, is_known=is_known, has_sense=has_sense)
            if corrected and not is_known:
                ways = [dataclasses.replace(way, worth=way.worth * LESS) for way in ways]
            ways = corrected + ways
        ways += kinds
        ways = _best(way for way in ways if all(way.stems))
        counts = [count for way in ways if (count := self._documents(way))]
        documents = entry.documents or max(counts, default=0)
        return Part(word, documents, self.corpus.rarity(documents), tuple(ways[:10]))

    def _known_ways(self, place: int, entry: lexicon.Entry) -> list[Way]:
        word = entry.word
        ways = [Way((entry.stem,), WORTH["typed"])] if entry.documents else []
        if mixed := folding.mixed_parts(word):
            ways.append(self._way(mixed, "joined"))
        for pair in self.words[max(0, place - 1) : place + 1], self.words[place : place + 2]:
            for joined in self._joined(*pair) if len(pair) == 2 else ():
                ways.append(self._way([joined], "joined"))
        if word in self.splits and (self.language == "de" or not entry.documents):
            parts = self.splits[word]
            is_whole = len(parts) > 1 and not entry.documents
            ways.append(self._way(parts, "parts of an unknown word" if is_whole else "parts"))
            if self.language == "de":
                ways.append(self._way(parts[-1:], "head"))
        for (start, end), phrases in self.meanings.items():
            if start <= place < end:
                ways += [self._way(phrase, "synonym") for phrase in phrases]
        if self._may_be_unfinished(place, entry):
            ways += self._unfinished_ways(entry)
        return [way for way in ways if way.is_beginning or self._documents(way)]

    def _joined(self, first: str, second: str) -> list[str]:
        """Two words in one; in German also "Leuchte Tisch", a Tischleuchte."""
        return [first + second, second + first] if self.language == "de" else [first + second]

    def _may_be_unfinished(self, place: int, entry: lexicon.Entry) -> bool:
        is_last = place == len(self.words) - 1
        if not is_last or len(entry.word) < 2:
            return False
        return self.is_typing or (0 < entry.documents <= FEW and len(entry.word) >= 3)

    def _unfinished_ways(self, entry: lexicon.Entry) -> list[Way]:
        """What begins so; of very few letters only the words that stand in most names.

        Reading all that begins with two letters would cost the more, the more goods there are.
        """
        all_of_them = [Way((entry.stem or entry.word,), WORTH["beginning"], is_beginning=True)]
        if not self.is_typing or len(entry.word) > FEW_LETTERS:
            return all_of_them
        usual = lexicon.beginning_with(entry.word, self.language, most=USUAL_WORDS + 1)
        if len(usual) <= USUAL_WORDS:
            return all_of_them
        found = lexicon.entries(usual[:USUAL_WORDS], self.language)
        self.entries |= found
        stems = dict.fromkeys(one.stem for one in found.values())
        return [Way((stem,), WORTH["beginning"]) for stem in stems]

    def _way(self, words: Sequence[str], kind: str) -> Way:
        stems = tuple(self.entries[word].stem for word in words if word in self.entries)
        has_head = kind.startswith("parts") and len(stems) > 1
        return Way(tuple(stem for stem in stems if stem), WORTH[kind], has_head=has_head)

    def _documents(self, way: Way) -> int:
        """In how many products the rarest stem of this way stands, as far as it is known."""
        by_stem = {one.stem: one.documents for one in self.entries.values()}
        return min((by_stem.get(stem, 0) for stem in way.stems), default=0)

    def _kinds(self, word: str) -> list[Way]:
        """In German, the words that end in an unknown one: a Teekanne is a Kanne."""
        if self.language != "de" or len(word) < 4:
            return []
        found = lexicon.entries(lexicon.ending_in(word, self.language), self.language)
        self.entries |= found
        return [Way((one.stem,), WORTH["parts"]) for one in found.values() if one.documents]

    def _corrections(
        self, place: int, entry: lexicon.Entry, *, is_known: bool, has_sense: bool
    ) -> list[Way]:
        others = [
            other.stem
            for at, word in enumerate(self.words)
            if at != place and (other := self.entries.get(word)) and other.documents
        ]
        found = correcting.candidates(
            entry.word,
            language=self.language,
            others=others,
            is_last=place == len(self.words) - 1,
            has_sense=has_sense,
        )
        if is_known:
            found = [one for one in found if one.documents >= 20 * max(1, entry.documents)]
            found = [one for one in found if one.together or not others][:1]
        if not found:
            return []
        (self.suggested if is_known else self.shown)[place] = found[0].shown
        for one in found:
            self.entries[one.word] = lexicon.Entry(
                one.word, one.stem, one.documents, one.documents, 0, one.shown
            )
        return [Way((one.stem,), WORTH["corrected"] * 0.8**rank) for rank, one in enumerate(found)]


def _best(ways: Iterable[Way]) -> list[Way]:
    """Of ways that ask for the same, the one that is worth most."""
    found: dict[tuple[tuple[str, ...], bool], Way] = {}
    for way in ways:
        same = (way.stems, way.is_beginning)
        if same not in found or found[same].worth < way.worth:
            found[same] = way
    return list(found.values())
