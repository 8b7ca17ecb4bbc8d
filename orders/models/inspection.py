"""What came out of the parcel: each piece, where it went, and pictures of what was wrong."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant
from orders.models.component import OrderLineComponent
from orders.models.returns import Return, ReturnLine


class Verdict(models.TextChoices):
    RESTOCK = "restock", _("back on sale")
    APART = "apart", _("set apart as second choice")
    WRITE_OFF = "write_off", _("written off")


class Condition(models.TextChoices):
    NEW = "new", _("as new")
    OPENED = "opened", _("opened")
    USED = "used", _("traces of use")
    DAMAGED = "damaged", _("damaged")


class ReturnPiece(models.Model):
    """So many pieces of a line, or of a component of a set, that shared one fate."""

    return_line = models.ForeignKey(ReturnLine, models.PROTECT, related_name="pieces")
    component = models.ForeignKey(
        OrderLineComponent, models.PROTECT, null=True, blank=True, related_name="+"
    )
    variant = models.ForeignKey(
        Variant, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("variant")
    )
    sku = models.CharField(_("SKU"), max_length=40)
    quantity = models.PositiveIntegerField(_("quantity"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    condition = models.CharField(_("condition"), max_length=10, choices=Condition.choices)

    class Meta:
        verbose_name = _("inspected piece")
        verbose_name_plural = _("inspected pieces")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["return_line", "component", "sku", "verdict"],
                name="return_piece_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="return_piece_of_something"),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="return_piece_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(condition__in=Condition.values), name="return_piece_condition_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.sku}: {self.verdict}"


class ReturnPhoto(models.Model):
    """A picture of the customer, in the private storage: re-encoded, without what a camera adds."""

    goods_return = models.ForeignKey(Return, models.PROTECT, related_name="photos")
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("picture of a return")
        verbose_name_plural = _("pictures of a return")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["goods_return", "sha256"], name="return_photo_once"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]
