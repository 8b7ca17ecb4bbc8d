"""What a payment provider must be able to do. No word of any provider beyond its own module."""

import datetime
from typing import Any, Protocol

from orders.findings import DisputeFinding, Finding, Message, Movement, RefundFinding
from orders.models import ByHand, Order, Payment, Refund


class HandGateway(Protocol):
    """A way to pay of which no provider knows: nobody is called."""

    code: str

    @property
    def by_hand(self) -> ByHand:
        """Which way the money comes."""
        ...

    @property
    def is_due_later(self) -> bool:
        """Does the order stand before its money is here?"""
        ...

    @property
    def is_offered(self) -> bool:
        """Is it configured?"""
        ...

    @property
    def kept_for(self) -> datetime.timedelta:
        """How long the goods wait for the money."""
        ...


class Gateway(Protocol):
    """All calls raise `ProviderAway` or `ProviderRefused`; `patience` is in seconds."""

    code: str

    @property
    def is_offered(self) -> bool:
        """Is it configured?"""
        ...

    def parameters(
        self, order: Order, payment: Payment, *, order_url: str, moment: datetime.datetime
    ) -> dict[str, Any]:
        """Everything the call will say, as JSON, to be stored before it is made."""
        ...

    def create(self, parameters: dict[str, Any], *, key: str, patience: float) -> Finding:
        """Open the payment page. The same key and parameters again give the same page."""
        ...

    def retrieve(self, session_id: str, *, patience: float) -> Finding:
        """What is true of this attempt now."""
        ...

    def find(
        self, payment: Payment, *, since: datetime.datetime, patience: float
    ) -> Finding | None:
        """The page that was opened for this attempt, its answer was lost; `None`: none is."""
        ...

    def expire(self, session_id: str, *, key: str, patience: float) -> Finding:
        """End the payment page. Refused when it is no longer open."""
        ...

    def refund(self, refund: Refund, *, key: str, patience: float) -> RefundFinding:
        """Give money back. The same key again gives the same refund."""
        ...

    def retrieve_refund(self, refund_id: str, *, patience: float) -> RefundFinding:
        """What is true of this refund now."""
        ...

    def retrieve_dispute(self, dispute_id: str, *, patience: float) -> DisputeFinding:
        """What is true of this dispute now."""
        ...

    def movements(
        self, *, since: datetime.datetime, until: datetime.datetime, patience: float
    ) -> list[Movement]:
        """All money that came or went back in this time, as the provider's books say."""
        ...

    def read_message(self, body: bytes, signature: str) -> Message:
        """A message that the provider signed. Raises `BadSignature`."""
        ...
