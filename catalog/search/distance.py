"""How far a typed word is from a known one: edits, weighed by how easily fingers make them."""

import itertools
from collections.abc import Sequence

_ROWS = ("qwertzuiop", "asdfghjkl", "yxcvbnm", "qwertyuiop", "zxcvbnm")
_BESIDE = {frozenset(pair) for row in _ROWS for pair in itertools.pairwise(row)} | {
    frozenset(pair)
    for upper, lower in (("qwertzuiop", "asdfghjkl"), ("asdfghjkl", "yxcvbnm"))
    for shift in (0, 1)
    for pair in zip(upper[shift:], lower, strict=False)
}
_VOWELS = frozenset("aeiou")
TOO_FAR = 9.0


def cost(typed: str, known: str, *, most: float) -> float:
    """The cheapest way from `known` to `typed`; `TOO_FAR` when it costs more than `most`.

    Two letters swapped, a neighbouring key, a doubled letter and a wrong vowel are cheap;
    the first letter is seldom wrong.
    """
    if abs(len(typed) - len(known)) > most + 1:
        return TOO_FAR
    before: Sequence[float] = []
    row = [_first_insertions(typed, place) for place in range(len(typed) + 1)]
    for down, letter in enumerate(known, start=1):
        two_before, before = before, row
        row = [before[0] + _dropped(known, down - 1)]
        for right, other in enumerate(typed, start=1):
            same = letter == other
            best = min(
                before[right - 1] + (0.0 if same else _replaced(letter, other, down, right)),
                before[right] + _dropped(known, down - 1),
                row[right - 1] + _added(typed, right - 1),
            )
            if down > 1 and right > 1 and letter == typed[right - 2] and known[down - 2] == other:
                best = min(best, two_before[right - 2] + 0.75)
            row.append(best)
        if min(row) > most:
            return TOO_FAR
    return row[-1] if row[-1] <= most else TOO_FAR


def _first_insertions(typed: str, place: int) -> float:
    return sum(_added(typed, one) for one in range(place))


def _dropped(known: str, place: int) -> float:
    if place and known[place] == known[place - 1]:
        return 0.7
    return 1.3 if place == 0 else 0.9


def _added(typed: str, place: int) -> float:
    if place and typed[place] == typed[place - 1]:
        return 0.7
    return 1.3 if place == 0 else 0.95


def _replaced(letter: str, other: str, down: int, right: int) -> float:
    if down == 1 and right == 1:
        return 1.3
    if frozenset((letter, other)) in _BESIDE:
        return 0.85
    return 0.85 if letter in _VOWELS and other in _VOWELS else 1.0
