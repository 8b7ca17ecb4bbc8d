"""Sets of variants as whole numbers: one bit each, those of one product side by side.

The first variant of the first product is the highest bit, so that a set written in binary reads in
the order of the list. See docs/algorithms/facets.md.
"""

import dataclasses
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

_TO_FLAGS = bytes.maketrans(b"01", b"\x00\x01")


MARK = ord("1")


def blank(width: int) -> bytearray:
    """A set to mark places in, counted from the first variant: `blank(9)[place] = MARK`."""
    return bytearray(b"0") * width


def of_marks(marks: bytes | bytearray | str) -> int:
    """The set of the marked places."""
    return int(marks, 2) if marks else 0


def of_places(places: Iterable[int], width: int) -> int:
    """The set that holds these places."""
    marks = blank(width)
    for place in places:
        marks[place] = MARK
    return of_marks(marks)


def flags(bits: int, width: int) -> bytes:
    """The set as one byte for each place, 0 or 1."""
    return format(bits, f"0{width}b").encode().translate(_TO_FLAGS)


@dataclasses.dataclass(frozen=True, slots=True)
class Runs:
    """Where products begin: `heads` has the bit of the first variant of each, the highest of its
    run; `tails` all others."""

    heads: int
    tails: int
    width: int

    @classmethod
    def of(cls, heads: int, width: int) -> "Runs":
        return cls(heads, ((1 << width) - 1) ^ heads, width)

    def touched(self, bits: int) -> int:
        """The heads of the products of which at least one variant is in the set.

        Below its head a run is all ones; adding them to what the set has there carries into the
        head just when there is something. Carries never leave a run: its head is empty in both.
        """
        tails = self.tails
        return (((bits & tails) + tails) | bits) & self.heads

    def count(self, bits: int) -> int:
        """Of how many products is at least one variant in the set?"""
        return self.touched(bits).bit_count()

    def filled(self, lasts: int) -> int:
        """All variants of the products whose last ones are given.

        A one added to the last bit runs through the ones below the head and ends in the head: what
        it turned to nothing, and that head, are the run.
        """
        carried = self.tails + lasts
        return (carried & self.heads) | (self.tails & ~carried)


@dataclasses.dataclass(frozen=True, slots=True)
class Scale:
    """Numbers of variants, as ranks among those that occur, sliced by binary digit.

    `slices` begins with the highest digit; `has` are the variants with a number at all. A range
    costs two operations a digit, whatever it holds.
    """

    numbers: Sequence[float]
    slices: Sequence[int]
    has: int

    @classmethod
    def of(cls, numbers: Sequence[float | None]) -> "Scale":
        """`numbers` by place; `None` for variants without one."""
        known = sorted({number for number in numbers if number is not None})
        digits = max(1, (len(known) - 1).bit_length())
        words: dict[float | None, str] = {
            number: f"1{rank:0{digits}b}" for rank, number in enumerate(known)
        }
        words[None] = "0" * (digits + 1)
        text = "".join(map(words.__getitem__, numbers))
        planes = [of_marks(text[start :: digits + 1]) for start in range(digits + 1)]
        return cls(numbers=known, slices=planes[1:], has=planes[0])

    def between(self, low: float | None, high: float | None) -> int:
        """The variants whose number is from `low` to `high`, both included; `None` is open."""
        first = 0 if low is None else bisect_left(self.numbers, low)
        last = len(self.numbers) if high is None else bisect_right(self.numbers, high)
        if first >= last:
            return 0
        found = self.has
        if first > 0:
            found &= self._at_least(first)
        if last < len(self.numbers):
            found &= ~self._at_least(last)
        return found

    def _at_least(self, rank: int) -> int:
        more, same = 0, self.has
        for place, plane in enumerate(self.slices):
            if rank >> (len(self.slices) - 1 - place) & 1:
                same &= plane
            else:
                more |= same & plane
                same &= ~plane
        return more | same

    def ends(self, bits: int) -> tuple[float, float] | None:
        """The lowest and the highest number in the set; `None` where nothing has one."""
        bits &= self.has
        if not bits:
            return None
        low = high = 0
        lows = highs = bits
        for plane in self.slices:
            zeros, ones = lows & ~plane, highs & plane
            low, lows = (low << 1, zeros) if zeros else (low << 1 | 1, lows)
            high, highs = (high << 1 | 1, ones) if ones else (high << 1, highs)
        return self.numbers[low], self.numbers[high]
