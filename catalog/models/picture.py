"""Pictures: one row a picture; the files of its widths are named after its content."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.category import Category
from catalog.models.product import OptionValue, Product
from shop.kit import languages


class Picture(models.Model):
    """`key` names the content; the rendition of a width lies at `<key>-<width>.webp`."""

    key = models.CharField(_("key"), max_length=80, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    widths = ArrayField(models.PositiveIntegerField(), verbose_name=_("widths"), editable=False)
    color = models.CharField(_("mean colour"), max_length=7, editable=False)
    alt_de = models.CharField(_("description (German)"), max_length=200)
    alt_en = models.CharField(_("description (English)"), max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.alt

    @property
    def alt(self) -> str:
        return languages.localized(self, "alt")

    def url(self, width: int) -> str:
        """The address of the rendition that is at least `width` wide (the widest when none is)."""
        return rendition_url(self.key, self.widths, width)

    def shared(self) -> tuple[str, int, int]:
        """Address, width and height of what is shown beside a link elsewhere."""
        return shared_rendition(self.key, self.widths, width=self.width, height=self.height)


def rendition_url(key: str, widths: list[int], width: int) -> str:
    """The address of the narrowest rendition of at least `width`, without loading a row."""
    fitting = min((one for one in widths if one >= width), default=max(widths))
    return f"{settings.MEDIA_URL}pictures/{key}-{fitting}.webp"


SHARED_WIDTH = 1200  # what those who show a link with a picture ask for, at least


def shared_rendition(
    key: str, widths: list[int], *, width: int, height: int
) -> tuple[str, int, int]:
    """Address, width and height of what is shown beside a link elsewhere; of `width`×`height`."""
    wide = min((one for one in widths if one >= SHARED_WIDTH), default=max(widths))
    return rendition_url(key, widths, wide), wide, round(height * wide / width)


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
            models.Index(fields=["product", "position"], name="product_picture_order")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(alt_de="") & ~Q(alt_en=""), name="product_picture_described"
            ),
        ]


class CategoryPicture(Picture):
    category = models.OneToOneField(Category, models.CASCADE, related_name="picture")

    class Meta:
        verbose_name = _("picture of a category")
        verbose_name_plural = _("pictures of categories")
