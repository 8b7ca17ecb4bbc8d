"""Papers that come with a product: manuals, data sheets, files that the law wants shown."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product, ProductStatus
from shop.kit import languages

_ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


class DocumentKind(models.TextChoices):
    """In the order in which they stand on the page, but for the two of the energy label."""

    MANUAL = "manual", _("manual")
    DATA_SHEET = "data_sheet", _("data sheet")
    SAFETY = "safety", _("safety")
    CARE = "care", _("care")
    CERTIFICATE = "certificate", _("certificate")
    # Regulation (EU) 2017/1369, Art. 3: the label in its own graphics, and the sheet that goes
    # with it; both are shown beside the price, too.
    ENERGY_LABEL = "energy_label", _("energy label")
    PRODUCT_INFORMATION_SHEET = "product_information_sheet", _("product information sheet")
    OTHER = "other", _("other")


class DocumentType(models.TextChoices):
    """What a browser shows without running anything. No SVG and no HTML: they carry scripts."""

    PDF = "application/pdf", "PDF"
    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"


class DocumentQuerySet(models.QuerySet["Document"]):
    def shown(self, moment: datetime.datetime) -> "DocumentQuerySet":
        """Those of products that shoppers can see."""
        return self.filter(
            product__status=ProductStatus.ACTIVE, product__published_at__lte=moment
        ).exclude(product__unpublish_at__lte=moment)


class Document(models.Model):
    """A public file of a product. Its content lies at `path` in the media storage.

    The file is named after its content, so another content is another row.
    """

    product = models.ForeignKey(Product, models.CASCADE, related_name="documents")
    kind = models.CharField(
        _("kind"), max_length=26, choices=DocumentKind.choices, default=DocumentKind.MANUAL
    )
    language = models.CharField(
        _("language"),
        max_length=5,
        choices=[("", _("for every language")), *settings.LANGUAGES],
        default="",
        blank=True,
    )
    name_de = models.CharField(_("name (German)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    content_type = models.CharField(
        _("type"), max_length=20, choices=DocumentType.choices, editable=False
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes: ClassVar = [models.Index(fields=["product", "position"], name="document_order")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values), name="document_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(language__in=["", *(code for code, _name in settings.LANGUAGES)]),
                name="document_language_known",
            ),
            models.CheckConstraint(
                condition=Q(content_type__in=DocumentType.values), name="document_type_known"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_is_hashed"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="document_not_empty"),
            models.CheckConstraint(
                condition=~Q(name_de="") & ~Q(name_en=""), name="document_named"
            ),
        ]

    def __str__(self) -> str:
        return languages.localized(self, "name")

    def get_absolute_url(self) -> str:
        return reverse("catalog:document", args=[self.pk, self.file_name])

    @property
    def path(self) -> str:
        """Where its content lies in the media storage."""
        return f"documents/{self.sha256[:2]}/{self.sha256}.{_ENDINGS[self.content_type]}"

    @property
    def file_name(self) -> str:
        """What it is called in the visitor's folder: `kaffeemuehle-anleitung.pdf`."""
        return f"{slugify(str(self)) or 'document'}.{_ENDINGS[self.content_type]}"
