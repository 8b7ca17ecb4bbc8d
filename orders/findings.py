"""What a payment provider says about an attempt or a refund, in our words."""

import dataclasses
import datetime
import enum
from decimal import Decimal
from typing import Any


class ProviderAway(Exception):
    """No answer, or one that leaves open what happened. Asking again later is safe and needed."""


class ProviderBusy(ProviderAway):
    """The same call is on its way at this moment, by another request or worker."""


class ProviderRefused(Exception):
    """The provider did not do it, for good."""


class BadSignature(Exception):
    """A message that does not come from the provider, or is too old."""


class Outcome(enum.StrEnum):
    OPEN = "open"
    PROCESSING = "processing"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An attempt as the provider sees it. Amounts are gross; `captured` is what really came."""

    session_id: str
    outcome: Outcome
    amount: Decimal
    captured: Decimal
    currency: str
    reference: str
    payment_id: str
    intent_id: str = ""
    url: str = ""
    expires_at: datetime.datetime | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RefundFinding:
    """The state of a refund: `pending`, `succeeded` or `failed`."""

    refund_id: str
    state: str
    amount: Decimal
    intent_id: str
    problem: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DisputeFinding:
    """A dispute as the provider sees it; `state` is one of `DisputeState`."""

    dispute_id: str
    state: str
    amount: Decimal
    intent_id: str
    reason: str = ""
    answer_until: datetime.datetime | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A verified message. `hint` holds ids alone, no personal data.

    `is_decline`: a card was refused on the payment page, of the order `reference`. `card` stands
    for the card at the provider; it is never stored.
    """

    event_id: str
    type: str
    object_id: str
    hint: dict[str, Any]
    is_decline: bool = False
    reference: str = ""
    card: str = ""


class MovementKind(enum.StrEnum):
    PAID = "paid"
    REFUNDED = "refunded"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A row of the provider's own books: money that came, or that goes back.

    `movement_id` is the provider's; `own_id` is what we gave it along: the public id of a payment,
    the key of a refund. `amount` is gross.
    """

    kind: MovementKind
    movement_id: str
    intent_id: str
    amount: Decimal
    currency: str
    happened_at: datetime.datetime
    own_id: str = ""
