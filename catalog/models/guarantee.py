"""A producer's guarantee of durability, and the official graphics that tell shoppers of it."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Mod
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product

SHORTEST_MONTHS = 30  # More than the two years of the law, in steps of half a year.


class Guarantee(models.Model):
    """A commercial guarantee of durability: more than 2 years, whole product, at no cost.

    Only such a guarantee may bear the harmonised label (Art. 2 No 14a, 22a Directive 2011/83/EU as
    amended by (EU) 2024/825; Annex II of Implementing Regulation (EU) 2025/1960).
    """

    product = models.OneToOneField(Product, models.CASCADE, related_name="guarantee")
    brand = models.CharField(_("brand on the label"), max_length=60)
    model_identifier = models.CharField(_("model identifier"), max_length=60)
    months = models.PositiveSmallIntegerField(
        _("months"),
        validators=[MinValueValidator(SHORTEST_MONTHS)],
        help_text=_("More than 24, in steps of half a year: 30, 36, 42 …"),
    )
    covers_whole_product = models.BooleanField(_("covers the whole product"), default=False)
    is_free = models.BooleanField(_("costs the buyer nothing"), default=False)
    guarantor_name = models.CharField(_("guarantor"), max_length=120)
    guarantor_address = models.CharField(_("its postal address"), max_length=240)
    # § 479 BGB: how to claim, what is promised, where it holds, and that the law's rights stay.
    terms_de = models.TextField(_("terms (German)"))
    terms_en = models.TextField(_("terms (English)"))

    class Meta:
        verbose_name = _("guarantee of durability")
        verbose_name_plural = _("guarantee of durability")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(months__gte=SHORTEST_MONTHS), name="guarantee_longer_than_the_law"
            ),
            models.CheckConstraint(
                condition=Exact(Mod("months", 6), 0), name="guarantee_in_half_years"
            ),
            models.CheckConstraint(
                condition=Q(covers_whole_product=True, is_free=True),
                name="guarantee_whole_and_free",
            ),
            models.CheckConstraint(
                condition=~Q(brand="")
                & ~Q(model_identifier="")
                & ~Q(guarantor_name="")
                & ~Q(guarantor_address="")
                & ~Q(terms_de="")
                & ~Q(terms_en=""),
                name="guarantee_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.brand} {self.model_identifier}"


class GraphicKind(models.TextChoices):
    NOTICE = "notice", _("notice of the statutory guarantee")
    GARAN_LABEL = "garan_label", _("GARAN label of a producer's guarantee")


class GraphicType(models.TextChoices):
    SVG = "image/svg+xml", "SVG"
    PNG = "image/png", "PNG"


class OfficialGraphic(models.Model):
    """A graphic of the European Commission, unchanged: it must not be redrawn or recoloured.

    Annexes I and II of Implementing Regulation (EU) 2025/1960. The file lies in the table, so that
    a backup of the database holds what the shop is bound to show.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=GraphicKind.choices)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    content = models.BinaryField(_("file"), editable=False)
    content_type = models.CharField(
        _("type"), max_length=20, choices=GraphicType.choices, editable=False
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    source_url = models.URLField(
        _("fetched from"), help_text=_("The page of the Commission from which you have the file.")
    )
    uploaded_at = models.DateTimeField(_("uploaded"), editable=False)

    class Meta:
        verbose_name = _("official graphic")
        verbose_name_plural = _("official graphics")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "language"], name="official_graphic_once"),
            models.CheckConstraint(
                condition=Q(kind__in=GraphicKind.values), name="official_graphic_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="official_graphic_language_known",
            ),
            models.CheckConstraint(
                condition=Q(content_type__in=GraphicType.values),
                name="official_graphic_type_known",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="official_graphic_is_hashed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.language})"
