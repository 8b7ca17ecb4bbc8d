"""Where products stand: the tree of categories, brands, makers; and the version of all content."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shop.kit import languages


class CategoryQuerySet(models.QuerySet["Category"]):
    def shown(self) -> "CategoryQuerySet":
        return self.filter(is_active=True)

    def in_menu_order(self) -> "CategoryQuerySet":
        return self.order_by("position", "path")

    def below(self, path: str) -> "CategoryQuerySet":
        """The category at `path` and everything under it."""
        return self.filter(Q(path=path) | Q(path__startswith=f"{path}/"))


class Category(models.Model):
    """A shelf. `path` is the chain of slugs from the top, kept by `categories.save`."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    slug = models.SlugField(_("slug"), max_length=60)
    path = models.CharField(_("path"), max_length=400, unique=True, editable=False)
    name_de = models.CharField(_("name (German)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    intro_de = models.TextField(_("introduction (German)"), blank=True)
    intro_en = models.TextField(_("introduction (English)"), blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("shown"), default=True)
    # By the database's clock, written by `categories.store`: search engines are told.
    changed_at = models.DateTimeField(_("changed"), db_default=Now(), editable=False)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["parent", "slug"], name="category_slug_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalog:category", args=[self.path])

    @property
    def name(self) -> str:
        return languages.localized(self, "name")

    @property
    def intro(self) -> str:
        return languages.localized(self, "intro")


class Brand(models.Model):
    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")

    def __str__(self) -> str:
        return self.name


class Manufacturer(models.Model):
    """Who made it, to be named on each offer (Art. 19 Regulation (EU) 2023/988, GPSR)."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    address = models.CharField(_("postal address"), max_length=240)
    email = models.EmailField(_("e-mail"))
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        db_default="",
        help_text=_("Two letters (DE, IT, CN): outside the EU somebody inside is responsible."),
    )
    # Makers outside the EU need somebody responsible inside it.
    responsible_name = models.CharField(
        _("responsible person in the EU"), max_length=120, blank=True
    )
    responsible_address = models.CharField(_("their postal address"), max_length=240, blank=True)
    responsible_email = models.EmailField(_("their e-mail"), blank=True)

    class Meta:
        verbose_name = _("manufacturer")
        verbose_name_plural = _("manufacturers")

    def __str__(self) -> str:
        return self.name


class ContentVersion(models.Model):
    """One row that counts changes of what shoppers see; cached pieces of pages carry its number."""

    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="content_version_one_row"),
        ]

    def __str__(self) -> str:
        return str(self.number)
