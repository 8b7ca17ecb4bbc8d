"""Which size fits: a table in centimetres for a brand, or for products that name it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.category import Brand
from shop.kit import languages


class SizeGuide(models.Model):
    """A table: sizes are its rows, measures of the body its columns.

    It stands on products that name it, and on the brand's products that come in sizes.
    """

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name_de = models.CharField(_("name (German)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    # How to measure, in words.
    intro_de = models.TextField(_("how to measure (German)"), blank=True)
    intro_en = models.TextField(_("how to measure (English)"), blank=True)
    # The headings, the first one that of the sizes: ["Größe", "Brustumfang"].
    columns_de = models.JSONField(_("headings (German)"), default=list)
    columns_en = models.JSONField(_("headings (English)"), default=list)
    # [["S", "88–92"], …], as many cells as there are headings; centimetres.
    rows = models.JSONField(_("sizes"), default=list)
    brand = models.OneToOneField(
        Brand,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="size_guide",
        verbose_name=_("brand"),
        help_text=_("Shown on all products of this brand that come in sizes."),
    )

    class Meta:
        verbose_name = _("size guide")
        verbose_name_plural = _("size guides")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(name_de="") & ~Q(name_en=""), name="size_guide_named"
            ),
        ]

    def __str__(self) -> str:
        return languages.localized(self, "name")

    def get_absolute_url(self) -> str:
        return reverse("catalog:size_guide", args=[self.slug])
