"""What a refund takes off an invoice: by the pieces it was for, else pro rata of what is left."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from orders.documents import entries
from orders.documents.entries import Entry
from orders.models import Document, Refund
from orders.refunding.amounts import ZERO

type Left = list[tuple[Decimal, Decimal, Decimal]]


def left_of(invoice: Document, credited: Iterable[Document]) -> Left:
    """Rate, net and gross that the invoice still holds beside its credit notes."""
    found: dict[Decimal, tuple[Decimal, Decimal]] = {}
    for document in [invoice, *credited]:
        for one in document.rates:
            net, gross = found.get(Decimal(one["rate"]), (ZERO, ZERO))
            found[Decimal(one["rate"])] = (net + Decimal(one["net"]), gross + Decimal(one["gross"]))
    return [(rate, *found[rate]) for rate in sorted(found, reverse=True)]


def less(left: Left, given: Iterable[Entry]) -> Left:
    """What is left after another credit note; its entries are below zero."""
    rows = {rate: (net, gross) for rate, net, gross in entries.sums(given)}
    return [
        (rate, net + rows.get(rate, (ZERO, ZERO))[0], gross + rows.get(rate, (ZERO, ZERO))[1])
        for rate, net, gross in left
    ]


def entries_of(refund: Refund, left: Left) -> list[Entry]:
    """The entries of its credit note, below zero, together the amount of the refund.

    Raises `entries.DoesNotAddUp` when the invoice does not hold so much any more.
    """
    return [
        Entry("refund", _("Refund"), "", 1, rate, -net, -gross, -gross)
        for rate, net, gross in entries.share(refund.amount, left)
    ]
