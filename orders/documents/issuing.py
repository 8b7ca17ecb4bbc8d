"""Documents are issued: what an order needs is worked out from its rows, and numbered at once.

Everything here happens with the order locked; the PDF is drawn afterwards (`drawing`). Running it
twice issues nothing twice: docs/algorithms/documents.md, "What is issued when".
"""

import dataclasses
import datetime
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from orders import states
from orders.documents import content, credits, entries, numbers
from orders.models import (
    CoveredRefund,
    Document,
    DocumentKind,
    DueDocuments,
    EventKind,
    FulfilmentStatus,
    Order,
    OrderStatus,
    PaymentState,
    Refund,
    RefundState,
)
from orders.receipts import papers
from orders.refunding.amounts import ZERO
from shop.kit import clock, locks

_ACCEPTED = (OrderStatus.CONFIRMED, OrderStatus.COMPLETED)


class NotIssuable(ValueError):
    """No invoice can be made of this order now; the message says why."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Draft:
    """A document without its number."""

    kind: DocumentKind
    content: dict[str, Any]
    cancels: Document | None = None
    corrects: Document | None = None
    refund: Refund | None = None


def settle(order_pk: int, *, moment: datetime.datetime) -> list[Document]:
    """Issue what the order needs. Returns the new documents, not drawn yet.

    Raises `entries.DoesNotAddUp` and `content.IncompleteSeller`; nothing is issued then.
    """
    with transaction.atomic(durable=True):
        order = locks.locked_one(Order.objects.all(), pk=order_pk)
        row = DueDocuments.objects.filter(order=order).first()
        return _issue_needed(order, is_wanted=bool(row and row.is_requested), moment=moment)


def request(order: Order, *, moment: datetime.datetime) -> None:
    """An invoice is wanted now, before all is sent. Raises `NotIssuable` with a sentence."""
    if order.status not in _ACCEPTED:
        raise NotIssuable(_("Only a confirmed order gets an invoice."))
    if not order.total_gross:
        raise NotIssuable(_("Nothing was charged, so there is nothing to invoice."))
    if _invoice_of(order):
        raise NotIssuable(_("This order has its invoice."))
    DueDocuments.objects.put(order, moment=moment, is_requested=True)


def reissue(
    order: Order,
    *,
    reason: str,
    moment: datetime.datetime,
    covered: Iterable[Refund] = (),
) -> list[Document]:
    """The order was changed: take its invoice back and issue a new one, order locked by the caller.

    Without an invoice nothing happens. `covered`: refunds that paid the difference; they get no
    credit note. Returns the documents that take back; the new invoice follows in the worker.
    """
    CoveredRefund.objects.bulk_create(
        [CoveredRefund(refund=one, created_at=moment) for one in covered], ignore_conflicts=True
    )
    invoice = _invoice_of(order)
    if invoice is None:
        return []
    new = _write(order, _taking_back(order, invoice, reason), moment)
    DueDocuments.objects.put(order, moment=moment, is_requested=True)
    return new


def _issue_needed(order: Order, *, is_wanted: bool, moment: datetime.datetime) -> list[Document]:
    invoice = _invoice_of(order)
    if order.status == OrderStatus.CANCELLED:
        with translation.override(order.language):
            reason = _("The order was cancelled.")
        return _write(order, _taking_back(order, invoice, reason), moment) if invoice else []
    new: list[Document] = []
    is_due = is_wanted or order.fulfilment_status == FulfilmentStatus.FULFILLED
    if invoice is None and is_due and order.status in _ACCEPTED and order.total_gross:
        with translation.override(order.language):
            found = content.of_invoice(order, entries.of_order(order))
        new = _write(order, [_Draft(DocumentKind.INVOICE, found)], moment)
        invoice = new[0]
    if invoice is not None:
        new += _write(order, _corrections(order, invoice), moment)
    return new


def _invoice_of(order: Order) -> Document | None:
    return order.documents.alive().filter(kind=DocumentKind.INVOICE).first()


def _taking_back(order: Order, invoice: Document, reason: str) -> list[_Draft]:
    """The invoice goes, and before it the credit notes that lessened it."""
    credits_ = invoice.corrections.alive().order_by("pk")
    return [_reversal(one, reason) for one in [*credits_, invoice]]


def _reversal(document: Document, reason: str) -> _Draft:
    return _Draft(
        DocumentKind.CANCELLATION,
        content.taken_back(document, reason=reason),
        cancels=document,
        refund=document.refund,
    )


def _corrections(order: Order, invoice: Document) -> list[_Draft]:
    """A credit note for each refund that succeeded; none any more for one that failed after all."""
    alive = {one.refund_id: one for one in invoice.corrections.alive()}
    # What was paid twice or too much is given back without a word about the goods.
    refunds = Refund.objects.filter(
        payment__order=order, payment__state=PaymentState.SUCCEEDED, covered__isnull=True
    ).order_by("settled_at", "pk")
    drafts: list[_Draft] = []
    with translation.override(order.language):
        for refund in refunds:
            known = alive.get(refund.pk)
            if refund.state == RefundState.FAILED and known:
                drafts.append(_reversal(known, _("The refund did not arrive.")))
                del alive[refund.pk]
    left = credits.left_of(invoice, alive.values())
    with translation.override(order.language):
        for refund in refunds:
            if refund.state == RefundState.SUCCEEDED and refund.pk not in alive:
                given = credits.entries_of(refund, left)
                left = credits.less(left, given)
                drafts.append(_credit(order, invoice, refund, given))
    return drafts


def _credit(order: Order, invoice: Document, refund: Refund, given: list[entries.Entry]) -> _Draft:
    reason = _("Refund of %(amount)s.") % {"amount": papers.amount(refund.amount, order.currency)}
    words = content.of_correction(order, invoice, given, paid=str(-refund.amount), reason=reason)
    return _Draft(DocumentKind.CREDIT_NOTE, words, corrects=invoice, refund=refund)


def _write(order: Order, drafts: list[_Draft], moment: datetime.datetime) -> list[Document]:
    """Draw the numbers and write the documents down, in the order in which they follow."""
    if not drafts:
        return []
    year = clock.day_of(moment).year
    wanted = Counter(numbers.SERIES[draft.kind] for draft in drafts)
    drawn = {series: iter(found) for series, found in numbers.draw(wanted, year=year).items()}
    return [_create(order, draft, year, drawn, moment) for draft in drafts]


def _create(
    order: Order,
    draft: _Draft,
    year: int,
    drawn: dict[str, Any],
    moment: datetime.datetime,
) -> Document:
    series = numbers.SERIES[draft.kind]
    position = next(drawn[series])
    rates = draft.content["rates"]
    document = Document.objects.create(
        kind=draft.kind,
        series=series,
        year=year,
        position=position,
        number=numbers.written(series, year, position),
        order=order,
        cancels=draft.cancels,
        corrects=draft.corrects,
        refund=draft.refund,
        language=order.language,
        issued_at=moment,
        net=sum((Decimal(one["net"]) for one in rates), ZERO),
        vat=sum((Decimal(one["vat"]) for one in rates), ZERO),
        gross=sum((Decimal(one["gross"]) for one in rates), ZERO),
        currency=order.currency,
        tax_country=order.tax_country,
        rates=rates,
        content=draft.content,
    )
    states.note(
        order, EventKind.DOCUMENT, moment=moment, document=document.number, document_kind=draft.kind
    )
    return document
