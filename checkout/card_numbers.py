"""Numbers of payment cards in free text: never stored, logged or printed (PCI DSS 3.5, SAQ A)."""

import re

# 13 to 19 digits, in groups as people write them.
_CANDIDATE = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){12,18}(?!\d)", re.ASCII)


def is_in(text: str) -> bool:
    """Does `text` hold 13 to 19 digits that can be the number of a card?"""
    return any(_has_check_digit(_digits(found[0])) for found in _CANDIDATE.finditer(text))


def masked(text: str) -> str:
    """`text` with all but the last four digits of such numbers made unreadable."""

    def mask(found: re.Match[str]) -> str:
        digits = _digits(found[0])
        return f"{'•' * 8}{digits[-4:]}" if _has_check_digit(digits) else found[0]

    return _CANDIDATE.sub(mask, text)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _has_check_digit(digits: str) -> bool:
    """The check of ISO/IEC 7812-1, annex B (Luhn); zeros alone are no card."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and digits.strip("0") != ""
