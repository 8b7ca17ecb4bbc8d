"""Splits German compounds into words of the catalogue: Tischleuchte is a Leuchte for the Tisch."""

from collections.abc import Collection, Iterator

LINKS = ("", "s", "es", "n", "en", "er", "e", "ns", "ens")
ENDINGS = ("", "e", "n", "en", "er", "ern", "s", "es", "em")
SHORTEST = 3
SURE = 5
LONGEST = 40


class Splitter:
    """Splits by one list of `known` words, and remembers: texts say the same words again."""

    def __init__(self, known: Collection[str]) -> None:
        self.known = known
        self._remembered: dict[str, list[str]] = {}

    def split(self, word: str) -> list[str]:
        parts = self._remembered.get(word)
        if parts is None:
            parts = self._remembered[word] = split(word, self.known)
        return parts


def split(word: str, known: Collection[str]) -> list[str]:
    """The parts of `word`, the head last; empty when it is no compound of `known` words.

    Of several ways to split, the one with the fewest and then the longest head is taken. Of a word
    whose beginning is not known, like Stehleuchte, the head alone, if it is long enough to be sure.
    """
    if not 2 * SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return []
    return min(
        _splits(word, known, depth=3),
        key=lambda parts: (len(parts), -len(parts[-1])),
        default=_head_alone(word, known),
    )


def _head_alone(word: str, known: Collection[str]) -> list[str]:
    for place in range(SHORTEST, len(word) - SURE + 1):
        head = base(word[place:], known)
        if len(head) >= SURE:
            return [head]
    return []


def _splits(word: str, known: Collection[str], *, depth: int) -> Iterator[list[str]]:
    for place in range(len(word) - SHORTEST, SHORTEST - 1, -1):
        first = _first(word[:place], known)
        if not first:
            continue
        rest = word[place:]
        head = base(rest, known)
        if head:
            yield [first, head]
        elif depth > 2:
            for parts in _splits(rest, known, depth=depth - 1):
                yield [first, *parts]


def _first(part: str, known: Collection[str]) -> str:
    """The word that a first part stands for: `bilder` is `bild`, `arbeits` is `arbeit`."""
    for link in LINKS:
        stem = part.removesuffix(link) if link and part.endswith(link) else part
        if link and stem == part:
            continue
        if len(stem) >= SHORTEST and stem in known:
            return stem
        if len(stem) >= SHORTEST and stem + "e" in known:  # Kirschbaum, Wolldecke
            return stem + "e"
    return ""


def base(part: str, known: Collection[str]) -> str:
    """The known word of which `part` is a form: `tucher` is `tuch`; empty when there is none."""
    for ending in ENDINGS:
        stem = part.removesuffix(ending) if ending and part.endswith(ending) else part
        if ending and stem == part:
            continue
        if len(stem) >= SHORTEST and stem in known:
            return stem
    return ""


def pieces(word: str) -> set[str]:
    """Every text that `split` may ask for."""
    found: set[str] = set()
    if len(word) > LONGEST:
        return found
    for start in range(len(word)):
        for end in range(start + SHORTEST, len(word) + 1):
            found |= {word[start:end], word[start:end] + "e"}
    return found
