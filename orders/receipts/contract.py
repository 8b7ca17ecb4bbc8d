"""The texts under which an order was placed: where they stand, and as files for the mail."""

import logging

from django.urls import reverse
from django.utils import translation

from catalog.models import TaxScheme
from content import pdfs, versions
from orders.models import Order
from shop import legal
from shop.kit import mail, typesetting

log = logging.getLogger(__name__)


def labels(order: Order) -> dict[str, str]:
    """The accepted version of each text of the contract. Early orders keep one name for both."""
    return {
        "terms": order.terms_version,
        "withdrawal": order.withdrawal_version or order.terms_version,
    }


def url(order: Order, slug: str) -> str:
    """The page of the accepted version, in the active language."""
    return reverse("legal_version", args=[slug, labels(order)[slug]])


def attachments(order: Order) -> tuple[mail.Attachment, ...]:
    """Terms and withdrawal instruction with its model form, as agreed to (§ 312f (2) BGB).

    Each as text and, with the same words, as PDF; a text that cannot be set goes alone.
    """
    files: list[mail.Attachment] = []
    with translation.override(order.language):
        for slug, label in labels(order).items():
            files += _files(order, versions.get(slug, label))
    return tuple(files)


def _files(order: Order, version: versions.Version) -> list[mail.Attachment]:
    name = str(legal.PAGES[version.page])
    text = legal.plain_text(
        version.page,
        language=order.language,
        version=version.label,
        is_exempt=order.tax_scheme == TaxScheme.SMALL_BUSINESS,
    )
    found = [mail.Attachment(f"{name}.txt", text.encode(), "text/plain")]
    try:
        content = pdfs.pdf(version, text, language=order.language)
    except typesetting.CannotTypeset as problem:
        log.error("legal text %s not set as PDF: %s", version.page, problem)
        return found
    return [mail.Attachment(f"{name}.pdf", content, "application/pdf"), *found]
