"""What a catalogue promotion makes of the prices of one variant. Pure.

Rules and worked table: docs/algorithms/catalogue_promotions.md.
"""

import dataclasses
import datetime
import itertools
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from catalog import pricing
from catalog.models import PriceKind, Reduction, ReductionKind
from shop.kit import money


class Obstacle(TextChoices):
    """Why a variant keeps its price."""

    NONE = "", ""
    SUMMED = "summed", _("the price follows the parts of the bundle")
    TAKEN = "taken", _("is reduced already in this time")
    NO_PRICE = "no_price", _("has no price in this time")
    NOT_LOWER = "not_lower", _("would not become cheaper (minimum price)")
    OVER = "over", _("the time of the promotion is over")


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    start: datetime.datetime
    value: Decimal


@dataclasses.dataclass(frozen=True, slots=True)
class Offer:
    """A promotion as the rules read it: steps by time; it ends at `end` (left out)."""

    kind: str
    steps: tuple[Step, ...]
    end: datetime.datetime

    def value_at(self, moment: datetime.datetime) -> Decimal | None:
        """What the step of that moment gives; `None` before the first one and after the end."""
        begun = [one.value for one in self.steps if one.start <= moment]
        return begun[-1] if begun and moment < self.end else None

    def reduced(self, regular: Decimal, value: Decimal, minimum: Decimal | None) -> Decimal | None:
        """The price that is asked instead of `regular`; `None` where it is not lower, or nothing.

        A minimum price is a floor, never a reason to ask more.
        """
        match self.kind:
            case ReductionKind.PERCENT:
                gross = money.rounded(regular * (100 - value) / 100)
            case ReductionKind.AMOUNT:
                gross = regular - value
            case _:
                gross = value
        gross = max(gross, minimum or gross)
        return gross if 0 < gross < regular else None


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    spans: tuple[pricing.Period, ...] = ()
    obstacle: Obstacle = Obstacle.NONE


def offer_of(reduction: Reduction) -> Offer:
    """The rule of `reduction`; one statement, none where its steps are prefetched."""
    steps = sorted(
        (Step(one.starts_at, one.value) for one in reduction.steps.all()), key=lambda s: s.start
    )
    return Offer(reduction.kind, tuple(steps), reduction.ends_at)


def plan(
    offer: Offer,
    periods: Sequence[pricing.Period],
    *,
    minimum: Decimal | None,
    moment: datetime.datetime,
) -> Plan:
    """The sale prices of a variant from `moment` on, that has these prices.

    A variant with another sale price in that time is left as it is: of two reductions nobody could
    say which one was meant.
    """
    starts = [max(one.start, moment) for one in offer.steps]
    if not starts or offer.end <= starts[0]:
        return Plan(obstacle=Obstacle.OVER)
    held = [one for one in periods if _overlaps(one, starts[0], offer.end)]
    if any(one.kind == PriceKind.SALE for one in held):
        return Plan(obstacle=Obstacle.TAKEN)
    if not held:
        return Plan(obstacle=Obstacle.NO_PRICE)
    spans = _spans(offer, held, minimum, starts)
    return Plan(spans=spans) if spans else Plan(obstacle=Obstacle.NOT_LOWER)


def _overlaps(one: pricing.Period, start: datetime.datetime, end: datetime.datetime) -> bool:
    return one.start < end and (one.end is None or one.end > start)


def _spans(
    offer: Offer,
    regular: Sequence[pricing.Period],
    minimum: Decimal | None,
    starts: Sequence[datetime.datetime],
) -> tuple[pricing.Period, ...]:
    """A new price where a step or a planned regular price begins; one that goes on is one span."""
    ends = {turn for one in regular for turn in (one.start, one.end) if turn}
    turns = sorted({*starts, *ends, offer.end})
    turns = [turn for turn in turns if starts[0] <= turn <= offer.end]
    spans: list[pricing.Period] = []
    for start, end in itertools.pairwise(turns):
        gross = _asked(offer, regular, minimum, start)
        if gross is None:
            continue
        if spans and spans[-1].end == start and spans[-1].gross == gross:
            spans[-1] = dataclasses.replace(spans[-1], end=end)
        else:
            spans.append(pricing.Period(PriceKind.SALE, gross, start, end))
    return tuple(spans)


def _asked(
    offer: Offer,
    regular: Sequence[pricing.Period],
    minimum: Decimal | None,
    moment: datetime.datetime,
) -> Decimal | None:
    value = offer.value_at(moment)
    gross = next((one.gross for one in regular if one.holds_at(moment)), None)
    return None if value is None or gross is None else offer.reduced(gross, value, minimum)
