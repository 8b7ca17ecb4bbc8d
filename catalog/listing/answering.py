"""Answers a choice: which products, in which order, and what every other choice would leave.

OR within a facet, AND across them, and one and the same variant has to fulfil all. What stands
beside a value is counted without the filters of its own facet. docs/algorithms/facets.md
"""

import dataclasses
import functools
from collections.abc import Iterable, Mapping, Sequence

from catalog.listing import bits, choosing, questions, sheets

PAGE_SIZE = 24


@dataclasses.dataclass(frozen=True)
class Answer:
    """`choice` is what was understood of the shopper's; `product_ids` are those of its page."""

    sheet: sheets.Sheet
    asked: Sequence[questions.Question]
    choice: choosing.Choice
    product_ids: list[int]
    total: int
    left: int  # the variants that pass all filters
    chosen: Mapping[str, int]  # by facet: the variants that pass its filter

    @property
    def page_count(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def is_beyond(self) -> bool:
        """Is this a page after the last one?"""
        return self.choice.page > self.page_count

    def counts(self, question: questions.Question) -> list[int]:
        """How many products each option would leave, alone in its facet, with all other filters."""
        base = self.without(question.param)
        return [self.sheet.runs.count(base & one.bits) for one in question.options]

    def ends(self, question: questions.Question) -> tuple[float, float] | None:
        """The lowest and highest number that the other filters leave."""
        return question.scale.ends(self.without(question.param)) if question.scale else None

    def count_in(self, category_id: int) -> int:
        """How many of the products stand in this category."""
        return self.sheet.runs.count(self.left & self.sheet.categories.get(category_id, 0))

    def without(self, param: str) -> int:
        """The variants that pass all filters but those of one facet."""
        if param not in self.chosen:
            return self.left
        return _all(self.sheet.runs, [one for key, one in self.chosen.items() if key != param])


def answer(
    sheet: sheets.Sheet,
    asked: Sequence[questions.Question],
    choice: choosing.Choice,
    *,
    language: str,
    size: int = PAGE_SIZE,
) -> Answer:
    """The answer of a sheet; values that it does not know are ignored."""
    by_param = {one.param: one for one in asked}
    filters: dict[str, choosing.Filter] = {}
    for param, wanted in choice.filters.items():
        known = by_param[param].known(wanted) if param in by_param else None
        if known:
            filters[param] = known
    chosen = {param: by_param[param].bits(wanted) for param, wanted in filters.items()}
    left = _all(sheet.runs, chosen.values())
    matching = sheet.runs.touched(left)
    sort = f"name_{language}" if choice.sort == "name" else choice.sort
    has_order = not choice.sort or sort in sheet.orders
    start = (choice.page - 1) * size
    return Answer(
        sheet=sheet,
        asked=asked,
        choice=dataclasses.replace(
            choice,
            filters=filters,
            sort=choice.sort if has_order else "",
            more=tuple(param for param in choice.more if param in by_param),
        ),
        product_ids=sheet.ids(matching, sort, start, start + size),
        total=matching.bit_count(),
        left=left,
        chosen=chosen,
    )


def _all(runs: bits.Runs, sets: Iterable[int]) -> int:
    return functools.reduce(int.__and__, sets, runs.heads | runs.tails)
