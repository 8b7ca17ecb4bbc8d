"""Digital goods: one row a file; what it holds lies in the private storage, named after itself."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product
from shop.kit import languages


class FileType(models.TextChoices):
    """What may be sold as a file. No SVG and no HTML: they carry scripts."""

    PDF = "application/pdf", "PDF"
    ZIP = "application/zip", "ZIP"
    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"


class DigitalFile(models.Model):
    """What the buyer of a digital product gets. Content lies at `digital_files.path_of(sha256)`.

    Another content is another row: what was bought stays what it was.
    """

    product = models.ForeignKey(Product, models.CASCADE, related_name="digital_files")
    name_de = models.CharField(_("name (German)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    content_type = models.CharField(
        _("type"), max_length=20, choices=FileType.choices, editable=False
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(
        _("for new orders"), default=True, help_text=_("Off: only those who bought it keep it.")
    )

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes: ClassVar = [
            models.Index(fields=["product", "position"], name="digital_file_order")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(content_type__in=FileType.values), name="digital_file_type_known"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="digital_file_is_hashed"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="digital_file_not_empty"),
            models.CheckConstraint(
                condition=~Q(name_de="") & ~Q(name_en=""), name="digital_file_named"
            ),
        ]

    def __str__(self) -> str:
        return languages.localized(self, "name")
