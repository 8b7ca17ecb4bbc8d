"""The rule of a collection: conditions, of which all or any have to hold. Pure.

Kept as JSON: `{"match": "all", "conditions": [{"field": "price", "high": "30.00"}, …]}`. Each kind
of condition takes the values named here and no others; whatever else is refused, never ignored.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

MATCHES = ("all", "any")
MAX_CONDITIONS = 40
MAX_DAYS = 3650
# Which values each kind of condition takes: all of the first, at least one of the second.
FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "category": (("ids",), ()),  # stands in one of these, or below it
    "not_category": (("ids",), ()),
    "brand": (("ids",), ()),
    "price": ((), ("low", "high")),  # the lowest price asked now
    "reduced": (("flag",), ()),
    "new": (("days",), ()),  # published in the last days
    "featured": (("flag",), ()),
    "available": (("flag",), ()),
    "words": (("words",), ()),  # carries one of these search words
    # Each part consists of these fibres (their codes) by so many percent at least.
    "fibre": (("words", "low"), ()),
    "type": (("ids",), ()),  # is of one of these product types
    # Of each attribute that has a choice among these, one of them: like filters.
    "choice": (("ids",), ()),
    "number": (("attribute",), ("low", "high")),
    "boolean": (("attribute", "flag"), ()),
}


class BadRule(ValueError):
    """The rule says nothing, or something that it cannot mean."""


@dataclasses.dataclass(frozen=True, slots=True)
class Condition:
    """One condition; which of the values count follows from `field`."""

    field: str
    ids: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    days: int | None = None
    flag: bool | None = None
    attribute: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Only what is said, as the database keeps it."""
        said: dict[str, Any] = {"field": self.field}
        for name in ("ids", "words"):
            if getattr(self, name):
                said[name] = list(getattr(self, name))
        for name in ("low", "high"):
            if getattr(self, name) is not None:
                said[name] = str(getattr(self, name))
        for name in ("days", "flag", "attribute"):
            if getattr(self, name) is not None:
                said[name] = getattr(self, name)
        return said


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    match: str
    conditions: tuple[Condition, ...]

    def as_json(self) -> dict[str, Any]:
        return {"match": self.match, "conditions": [one.as_json() for one in self.conditions]}

    def condition(self, field: str, attribute: int | None = None) -> Condition | None:
        """The condition on `field` (and attribute); `None` where the rule says nothing of it."""
        wanted = (field, attribute)
        found = (one for one in self.conditions if (one.field, one.attribute) == wanted)
        return next(found, None)


def made(match: str, conditions: Sequence[Condition]) -> Rule:
    """A checked rule. Raises `BadRule`."""
    return parse({"match": match, "conditions": [one.as_json() for one in conditions]})


def parse(kept: Any) -> Rule:
    """The rule that the database keeps. Raises `BadRule` for all that is no rule."""
    if not isinstance(kept, Mapping) or set(kept) != {"match", "conditions"}:
        raise BadRule(_("This is no rule."))
    if kept["match"] not in MATCHES or not isinstance(kept["conditions"], list):
        raise BadRule(_("This is no rule."))
    if not 0 < len(kept["conditions"]) <= MAX_CONDITIONS:
        raise BadRule(_("A rule has 1 to %(most)d conditions.") % {"most": MAX_CONDITIONS})
    conditions = tuple(_condition(one) for one in kept["conditions"])
    if len({(one.field, one.attribute) for one in conditions}) != len(conditions):
        raise BadRule(_("A rule has one condition of each kind."))
    return Rule(kept["match"], conditions)


def _condition(kept: Any) -> Condition:
    if not isinstance(kept, Mapping) or kept.get("field") not in FIELDS:
        raise BadRule(_("This is no condition: %(text)s") % {"text": kept})
    wanted, one_of = FIELDS[kept["field"]]
    given = set(kept) - {"field"}
    is_complete = given >= set(wanted) and (not one_of or given & set(one_of))
    if not is_complete or given - {*wanted, *one_of}:
        raise BadRule(_("This is no condition: %(text)s") % {"text": dict(kept)})
    values = {name: _READERS[name](kept[name]) for name in given}
    made_one = Condition(field=kept["field"], **values)
    _check_bounds(made_one)
    return made_one


def _check_bounds(one: Condition) -> None:
    low, high = one.low, one.high
    if low is not None and high is not None and low > high:
        raise BadRule(_("The lower bound is above the upper one."))
    if one.field == "fibre" and not 0 < (low or 0) <= 100:
        raise BadRule(_("A share is 1 to 100 percent."))
    if one.field == "price" and min(low or 0, high or 0) < 0:
        raise BadRule(_("A price is not negative."))


def _ids(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list) or not value or not all(_is_int(one, 1) for one in value):
        raise BadRule(_("Choose at least one."))
    return tuple(sorted(set(value)))


def _words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadRule(_("Write at least one word."))
    words = tuple(dict.fromkeys(one.strip().lower() for one in value if one.strip()))
    if not words:
        raise BadRule(_("Write at least one word."))
    return words


def _amount(value: Any) -> Decimal:
    try:
        amount = Decimal(value) if isinstance(value, str) else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or abs(amount) >= 10**12:
        raise BadRule(_("This is no amount: %(text)s") % {"text": value})
    return amount


def _days(value: Any) -> int:
    if not _is_int(value, 1) or value > MAX_DAYS:
        raise BadRule(_("Days are a number from 1 to %(most)d.") % {"most": MAX_DAYS})
    return int(value)


def _attribute(value: Any) -> int:
    if not _is_int(value, 1):
        raise BadRule(_("Choose at least one."))
    return int(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadRule(_("Say yes or no."))
    return value


def _is_int(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


_READERS: dict[str, Any] = {
    "ids": _ids,
    "words": _words,
    "low": _amount,
    "high": _amount,
    "days": _days,
    "flag": _flag,
    "attribute": _attribute,
}
