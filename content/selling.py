"""May the shop sell? What is missing before an order may be placed, from one source.

`manage.py check --deploy`, `manage.py doctor`, the start, the admin and the checkout all ask here.
Outside of demo mode an order is refused while anything is missing (docs/adr/0037-…); looking
around is not.
"""

import dataclasses
import datetime
import enum
import functools

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from content import merchant, publishing, versions


class Lack(enum.Enum):
    """What is the matter; the words for the command line stand in `_WORDS`."""

    UNSET = "unset"
    EMPTY = "empty"
    TEXT = "text"


_WORDS = {
    Lack.UNSET: "{} is not set: the legal pages have a gap",
    Lack.EMPTY: "{} is empty: the imprint needs it",
    Lack.TEXT: "{}",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Obstacle:
    """`name` is the variable of the settings, or the legal page and what is wrong with it."""

    lack: Lack
    name: str

    @property
    def text(self) -> str:
        """In English, as the command line speaks."""
        return _WORDS[self.lack].format(self.name)

    @property
    def for_staff(self) -> str:
        """In the active language."""
        if self.lack is Lack.UNSET:
            return _("“%(name)s” is not set.") % {"name": self.name}
        if self.lack is Lack.EMPTY:
            return _("“%(name)s” is empty; the imprint needs it.") % {"name": self.name}
        return self.name

    @property
    def may_be_empty(self) -> bool:
        """May it be set to nothing, which says "does not apply to us"?"""
        return self.lack is Lack.UNSET and self.name not in merchant.MANDATORY_VARIABLES


class NotYet(Exception):
    """The shop may not take orders yet."""


def obstacles(moment: datetime.datetime) -> list[Obstacle]:
    """Everything that is missing, by one statement: facts of the merchant, words of the pages."""
    return [*obstacles_of_settings(), *_of_texts(moment)]


def obstacles_of_settings() -> list[Obstacle]:
    """What the settings alone lack (§ 5 DDG, Art. 246a § 1 EGBGB); asks no database."""
    unset = [Obstacle(Lack.UNSET, name) for name in merchant.gaps()]
    return unset + [Obstacle(Lack.EMPTY, name) for name in merchant.empty()]


def is_open(moment: datetime.datetime) -> bool:
    """May orders be placed? Always in demo mode, else when nothing is missing."""
    return bool(settings.DEMO) or not obstacles(moment)


def require(moment: datetime.datetime) -> None:
    """Raises `NotYet` where the shop may not sell."""
    if not is_open(moment):
        raise NotYet


def _of_texts(moment: datetime.datetime) -> list[Obstacle]:
    """Texts are checked when published; the list of placeholders may have changed since."""
    return [
        Obstacle(Lack.TEXT, f"legal page {one.page} ({one.label}): {problem}")
        for one in versions.all_in_force(moment)
        for problem in _problems(one.page, tuple(one.bodies.items()))
    ]


@functools.lru_cache(maxsize=64)
def _problems(page: str, bodies: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    with translation.override("en"):
        return tuple(publishing.problems(page, dict(bodies)))
