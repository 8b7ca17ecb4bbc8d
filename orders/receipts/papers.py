"""Names and amounts of documents in words; in the active language."""

from decimal import Decimal

from django.utils.translation import gettext as _

from orders.models import Document, DocumentKind
from shop.kit import languages, money


def title(document: Document) -> str:
    """What it is, with its number: `Rechnung RE-2026-00042`."""
    return f"{kind_name(document)} {document.number}"


def kind_name(document: Document) -> str:
    """What it is; what takes back a credit note is no cancelled invoice."""
    if document.kind == DocumentKind.CANCELLATION and document.gross > 0:
        return _("Cancellation of a credit note")
    return str(DocumentKind(document.kind).label)


def amount(value: Decimal, currency: str) -> str:
    """An amount with the minus sign of typography."""
    text = money.formatted(abs(value), currency, languages.active())
    return f"\N{MINUS SIGN}{text}" if value < 0 else text
