"""The cart: throw-away data until it becomes an order."""

import datetime
import uuid
from typing import ClassVar

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer
from catalog.models import Variant
from checkout.models.promotion import Promotion
from shop.kit import ids

KEPT_DAYS = 60


class CartQuerySet(models.QuerySet["Cart"]):
    def open(self) -> "CartQuerySet":
        return self.filter(ordered_at__isnull=True)

    def with_aside(self) -> "CartQuerySet":
        """Read with the cart whether something lies beside it."""
        beside = apps.get_model("checkout", "AsideLine")._default_manager
        return self.annotate(has_aside=Exists(beside.filter(cart=OuterRef("pk"))))

    def knowing_offers(self) -> "CartQuerySet":
        """Read with it whether the shop has promotions that need no code: `has_offers`.

        Most of the time it has none; then no page asks for them with a statement of its own.
        """
        return self.annotate(
            has_offers=Exists(Promotion.objects.automatic().filter(is_active=True))
        )

    def untouched_since(self, moment: datetime.datetime) -> "CartQuerySet":
        return self.filter(updated_at__lt=moment)


class Cart(models.Model):
    """A basket of a visitor (found by the token in the cookie) or of a customer.

    `contact` holds what was typed at the checkout, so that nothing is asked twice. The placement
    token makes one order of this cart, however often the button is pressed; `last_key` names the
    form that filled it last, so that a double click adds once.
    """

    token = models.CharField(max_length=40, unique=True, default=ids.secret_token, editable=False)
    customer = models.ForeignKey(
        Customer, models.CASCADE, null=True, blank=True, related_name="carts"
    )
    contact = models.JSONField(_("contact and address"), default=dict, blank=True)
    delivery_method = models.CharField(_("delivery method"), max_length=40, blank=True)
    payment_method = models.CharField(_("payment method"), max_length=40, blank=True)
    placement_token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    last_key = models.UUIDField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("last change"))
    ordered_at = models.DateTimeField(_("ordered"), null=True, blank=True)
    # Keys of coupons as `promotions.codes` makes them; they stand here, so no statement reads them.
    coupon_keys = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("coupons"),
        default=list,
        db_default=[],
        blank=True,
    )

    has_offers = True  # False where `knowing_offers` read it and there are none
    has_aside = False  # True where `with_aside` read it and something lies beside the cart

    objects = CartQuerySet.as_manager()

    class Meta:
        verbose_name = _("cart")
        verbose_name_plural = _("carts")
        indexes: ClassVar = [models.Index(fields=["updated_at"], name="cart_last_change")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(ordered_at__isnull=True),
                name="cart_one_open_per_customer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class CartLine(models.Model):
    """Goods in a cart. `seen_*` is what the shopper took note of last (`checkout.cart.changes`).

    `seen_left` is set where too few were left, `seen_parts` lists what a bundle held as pairs of
    variant id and pieces.
    """

    cart = models.ForeignKey(Cart, models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField(_("quantity"))
    engraving = models.CharField(_("engraving"), max_length=60, blank=True)
    added_at = models.DateTimeField(_("added"))
    seen_gross = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    seen_left = models.PositiveIntegerField(null=True, blank=True)
    seen_parts = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = _("cart line")
        verbose_name_plural = _("cart lines")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cart", "variant", "engraving"], name="cart_line_once_per_variant"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=99), name="cart_line_quantity_plausible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.variant_id}"
