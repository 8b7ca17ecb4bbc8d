"""Pictures: one row a picture; its files are named after its content (`renditions`)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.category import Category
from catalog.models.product import OptionValue, Product
from catalog.models.renditions import Renditions, rendition_url
from shop.kit import languages

__all__ = ["CategoryPicture", "Picture", "ProductPicture", "focus_inside", "rendition_url"]

_PERCENT = MaxValueValidator(100)


class Picture(models.Model):
    """A content (`key`), its words, and the point that stays in sight when it is cropped."""

    key = models.CharField(_("key"), max_length=80, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    # Of rows from before there were `renditions`: WebP in these widths.
    widths = ArrayField(models.PositiveIntegerField(), verbose_name=_("widths"), editable=False)
    # shape → {"mark": …, format: [widths]}: the files that exist, and that pages may show.
    renditions = models.JSONField(_("renditions"), default=dict, db_default={}, editable=False)
    color = models.CharField(_("mean colour"), max_length=7, editable=False)
    focus_x = models.PositiveSmallIntegerField(
        _("focal point from the left (%)"), default=50, db_default=50, validators=[_PERCENT]
    )
    focus_y = models.PositiveSmallIntegerField(
        _("focal point from the top (%)"), default=50, db_default=50, validators=[_PERCENT]
    )
    alt_de = models.CharField(_("description (German)"), max_length=200)
    alt_en = models.CharField(_("description (English)"), max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.alt

    @property
    def alt(self) -> str:
        return languages.localized(self, "alt")

    @property
    def files(self) -> Renditions:
        """The files that this row may show."""
        return Renditions(self.key, self.renditions, self.widths)

    def url(self, width: int) -> str:
        """The address of the rendition that is at least `width` wide (the widest when none is)."""
        return self.files.url(width)


def focus_inside(name: str) -> models.CheckConstraint:
    """The focal point lies in the picture."""
    return models.CheckConstraint(condition=Q(focus_x__lte=100) & Q(focus_y__lte=100), name=name)


class ProductPicture(Picture):
    product = models.ForeignKey(Product, models.CASCADE, related_name="pictures")
    option_value = models.ForeignKey(
        OptionValue,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="pictures",
        help_text=_("Shown first when this value is chosen."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        indexes: ClassVar = [
            models.Index(fields=["product", "position"], name="product_picture_order"),
            models.Index(fields=["key"], name="product_picture_key"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(alt_de="") & ~Q(alt_en=""), name="product_picture_described"
            ),
            focus_inside("product_picture_focus_inside"),
        ]


class CategoryPicture(Picture):
    category = models.OneToOneField(Category, models.CASCADE, related_name="picture")

    class Meta:
        verbose_name = _("picture of a category")
        verbose_name_plural = _("pictures of categories")
        constraints: ClassVar = [
            focus_inside("category_picture_focus_inside"),
        ]
