"""Numbers of payment cards in free text: never stored, logged or printed (PCI DSS 3.5, SAQ A)."""

import re
from collections.abc import Iterator

_GROUP = re.compile(r"\d+", re.ASCII)
_BETWEEN = re.compile(r"[ .\-]?")
_LEAST, _MOST = 13, 19


def is_in(text: str) -> bool:
    """Does `text` hold what can be the number of a card: 13 to 19 digits, the last one a check?"""
    return next(_spans(text), None) is not None


def masked(text: str) -> str:
    """`text` with all but the last four digits of such numbers made unreadable."""
    while found := next(_spans(text), None):
        start, end = found
        text = f"{text[:start]}{'•' * 8}{re.sub(r'\D', '', text[start:end])[-4:]}{text[end:]}"
    return text


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where numbers stand: groups of digits side by side, as people write them."""
    groups = list(_GROUP.finditer(text))
    for place, first in enumerate(groups):
        digits, end = "", first.start()
        for group in groups[place:]:
            if digits and not _BETWEEN.fullmatch(text, end, group.start()):
                break
            digits, end = digits + group[0], group.end()
            if len(digits) > _MOST:
                break
            if len(digits) >= _LEAST and _has_check_digit(digits):
                yield first.start(), end


def _has_check_digit(digits: str) -> bool:
    """The check of ISO/IEC 7812-1, annex B (Luhn); zeros alone are no card."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and digits.strip("0") != ""
