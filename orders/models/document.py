"""Documents of the books: invoices and what corrects them. docs/algorithms/documents.md."""

import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order
from orders.models.payment import Refund

LATE_AFTER = datetime.timedelta(minutes=15)
MAX_TRIES = 12


class DocumentKind(models.TextChoices):
    INVOICE = "invoice", _("Invoice")
    # Takes back a whole document: an invoice, or a credit note whose money never arrived.
    CANCELLATION = "cancellation_invoice", _("Cancellation invoice")
    CREDIT_NOTE = "credit_note", _("Credit note")


class DocumentQuerySet(models.QuerySet["Document"]):
    def alive(self) -> Self:
        """Invoices and credit notes that no other document took back."""
        return self.exclude(kind=DocumentKind.CANCELLATION).filter(cancellation__isnull=True)

    def undrawn(self) -> Self:
        """Issued, but their PDF is not made yet."""
        return self.filter(drawn_at__isnull=True)


class Document(models.Model):
    """One document. The database refuses to change or delete it once its PDF is drawn.

    Amounts have the sign of the books: what lessens the turnover is below zero. `content` is all
    that the PDF and the XML say, frozen when the number was drawn.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind.choices)
    series = models.CharField(_("series"), max_length=8)
    year = models.PositiveSmallIntegerField(_("year"))
    position = models.PositiveIntegerField(_("position in its series"))
    number = models.CharField(_("number"), max_length=32, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="documents")
    cancels = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cancellation",
        verbose_name=_("takes back"),
    )
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("corrects"),
    )
    refund = models.ForeignKey(
        Refund, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    issued_at = models.DateTimeField(_("issued"))
    net = models.DecimalField(_("net"), max_digits=12, decimal_places=2)
    vat = models.DecimalField(_("VAT"), max_digits=12, decimal_places=2)
    gross = models.DecimalField(_("gross"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default=settings.CURRENCY)
    tax_country = models.CharField(_("taxed in"), max_length=2)
    rates = models.JSONField(_("sums by rate"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("hash of the PDF"), max_length=64, blank=True)
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    drawn_at = models.DateTimeField(_("drawn"), null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes: ClassVar = [
            models.Index(fields=["-issued_at", "-id"], name="document_newest"),
            models.Index(
                fields=["id"], condition=Q(drawn_at__isnull=True), name="document_to_draw"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["series", "year", "position"], name="document_position_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values), name="order_document_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="order_document_language_known",
            ),
            models.CheckConstraint(condition=Q(gross=F("net") + F("vat")), name="document_adds_up"),
            models.CheckConstraint(
                condition=Q(kind="invoice", cancels__isnull=True, corrects__isnull=True)
                | Q(kind="cancellation_invoice", cancels__isnull=False, corrects__isnull=True)
                | Q(
                    kind="credit_note",
                    cancels__isnull=True,
                    corrects__isnull=False,
                    refund__isnull=False,
                ),
                name="document_relations_fit",
            ),
            models.CheckConstraint(
                condition=Q(sha256="", size=0, drawn_at__isnull=True)
                | Q(size__gt=0, drawn_at__isnull=False),
                name="document_drawn_has_hash",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def filename(self) -> str:
        return f"{self.number}.pdf"


class DocumentFile(models.Model):
    """The bytes of a document, never changed: docs/adr/0031-documents-in-the-database.md."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="file")
    pdf = models.BinaryField(_("PDF"))
    xml = models.BinaryField(_("XML"))

    class Meta:
        verbose_name = _("file of a document")
        verbose_name_plural = _("files of documents")

    def __str__(self) -> str:
        return f"{self.document_id}"


class DocumentSeries(models.Model):
    """The last number of each series and year; its row is locked by whoever draws the next."""

    series = models.CharField(_("series"), max_length=8)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"))

    class Meta:
        verbose_name = _("series of documents")
        verbose_name_plural = _("series of documents")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "year"], name="document_series_once"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class DueDocumentsQuerySet(models.QuerySet["DueDocuments"]):
    def put(
        self,
        order: Order,
        *,
        moment: datetime.datetime,
        is_requested: bool = False,
        is_quiet: bool = False,
    ) -> None:
        """Note, in the caller's transaction, that the documents of `order` are to be looked at.

        `is_requested`: an invoice is wanted before all is sent. `is_quiet`: no mail tells of it.
        One statement; nothing is decided here.
        """
        row = self.model(
            order=order,
            created_at=moment,
            next_try_at=moment,
            is_requested=is_requested,
            is_quiet=is_quiet,
        )
        fresh = ["next_try_at", "done_at", "tries", "is_dead", "problem", "is_quiet"]
        self.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["order"],
            update_fields=[*fresh, "is_requested"] if is_requested else fresh,
        )

    def put_again(self, order: Order, *, moment: datetime.datetime) -> None:
        """The same for an order that may need a correction: only if it has documents at all."""
        if order.documents.exists():
            self.put(order, moment=moment)

    def pending(self) -> Self:
        return self.filter(done_at__isnull=True, is_dead=False)

    def due(self, moment: datetime.datetime) -> Self:
        return self.pending().filter(next_try_at__lte=moment)

    def late(self, moment: datetime.datetime) -> Self:
        """Orders whose documents should be there by now."""
        return self.pending().filter(next_try_at__lt=moment - LATE_AFTER)

    def dead(self) -> Self:
        """Given up; the reason stands in `problem`."""
        return self.filter(is_dead=True)

    def revive(self, moment: datetime.datetime) -> int:
        """Give those that were given up all their tries again. Returns how many."""
        return self.dead().update(is_dead=False, tries=0, next_try_at=moment)


class DueDocuments(models.Model):
    """One row an order: something happened that may need a document. Which, is decided later."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="due_documents")
    is_requested = models.BooleanField(_("invoice before all is sent"), default=False)
    is_quiet = models.BooleanField(_("without a mail"), default=False)
    created_at = models.DateTimeField(_("created"))
    next_try_at = models.DateTimeField(_("next try"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    is_dead = models.BooleanField(_("given up"), default=False)
    problem = models.CharField(_("problem"), max_length=200, blank=True)

    objects = DueDocumentsQuerySet.as_manager()

    class Meta:
        verbose_name = _("documents due")
        verbose_name_plural = _("documents due")
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(done_at__isnull=True, is_dead=False),
                name="documents_due",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_dead=False) | Q(done_at__isnull=True),
                name="documents_due_dead_is_undone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}"


class CoveredRefund(models.Model):
    """A refund that another document accounts for: the sums of the order were lowered with it."""

    refund = models.OneToOneField(Refund, models.PROTECT, related_name="covered")
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("refund without a credit note")
        verbose_name_plural = _("refunds without a credit note")

    def __str__(self) -> str:
        return f"{self.refund_id}"
