"""The PDF of an issued document, with its XML inside; drawn once, kept for ever."""

import datetime
import hashlib

from django.db import transaction
from django.utils import translation

from orders import outbox
from orders.documents import einvoice, words, xmp
from orders.models import Document, DocumentFile, DueDocuments, MailKind
from orders.receipts import papers
from shop.kit import typesetting


def pdf(document: Document, xml: bytes) -> bytes:
    """The document as PDF/A-3 with `xml` as factur-x.xml: the same bytes every time."""
    with translation.override(document.language):
        title = papers.title(document)
        facts = words.of(document)
    attachment = typesetting.Attachment(
        einvoice.FILENAME, xml, "text/xml", relationship="alternative", description=title
    )
    drawn = typesetting.pdf(
        "invoice",
        facts,
        language=document.language,
        title=title,
        moment=document.issued_at,
        attachments=[attachment],
    )
    return xmp.told(drawn, filename=einvoice.FILENAME)


def draw(document: Document, *, moment: datetime.datetime) -> bool:
    """Draw `document`, keep it, and tell the buyer by mail. False when it was drawn already.

    The PDF is made outside of any transaction. Two at once draw the same bytes; one keeps them.
    """
    if document.drawn_at is not None:
        return False
    xml = einvoice.xml(document)
    content = pdf(document, xml)
    with transaction.atomic(durable=True):
        taken = Document.objects.undrawn().filter(pk=document.pk)
        if not taken.update(
            sha256=hashlib.sha256(content).hexdigest(), size=len(content), drawn_at=moment
        ):
            return False
        DocumentFile.objects.create(document=document, pdf=content, xml=xml)
        if not DueDocuments.objects.filter(order=document.order_id, is_quiet=True).exists():
            outbox.put(document.order, MailKind.DOCUMENT, moment=moment, reference=document.number)
    return True
