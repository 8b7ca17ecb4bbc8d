"""A mail comes in: it is stored, whatever it is, once, and worked off later."""

import datetime

from support.mailing import parsing
from support.models import InboundMail


class TooLarge(ValueError):
    """Nobody keeps that much; the sender's server is told."""


def receive(raw: bytes, *, moment: datetime.datetime, recipient: str = "") -> int | None:
    """Store a mail; `None` when it is here already: servers and programs send some twice.

    `recipient` is the address for which the mail server took it. Raises `TooLarge`.
    """
    if len(raw) > parsing.MAX_BYTES:
        raise TooLarge
    row = InboundMail(
        digest=parsing.digest(raw),
        recipient=recipient[:254],
        raw=raw,
        next_try_at=moment,
        received_at=moment,
    )
    InboundMail.objects.bulk_create([row], ignore_conflicts=True)
    known = InboundMail.objects.filter(digest=row.digest).values_list("pk", "received_at").get()
    return known[0] if known[1] == moment else None
