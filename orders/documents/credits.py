"""What a refund takes off an invoice: by the pieces it was for, else pro rata of what is left."""

import dataclasses
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from orders.documents import entries
from orders.documents.entries import Entry
from orders.models import Document, OrderLine, PartKind, Refund, RefundPart
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

    By its pieces, when each rate still holds so much; pro rata otherwise. Raises
    `entries.DoesNotAddUp` when the invoice does not hold so much any more.
    """
    parts = refund.parts.filter(gross__gt=0).select_related("line").order_by("line_id", "place")
    by_pieces = [_of_part(one) for one in parts.prefetch_related("line__components")]
    if sum((one.gross for one in by_pieces), ZERO) == -refund.amount and _fits(by_pieces, left):
        return _closed(by_pieces, left)
    return [
        Entry("refund", _("Amount given back"), "", 1, rate, -net, -gross, -gross)
        for rate, net, gross in entries.share(refund.amount, left)
    ]


def _of_part(part: RefundPart) -> Entry:
    line = part.line
    return Entry(
        kind="goods" if part.kind == PartKind.GOODS else str(part.kind),
        title=_title(line, part) if line else _("Delivery"),
        sku=line.sku if line else "",
        quantity=max(part.quantity, 1),
        rate=part.rate,
        net=-part.net,
        gross=-part.gross,
        shelf=-part.gross,
        line=part.line_id,
    )


def _title(line: OrderLine, part: RefundPart) -> str:
    if part.kind == PartKind.DEPOSIT:
        return _("Deposit for %(name)s") % {"name": line.title}
    of_bundle = sorted(line.components.all(), key=lambda one: one.position)
    if line.vat_rate is None and part.place < len(of_bundle):
        return f"{line.title}: {of_bundle[part.place].title}"
    return line.title


def _fits(given: Iterable[Entry], left: Left) -> bool:
    held = {rate: gross for rate, _net, gross in left}
    return all(held.get(rate, ZERO) + gross >= 0 for rate, _net, gross in entries.sums(given))


def _closed(given: Sequence[Entry], left: Left) -> list[Entry]:
    """A rate of which nothing is left keeps no cent of net either: the last entry takes it."""
    rest = {rate: net for rate, net, gross in less(left, given) if not gross and net}
    found: list[Entry] = []
    for entry in reversed(given):
        over = rest.pop(entry.rate, ZERO)
        found.insert(0, dataclasses.replace(entry, net=entry.net - over))
    return found
