"""What somebody would like to have: a list of a visitor or of a customer."""

import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer
from catalog.models import Product, Variant
from shop.kit import ids

KEPT_DAYS = 60


class WishlistQuerySet(models.QuerySet["Wishlist"]):
    def of_guests(self) -> "WishlistQuerySet":
        return self.filter(customer__isnull=True)

    def untouched_since(self, moment: datetime.datetime) -> "WishlistQuerySet":
        return self.filter(updated_at__lt=moment)


class Wishlist(models.Model):
    """The list of a visitor (found by the token in the cookie) or of a customer.

    `share_token` is in the secret link under which others may read it; there may be none.
    """

    token = models.CharField(max_length=40, unique=True, default=ids.secret_token, editable=False)
    customer = models.OneToOneField(
        Customer, models.CASCADE, null=True, blank=True, related_name="wishlist"
    )
    share_token = models.CharField(max_length=40, unique=True, null=True, editable=False)  # noqa: DJ001 - unique among those that are set
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("last change"))

    objects = WishlistQuerySet.as_manager()

    class Meta:
        verbose_name = _("wishlist")
        verbose_name_plural = _("wishlists")
        indexes: ClassVar = [models.Index(fields=["updated_at"], name="wishlist_last_change")]

    def __str__(self) -> str:
        return f"{self.pk}"


class WishlistItemQuerySet(models.QuerySet["WishlistItem"]):
    def present(self) -> "WishlistItemQuerySet":
        """Those that were not taken off."""
        return self.filter(removed_at__isnull=True)

    def removed_before(self, moment: datetime.datetime) -> "WishlistItemQuerySet":
        return self.filter(removed_at__lt=moment)


class WishlistItem(models.Model):
    """A product on a list, with the variant that was chosen, if one was.

    One that was taken off stays for a day, so that it can be put back with what it knows.
    """

    wishlist = models.ForeignKey(Wishlist, models.CASCADE, related_name="items")
    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    variant = models.ForeignKey(Variant, models.CASCADE, null=True, blank=True, related_name="+")
    # What it cost then: a fact that is told, never a price from which something was reduced.
    gross_when_added = models.DecimalField(
        _("price when added"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    added_at = models.DateTimeField(_("added"))
    removed_at = models.DateTimeField(_("taken off"), null=True, blank=True)

    objects = WishlistItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of a wishlist")
        verbose_name_plural = _("items of wishlists")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["wishlist", "product", "variant"],
                name="wishlist_item_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} / {self.variant_id}"
