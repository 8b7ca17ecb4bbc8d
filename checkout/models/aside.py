"""What lies beside the cart: kept for another day, or just taken out and still to be had back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant
from checkout.models.cart import Cart


class AsideKind(models.TextChoices):
    SAVED = "saved", _("saved for later")
    REMOVED = "removed", _("removed from the cart")
    DISCARDED = "discarded", _("removed from what was saved")


class AsideLine(models.Model):
    """A line beside the cart. Of the two removed kinds a cart has one at most: the last removal.

    It is kept until the next change of the cart, so that "undo" can bring it back as it was.
    """

    cart = models.ForeignKey(Cart, models.CASCADE, related_name="aside")
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField(_("quantity"))
    engraving = models.CharField(_("engraving"), max_length=60, blank=True)
    kind = models.CharField(
        _("kind"), max_length=12, choices=AsideKind.choices, default=AsideKind.SAVED
    )
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("line beside the cart")
        verbose_name_plural = _("lines beside the cart")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cart", "variant", "engraving"],
                condition=Q(kind=AsideKind.SAVED),
                name="aside_saved_once_per_variant",
            ),
            models.UniqueConstraint(
                fields=["cart"],
                condition=~Q(kind=AsideKind.SAVED),
                name="aside_one_removal_per_cart",
            ),
            models.CheckConstraint(condition=Q(kind__in=AsideKind.values), name="aside_kind_known"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=99), name="aside_quantity_plausible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.variant_id} ({self.kind})"
