"""Documents for pages and mails: their names and amounts in words, and their bytes."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from orders import receipts
from orders.models import Document, DocumentFile, Order
from orders.receipts import papers


def of_order(order: Order) -> list[dict[str, str]]:
    """The documents that the buyer can open, the oldest first: {pk, name, date, amount, size}."""
    rows = order.documents.filter(drawn_at__isnull=False).defer("content", "rates")
    return [
        {
            "pk": str(one.pk),
            "name": papers.title(one),
            "date": receipts.day(one.issued_at),
            "amount": papers.amount(one.gross, one.currency),
            "size": _("%(size)s kB") % {"size": -(-one.size // 1000)},
        }
        for one in rows.order_by("pk")
    ]


def bytes_of(order: Order, pk: int) -> tuple[Document, bytes]:
    """A document of `order` as PDF. Raises `Document.DoesNotExist` for all others."""
    try:
        row = DocumentFile.objects.select_related("document").get(
            document=pk, document__order=order
        )
    except DocumentFile.DoesNotExist as problem:
        raise Document.DoesNotExist from problem
    return row.document, bytes(row.pdf)


def response(document: Document, content: bytes) -> HttpResponse:
    """The PDF, to be saved under its number; no proxy keeps it."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{document.filename}"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
