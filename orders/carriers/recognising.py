"""Whose number is it? Rules and table: docs/algorithms/carriers.md."""

import dataclasses
import enum
import re

from orders.carriers import formats

_CLEAR_LEAD = 20  # so many points before the next one make a guess likely
_CERTAIN_FROM = 90
_FOREIGN = 25  # taken off where the carrier does not deliver


class Certainty(enum.StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclasses.dataclass(frozen=True, slots=True)
class Recognised:
    """`carrier` is the best guess, empty when several are as good; `candidates` best first."""

    number: str
    certainty: Certainty
    carrier: str
    candidates: tuple[str, ...]


def cleaned(text: str) -> str:
    """A number as it is stored: capital letters and digits, without blanks, dots and hyphens."""
    return re.sub(r"[\s.\-]+", "", text).upper()


def recognise(text: str, *, country: str = "") -> Recognised:
    """The carrier of a tracking number for a parcel to `country` (empty: not known).

    Pure. Numbers with a wrong check digit belong to no carrier whose numbers have one.
    """
    number = cleaned(text)
    scores: dict[str, int] = {}
    for one in formats.FORMATS:
        if _fits(one, number):
            points = one.points - (_FOREIGN if _is_foreign(one.carrier, country) else 0)
            scores[one.carrier] = max(points, scores.get(one.carrier, 0))
    ranked = sorted(scores, key=lambda code: (-scores[code], code))
    return _judged(number, ranked, scores)


def _fits(one: formats.Format, number: str) -> bool:
    # Only ASCII: other digits look alike and would be followed nowhere.
    if not number.isascii() or not one.pattern.fullmatch(number):
        return False
    return one.check is None or one.check(number)


def _is_foreign(code: str, country: str) -> bool:
    countries = formats.CARRIERS[code].countries
    return bool(country and countries and country not in countries)


def _judged(number: str, ranked: list[str], scores: dict[str, int]) -> Recognised:
    if not ranked:
        return Recognised(number, Certainty.UNKNOWN, "", ())
    best = scores[ranked[0]]
    lead = best - (scores[ranked[1]] if len(ranked) > 1 else 0)
    if lead < _CLEAR_LEAD:
        return Recognised(number, Certainty.AMBIGUOUS, "", tuple(ranked))
    certainty = Certainty.CERTAIN if best >= _CERTAIN_FROM else Certainty.LIKELY
    return Recognised(number, certainty, ranked[0], tuple(ranked))


def named(carrier: str, number: str, *, country: str = "") -> tuple[str, str, str]:
    """Code, name and number of a parcel as they are stored.

    `carrier` is a code or what staff typed; empty: the carrier that the number belongs to, if only
    one does.
    """
    code = formats.code_of(carrier)
    if not code and not carrier.strip():
        code = recognise(number, country=country).carrier
    name = formats.name_of(code) or carrier.strip()
    return code, name, cleaned(number) if code else number.strip()
