"""The order: a record of what was agreed, copied in words and sums, never computed again."""

import datetime
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer
from catalog.models import TaxScheme
from orders.models import mailbox


class OrderStatus(models.TextChoices):
    PLACED = "placed", _("placed")
    CONFIRMED = "confirmed", _("confirmed")
    COMPLETED = "completed", _("completed")
    CANCELLED = "cancelled", _("cancelled")


class PaymentStatus(models.TextChoices):
    """Derived from the payments and refunds; written by `states.recompute` alone."""

    UNPAID = "unpaid", _("unpaid")
    PENDING = "pending", _("payment pending")
    PARTLY_PAID = "partly_paid", _("partly paid")
    PAID = "paid", _("paid")
    OVERPAID = "overpaid", _("overpaid")
    PARTLY_REFUNDED = "partly_refunded", _("partly refunded")
    REFUNDED = "refunded", _("refunded")
    MISMATCH = "mismatch", _("amount differs")
    DISPUTED = "disputed", _("disputed")
    CHARGED_BACK = "charged_back", _("charged back")


# All of the total is here, and no more of it was given back than staff meant to.
COVERED = [PaymentStatus.PAID, PaymentStatus.OVERPAID, PaymentStatus.PARTLY_REFUNDED]


class FulfilmentStatus(models.TextChoices):
    """Derived from the fulfilments; written by `states.recompute` alone."""

    UNFULFILLED = "unfulfilled", _("not shipped")
    PARTLY = "partly", _("partly shipped")
    FULFILLED = "fulfilled", _("shipped")


class OrderQuerySet(models.QuerySet["Order"]):
    def newest_first(self) -> "OrderQuerySet":
        return self.order_by("-placed_at", "-pk")

    def reservation_ended(self, moment: datetime.datetime) -> "OrderQuerySet":
        """Orders that wait for money longer than their goods are kept for them.

        Among them confirmed ones, to be paid when they are fetched, that nobody fetched.
        """
        return self.filter(
            status__in=[OrderStatus.PLACED, OrderStatus.CONFIRMED],
            payment_status=PaymentStatus.UNPAID,
            reserved_until__lt=moment,
        ).order_by("reserved_until")


class Order(models.Model):
    """One order. `access_version` is part of its signed links: counting it up ends them all."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    placement_token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    access_version = models.PositiveIntegerField(default=1, editable=False)
    customer = models.ForeignKey(
        Customer,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name=_("customer"),
    )
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    currency = models.CharField(_("currency"), max_length=3, default=settings.CURRENCY)
    status = models.CharField(
        _("status"), max_length=12, choices=OrderStatus.choices, default=OrderStatus.PLACED
    )
    payment_status = models.CharField(
        _("payment"), max_length=16, choices=PaymentStatus.choices, default=PaymentStatus.UNPAID
    )
    fulfilment_status = models.CharField(
        _("fulfilment"),
        max_length=12,
        choices=FulfilmentStatus.choices,
        default=FulfilmentStatus.UNFULFILLED,
    )
    placed_at = models.DateTimeField(_("placed"))
    reserved_until = models.DateTimeField(_("goods are kept until"), null=True, blank=True)
    # Stands in a closed box and waits for the carrier; empty again as soon as it has left.
    packed_at = models.DateTimeField(_("packed"), null=True, blank=True)
    delivery_method = models.CharField(_("delivery method"), max_length=40)
    delivery_name = models.CharField(_("delivery"), max_length=80)
    delivery_from = models.DateField(_("delivery from"))
    delivery_to = models.DateField(_("delivery until"))
    goods_gross = models.DecimalField(_("goods"), max_digits=12, decimal_places=2)
    # Taken off the goods; `goods_gross` stays the sum at shelf prices.
    discount_gross = models.DecimalField(
        _("discount"), max_digits=12, decimal_places=2, default=0, db_default=0
    )
    # Asked beside the prices, given back for the empties: not part of `goods_gross` (§ 7 PAngV).
    deposit_gross = models.DecimalField(
        _("deposit"), max_digits=12, decimal_places=2, default=0, db_default=0
    )
    # What is charged: the fee less what was taken off it.
    delivery_gross = models.DecimalField(_("delivery fee"), max_digits=12, decimal_places=2)
    delivery_discount_gross = models.DecimalField(
        _("discount on the delivery"), max_digits=12, decimal_places=2, default=0, db_default=0
    )
    total_gross = models.DecimalField(_("total"), max_digits=12, decimal_places=2)
    # Whose VAT, decided when the order was placed: docs/algorithms/vat_countries.md.
    tax_country = models.CharField(
        _("taxed in"), max_length=2, default=settings.COUNTRY, db_default=settings.COUNTRY
    )
    tax_scheme = models.CharField(
        _("VAT scheme"),
        max_length=16,
        choices=TaxScheme.choices,
        default=TaxScheme.SELLER,
        db_default=TaxScheme.SELLER,
    )
    # What counts towards the limit of 10,000 €; None: no sale to another member state.
    distance_net = models.DecimalField(
        _("distance sale, net"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    payment_method = models.CharField(_("payment method"), max_length=40)
    terms_version = models.CharField(_("version of the terms"), max_length=20)
    withdrawal_version = models.CharField(
        _("version of the withdrawal text"), max_length=20, default="", db_default="", blank=True
    )
    # Then the delivery address is the place where the goods are handed over.
    is_pickup = models.BooleanField(_("picked up"), default=False, db_default=False)
    note = models.TextField(_("note of the customer"), blank=True)
    # What the shop promised beyond the law when the order was placed; 0: nothing.
    return_days = models.PositiveSmallIntegerField(
        _("days for a voluntary return"), default=0, db_default=0
    )
    is_return_free = models.BooleanField(
        _("voluntary return without postage"), default=False, db_default=False
    )
    # What the cheapest delivery would have cost (§ 357 (2) BGB); None: not known, so all of it.
    standard_delivery_gross = models.DecimalField(
        _("cheapest delivery"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    # Stands here so that all other orders need not ask their lines for downloads.
    has_digital = models.BooleanField(
        _("has digital lines"), default=False, db_default=False, editable=False
    )

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        indexes: ClassVar = [
            models.Index(fields=["-placed_at"], name="order_newest"),
            models.Index(fields=["email"], name="order_email"),
            models.Index(mailbox.expression(), name="order_mailbox"),
            models.Index(
                fields=["reserved_until"],
                condition=Q(payment_status__in=["unpaid", "partly_paid"]),
                name="order_awaiting_money",
            ),
            models.Index(
                fields=["placed_at"], condition=Q(distance_net__gte=0), name="order_abroad"
            ),
            # The few of many that wait for staff: counted on every page of the admin.
            models.Index(
                fields=["placed_at"],
                condition=Q(status="confirmed") & ~Q(fulfilment_status="fulfilled"),
                name="order_to_ship",
            ),
            models.Index(
                fields=["payment_status"],
                condition=Q(payment_status__in=["mismatch", "partly_paid"]),
                name="order_odd_payment",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=OrderStatus.values), name="order_status_known"
            ),
            models.CheckConstraint(
                condition=Q(tax_scheme__in=TaxScheme.values), name="order_tax_scheme_known"
            ),
            models.CheckConstraint(
                condition=Q(distance_net__gte=0)
                | (Q(distance_net__isnull=True) & ~Q(tax_scheme="destination")),
                name="order_distance_sale_plausible",
            ),
            models.CheckConstraint(
                condition=Q(payment_status__in=PaymentStatus.values),
                name="order_payment_status_known",
            ),
            models.CheckConstraint(
                condition=Q(fulfilment_status__in=FulfilmentStatus.values),
                name="order_fulfilment_status_known",
            ),
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="order_language_known",
            ),
            models.CheckConstraint(condition=Q(currency="EUR"), name="order_currency_live"),
            models.CheckConstraint(
                condition=Q(
                    total_gross=F("goods_gross")
                    - F("discount_gross")
                    + F("deposit_gross")
                    + F("delivery_gross")
                ),
                name="order_total_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(goods_gross__gte=0, deposit_gross__gte=0, delivery_gross__gte=0),
                name="order_sums_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(
                    discount_gross__gte=0,
                    discount_gross__lte=F("goods_gross"),
                    delivery_discount_gross__gte=0,
                ),
                name="order_discounts_plausible",
            ),
            models.CheckConstraint(
                condition=Q(delivery_from__lte=F("delivery_to")), name="order_delivery_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_payable(self) -> bool:
        """May the shopper still start a payment?"""
        return self.status == OrderStatus.PLACED and self.payment_status == PaymentStatus.UNPAID

    @property
    def is_paid(self) -> bool:
        return self.payment_status in (PaymentStatus.PAID, PaymentStatus.OVERPAID)

    @property
    def is_open(self) -> bool:
        """Does it wait for money, all of it or a rest?"""
        return self.status in (
            OrderStatus.PLACED,
            OrderStatus.CONFIRMED,
        ) and self.payment_status in (PaymentStatus.UNPAID, PaymentStatus.PARTLY_PAID)

    @property
    def is_downloadable(self) -> bool:
        """Accepted, and what was paid was not given back (but for a part of it)."""
        is_accepted = self.status in (OrderStatus.CONFIRMED, OrderStatus.COMPLETED)
        return is_accepted and self.payment_status in COVERED

    @property
    def is_cancellable(self) -> bool:
        """Nothing has left the house yet, and nothing waits packed for the carrier."""
        return (
            self.status in (OrderStatus.PLACED, OrderStatus.CONFIRMED)
            and self.fulfilment_status == FulfilmentStatus.UNFULFILLED
            and self.packed_at is None
        )

    @property
    def is_shippable(self) -> bool:
        """Paid in full, in the right amount, and something is still here."""
        return (
            self.status == OrderStatus.CONFIRMED
            and self.payment_status in COVERED
            and self.fulfilment_status != FulfilmentStatus.FULFILLED
        )


class AddressKind(models.TextChoices):
    DELIVERY = "delivery", _("delivery address")
    BILLING = "billing", _("billing address")


class OrderAddress(models.Model):
    """An address as it was when the order was placed."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="addresses")
    kind = models.CharField(_("kind"), max_length=10, choices=AddressKind.choices)
    name = models.CharField(_("name"), max_length=120)
    company = models.CharField(_("company"), max_length=120, blank=True)
    street = models.CharField(_("street and number"), max_length=120)
    extra = models.CharField(_("address line 2"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12)
    city = models.CharField(_("city"), max_length=80)
    country = models.CharField(_("country"), max_length=2)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    region = models.CharField(
        _("state or province"), max_length=80, default="", db_default="", blank=True
    )
    # Of a customer of DHL, whose parcels wait in a Packstation or a shop.
    post_number = models.CharField(
        _("post number"), max_length=10, default="", db_default="", blank=True
    )

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "kind"], name="order_address_once_per_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=AddressKind.values), name="order_address_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.postcode} {self.city}"


class OrderVat(models.Model):
    """The VAT of the whole order, delivery included, for one rate."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="vat_sums")
    rate = models.DecimalField(_("rate in percent"), max_digits=5, decimal_places=2)
    net = models.DecimalField(_("net"), max_digits=12, decimal_places=2)
    vat = models.DecimalField(_("VAT"), max_digits=12, decimal_places=2)
    gross = models.DecimalField(_("gross"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("VAT")
        verbose_name_plural = _("VAT")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "rate"], name="order_vat_once_per_rate"),
            models.CheckConstraint(
                condition=Q(gross=F("net") + F("vat")), name="order_vat_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(net__gte=0, vat__gte=0, rate__gte=0), name="order_vat_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rate} %: {self.vat}"


class EventKind(models.TextChoices):
    PLACED = "placed", _("placed")
    STATUS = "status", _("status changed")
    PAYMENT = "payment", _("payment")
    REFUND = "refund", _("refund")
    SHIPPED = "shipped", _("shipped")
    MAIL = "mail", _("mail sent again")
    DOWNLOAD = "download", _("first download")
    DISPUTE = "dispute", _("dispute")
    COLLECTED = "collected", _("collected")
    PACKED = "packed", _("packed")
    DELIVERED = "delivered", _("delivered")
    DOCUMENT = "document", _("document")
    WITHDRAWAL = "withdrawal", _("withdrawal")
    RETURN = "return", _("return")
    CHANGE = "change", _("order changed")


class OrderEvent(models.Model):
    """What happened, in order. The database refuses to change or delete a row."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="events")
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind.choices)
    from_status = models.CharField(_("from"), max_length=12, blank=True)
    to_status = models.CharField(_("to"), max_length=12, blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    actor = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("staff")
    )
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes: ClassVar = [models.Index(fields=["order", "id"], name="order_event_history")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=EventKind.values), name="order_event_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(from_status__in=["", *OrderStatus.values])
                & Q(to_status__in=["", *OrderStatus.values]),
                name="order_event_status_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.to_status}".strip()
