"""Noting what happens in the shop, without noting who did it."""

import datetime
import re
from collections.abc import Mapping

from insights.models import Event

type Fact = str | int | bool | None

KEPT = datetime.timedelta(days=395)
MAX_FACTS = 20
MAX_WORD = 120
_NAME = re.compile(r"^[a-z][a-z_]{0,39}$")
_PERSONAL_KEYS = frozenset(
    {"address", "city", "email", "ip", "name", "phone", "postcode", "street", "user_agent"}
)


class NotAFact(ValueError):
    """A fact that must not be stored: not a short word or number, or about a person."""


def track(
    name: str, *, visitor_id: str, facts: Mapping[str, Fact], moment: datetime.datetime
) -> None:
    """Store one event.

    `name` is in lower case with underscores (`product_viewed`); `visitor_id` random or a hash that
    changes daily, empty when the visitor is not to be recognised. Raises `NotAFact` for anything
    that could say who somebody is: an e-mail address, a key such as `email` or `city`, long text.
    """
    if not _NAME.match(name):
        raise NotAFact(f"{name!r} is not the name of an event.")
    if len(facts) > MAX_FACTS:
        raise NotAFact(f"{name} has more than {MAX_FACTS} facts.")
    for key, fact in facts.items():
        _refuse_personal(key, fact)
    Event.objects.create(name=name, visitor_id=visitor_id, facts=dict(facts), created_at=moment)


def _refuse_personal(key: str, fact: Fact) -> None:
    if key in _PERSONAL_KEYS:
        raise NotAFact(f"{key!r} is about a person.")
    if not isinstance(fact, str | int | None):
        raise NotAFact(f"{key!r} is neither a word nor a whole number.")
    if isinstance(fact, str) and ("@" in fact or len(fact) > MAX_WORD):
        raise NotAFact(f"{key!r} is more than a word.")


def forget(*, moment: datetime.datetime) -> int:
    """Delete events older than `KEPT`. Returns how many."""
    deleted, _per_model = Event.objects.before(moment - KEPT).delete()
    return deleted
