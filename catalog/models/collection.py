"""Collections: goods that belong together, picked by hand or found by a rule."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.picture import Picture, focus_inside
from catalog.models.product import Product
from shop.kit import languages


class CollectionKind(models.TextChoices):
    PICKED = "picked", _("picked by hand")
    RULED = "ruled", _("by a rule")


class CollectionQuerySet(models.QuerySet["Collection"]):
    def open_at(self, moment: datetime.datetime) -> "CollectionQuerySet":
        """What shoppers can see at `moment`: active, begun, not ended."""
        return self.filter(
            Q(starts_at=None) | Q(starts_at__lte=moment),
            Q(ends_at=None) | Q(ends_at__gt=moment),
            is_active=True,
        )

    def in_menu_order(self) -> "CollectionQuerySet":
        return self.order_by("position", "pk")


class Collection(models.Model):
    """A page of goods across the shelves. Saved by `collections.editing.store` alone."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=CollectionKind.choices)
    name_de = models.CharField(_("name (German)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    intro_de = models.TextField(_("introduction (German)"), blank=True)
    intro_en = models.TextField(_("introduction (English)"), blank=True)
    # What search engines show; empty: name and introduction.
    title_de = models.CharField(_("title for search engines (German)"), max_length=70, blank=True)
    title_en = models.CharField(_("title for search engines (English)"), max_length=70, blank=True)
    description_de = models.CharField(
        _("text for search engines (German)"), max_length=160, blank=True
    )
    description_en = models.CharField(
        _("text for search engines (English)"), max_length=160, blank=True
    )
    # As `collections.rules` reads and writes it; empty for what is picked by hand.
    rule = models.JSONField(_("rule"), default=dict, blank=True)
    is_active = models.BooleanField(_("active"), default=False, help_text=_("Off: a draft."))
    starts_at = models.DateTimeField(_("shown from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("shown until"), null=True, blank=True)
    is_on_home = models.BooleanField(_("shelf on the home page"), default=False)
    is_in_menu = models.BooleanField(_("in the menu"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    # Whether kept menus show it: a job compares it with the dates and renews what is kept.
    is_told = models.BooleanField(default=False, editable=False)
    # By the database's clock: search engines are told.
    changed_at = models.DateTimeField(_("changed"), db_default=Now(), editable=False)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=CollectionKind.values), name="collection_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(starts_at__lt=F("ends_at")),
                name="collection_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(kind="picked", rule={}) | (Q(kind="ruled") & ~Q(rule={})),
                name="collection_rule_where_ruled",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalog:collection", args=[self.slug])

    @property
    def name(self) -> str:
        return languages.localized(self, "name")

    def is_open(self, moment: datetime.datetime) -> bool:
        """Can shoppers see it at `moment`?"""
        has_begun = self.starts_at is None or self.starts_at <= moment
        has_ended = self.ends_at is not None and self.ends_at <= moment
        return self.is_active and has_begun and not has_ended


class CollectionEntry(models.Model):
    """What staff say of one product: it is in, at this place; or it never comes in."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="entries")
    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    is_excluded = models.BooleanField(_("excluded"), default=False)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("entry of a collection")
        verbose_name_plural = _("entries of a collection")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collection", "product"], name="collection_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.collection_id}: {self.product_id}"


class CollectionMember(models.Model):
    """What is in a collection now, written by `collections.members`; picked ones have a place."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="members")
    product = models.ForeignKey(Product, models.CASCADE, related_name="memberships")
    place = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("product of a collection")
        verbose_name_plural = _("products of a collection")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["collection", "product"], name="collection_member_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection_id}: {self.product_id}"


class CollectionPicture(Picture):
    collection = models.OneToOneField(Collection, models.CASCADE, related_name="picture")

    class Meta:
        verbose_name = _("picture of a collection")
        verbose_name_plural = _("pictures of collections")
        constraints: ClassVar = [focus_inside("collection_picture_focus_inside")]
