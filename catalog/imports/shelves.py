"""What an import needs of the stock. The app `inventory` stands above and hands it in."""

import dataclasses
import datetime
from collections.abc import Collection, Mapping
from typing import Protocol


@dataclasses.dataclass(frozen=True, slots=True)
class Shelf:
    """Pieces of a variant at a location; less than `lowest` are promised away already."""

    on_hand: int
    lowest: int


class Shelves(Protocol):
    """`codes`: all locations, the one that orders are sent from first."""

    codes: list[str]

    def counts(self, variant_ids: Collection[int]) -> dict[tuple[int, str], Shelf]:
        """What lies where, by variant and location, in one statement."""
        ...

    def count(
        self, pieces: Mapping[tuple[int, str], int], *, reference: str, moment: datetime.datetime
    ) -> dict[tuple[int, str], int]:
        """Note that so many lie there now. Returns the differences that became movements."""
        ...

    def move(
        self, pieces: Mapping[tuple[int, str], int], *, reference: str, moment: datetime.datetime
    ) -> None:
        """Put so many there, or take them away. Raises `IntegrityError` when too few are free."""
        ...
