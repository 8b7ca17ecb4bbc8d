"""What the home page opens with."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.category import Category
from catalog.models.picture import Picture, focus_inside
from catalog.models.renditions import Renditions
from shop.kit import languages


class Hero(Picture):
    """The large picture of the home page, its words, and the category that its button leads to."""

    mobile_key = models.CharField(_("key (phone)"), max_length=80, blank=True, editable=False)
    mobile_width = models.PositiveIntegerField(default=0, editable=False)
    mobile_height = models.PositiveIntegerField(default=0, editable=False)
    mobile_widths = ArrayField(models.PositiveIntegerField(), default=list, editable=False)
    mobile_renditions = models.JSONField(default=dict, db_default={}, editable=False)
    title_de = models.CharField(_("title (German)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=120)
    text_de = models.CharField(_("text (German)"), max_length=300)
    text_en = models.CharField(_("text (English)"), max_length=300)
    button_de = models.CharField(_("button (German)"), max_length=60)
    button_en = models.CharField(_("button (English)"), max_length=60)
    category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("leads to"))
    is_shown = models.BooleanField(_("shown"), default=False)

    class Meta:
        verbose_name = _("opening of the home page")
        verbose_name_plural = _("openings of the home page")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_shown"], condition=Q(is_shown=True), name="hero_one_shown"
            ),
            focus_inside("hero_focus_inside"),
        ]

    def __str__(self) -> str:
        return languages.localized(self, "title")

    @property
    def mobile_files(self) -> Renditions:
        """The files of the tall picture for phones."""
        return Renditions(self.mobile_key, self.mobile_renditions, self.mobile_widths)
