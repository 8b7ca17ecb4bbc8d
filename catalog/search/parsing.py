"""What a shopper wrote: words, and a price range in words such as "under 20 euros"."""

import dataclasses
import re
from decimal import Decimal

from catalog.search_index import folding

LONGEST = 100
MOST_WORDS = 12

_AMOUNT = r"(?P<{}>\d{{1,6}}(?:[.,]\d{{1,2}})?)"
_CURRENCY = r"\s*(?:€|euros?\b|eur\b)"
_BELOW = (
    r"(?:unter|bis(?: zu)?|höchstens|max(?:imal)?\.?|weniger als|günstiger als"
    r"|under|below|up to|less than|cheaper than|at most)"
)
_ABOVE = r"(?:über|ab|mindestens|mehr als|over|above|from|more than|at least)"
_PATTERNS = [
    re.compile(
        rf"(?:\b(?:zwischen|von|between|from)\s+)?(?:€\s*)?{_AMOUNT.format('low')}(?:{_CURRENCY})?"
        rf"\s*(?:-|–|\bbis\b|\bund\b|\band\b|\bto\b)\s*(?:€\s*)?{_AMOUNT.format('high')}{_CURRENCY}"
    ),
    re.compile(
        rf"\b{_BELOW}\s+(?:{_AMOUNT.format('high')}{_CURRENCY}|€\s*{_AMOUNT.format('high2')})"
    ),
    re.compile(rf"\b(?:unter|under|below)\s+{_AMOUNT.format('high')}\s*$"),
    re.compile(
        rf"\b{_ABOVE}\s+(?:{_AMOUNT.format('low')}{_CURRENCY}|€\s*{_AMOUNT.format('low2')})"
    ),
]


@dataclasses.dataclass(frozen=True, slots=True)
class Word:
    """A word as it was written, in lower case, and folded."""

    shown: str
    folded: str


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """A search, read. `text` is clean and at most 100 characters long."""

    text: str
    language: str
    words: tuple[Word, ...]
    low: Decimal | None = None
    high: Decimal | None = None


def read(text: str, language: str) -> Wanted:
    """Words that say nothing are left out, unless there are no others."""
    clean = cleaned(text)
    low, high, rest = _prices(folding.lowered(clean))
    found = [Word(word, folding.fold(word, language)) for word in folding.words(rest)]
    found = [word for word in found if word.folded]
    meaning = [word for word in found if word.folded not in folding.STOPWORDS[language]]
    return Wanted(clean, language, tuple((meaning or found)[:MOST_WORDS]), low, high)


def cleaned(text: str) -> str:
    """One line without signs that cannot be stored, at most `LONGEST` characters."""
    return " ".join(text.replace("\x00", " ").split())[:LONGEST].strip()


def _prices(text: str) -> tuple[Decimal | None, Decimal | None, str]:
    low = high = None
    for pattern in _PATTERNS:
        found = pattern.search(text)
        if found is None:
            continue
        groups = found.groupdict()
        given_low = groups.get("low") or groups.get("low2")
        given_high = groups.get("high") or groups.get("high2")
        low = _amount(given_low) if given_low else low
        high = _amount(given_high) if given_high else high
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return low, high, text


def _amount(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
