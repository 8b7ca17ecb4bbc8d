"""Where pieces lie, how many, which are promised, and every change of it."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Case, ExpressionWrapper, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from catalog.models import ProductStatus, Variant


class LocationKind(models.TextChoices):
    WAREHOUSE = "warehouse", _("warehouse")
    STORE = "store", _("store")
    # What came back and is not sold as new: no order is sent from here.
    APART = "apart", _("set apart")


class StockLocation(models.Model):
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=LocationKind.choices)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    hours_de = models.TextField(_("opening hours (German)"), default="", db_default="", blank=True)
    hours_en = models.TextField(_("opening hours (English)"), default="", db_default="", blank=True)

    class Meta:
        verbose_name = _("stock location")
        verbose_name_plural = _("stock locations")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=LocationKind.values), name="stock_location_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


def free_expression(today: datetime.date) -> models.Expression:
    """`StockItem.free` as an expression of the database: one rule for lists and pages."""
    beyond = Case(
        When(expected_on__lt=today, then=Value(0)),
        default=F("backorder_limit"),
        output_field=models.IntegerField(),
    )
    return ExpressionWrapper(
        F("on_hand") - F("reserved") + beyond, output_field=models.IntegerField()
    )


class StockItemQuerySet(models.QuerySet["StockItem"]):
    def with_free(self, today: datetime.date) -> "StockItemQuerySet":
        """`free_now`: so many can be promised `today`."""
        return self.annotate(free_now=free_expression(today))

    def on_sale(self) -> "StockItemQuerySet":
        """Shelves that orders are sent from, of goods that are counted and for sale."""
        return self.filter(
            location__kind=LocationKind.WAREHOUSE,
            location__is_active=True,
            variant__is_active=True,
            variant__has_stock_limit=True,
            variant__product__status=ProductStatus.ACTIVE,
        )

    def overdue(self, today: datetime.date) -> "StockItemQuerySet":
        """Shelves whose delivery did not come on its day, although somebody waits for it or may."""
        return self.filter(expected_on__lt=today).filter(
            Q(backorder_limit__gt=0) | Q(reserved__gt=F("on_hand"))
        )


class StockItem(models.Model):
    """Pieces of a variant at a location: `on_hand` lie there, `reserved` of them are promised."""

    location = models.ForeignKey(StockLocation, models.PROTECT, related_name="items")
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="stock_items")
    on_hand = models.IntegerField(_("on hand"), default=0)
    reserved = models.IntegerField(_("reserved"), default=0)
    shelf = models.CharField(
        _("shelf"),
        max_length=20,
        default="",
        db_default="",
        blank=True,
        help_text=_("Pick lists follow it: A-03-2 before A-12-1."),
    )
    backorder_limit = models.PositiveIntegerField(_("sold beyond stock, at most"), default=0)
    expected_on = models.DateField(
        _("next delivery expected on"),
        null=True,
        blank=True,
        help_text=_("Until then it is sold beyond stock; shoppers are told the day."),
    )
    is_preorder = models.BooleanField(
        _("not published yet"),
        default=False,
        db_default=False,
        help_text=_("Shoppers read “Pre-order” instead of “Reordered”."),
    )

    objects = StockItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock")
        verbose_name_plural = _("stock")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["location", "variant"], name="stock_item_once_per_location"
            ),
            models.CheckConstraint(
                condition=Q(reserved__lte=F("on_hand") + F("backorder_limit")),
                name="stock_item_never_oversold",
            ),
            models.CheckConstraint(
                condition=Q(reserved__gte=0, on_hand__gte=0), name="stock_item_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(is_preorder=False) | Q(expected_on__isnull=False),
                name="stock_item_preorder_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        """SKU and place where they are loaded: a name is not worth a statement."""
        if not {"variant", "location"} <= self._state.fields_cache.keys():
            return f"{self.variant_id} @ {self.location_id}"
        return f"{self.variant.sku}, {self.location}"

    def at_once(self) -> int:
        """So many can leave today."""
        return self.on_hand - self.reserved

    def free(self, today: datetime.date) -> int:
        """So many can be promised `today`: a day that is over promises nothing any more."""
        is_over = self.expected_on is not None and self.expected_on < today
        return self.at_once() + (0 if is_over else self.backorder_limit)


class MovementKind(models.TextChoices):
    RECEIVED = "received", _("received")
    COUNTED = "counted", _("counted")
    SOLD = "sold", _("sold")
    RESTOCKED = "restocked", _("restocked")
    WRITTEN_OFF = "discarded", _("written off")


class StockMovement(models.Model):
    """One change of `on_hand`; their sum is `on_hand`. Never changed, never deleted."""

    item = models.ForeignKey(StockItem, models.CASCADE, related_name="movements")
    kind = models.CharField(_("kind"), max_length=10, choices=MovementKind.choices)
    quantity = models.IntegerField(_("quantity"))
    reference = models.CharField(_("reference"), max_length=80)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "kind", "reference"], name="stock_movement_once_per_reference"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MovementKind.values), name="stock_movement_kind_known"
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="stock_movement_has_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity:+d} {self.reference}"


class ReservationState(models.TextChoices):
    OPEN = "open", _("open")
    RELEASED = "released", _("released")
    SHIPPED = "shipped", _("shipped")


class ReservationQuerySet(models.QuerySet["Reservation"]):
    def open_for(self, reference: str) -> "ReservationQuerySet":
        return self.filter(reference=reference, state=ReservationState.OPEN)


class Reservation(models.Model):
    """Pieces promised to an order (its number is the reference) until it ships or is cancelled."""

    item = models.ForeignKey(StockItem, models.PROTECT, related_name="reservations")
    reference = models.CharField(_("reference"), max_length=80, db_index=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    state = models.CharField(
        _("state"), max_length=10, choices=ReservationState.choices, default=ReservationState.OPEN
    )
    created_at = models.DateTimeField(_("created"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = ReservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "reference"],
                condition=Q(state="open"),
                name="reservation_once_per_reference",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReservationState.values), name="reservation_state_known"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="reservation_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} for {self.reference}"
