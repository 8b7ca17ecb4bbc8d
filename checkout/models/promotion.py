"""A promotion as staff keep it; `promotions.loading` makes the pure rule of it."""

import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models.reduction import id_list
from shop.kit import languages


class Kind(models.TextChoices):
    """What it takes from, its turn, and what others name to stand beside it: as `rules.Kind`."""

    PRODUCT = "product", _("goods, each line for itself")
    ORDER = "order", _("the whole order")
    SHIPPING = "shipping", _("the delivery fee")


class Effect(models.TextChoices):
    PERCENT = "percent", _("percent off")
    AMOUNT = "amount", _("an amount off")
    UNIT_PRICE = "unit_price", _("a fixed price for each piece")
    BUY_GET = "buy_get", _("buy some, get some cheaper")
    TIERS = "tiers", _("tiers by the value of the goods")
    FREE_SHIPPING = "free_shipping", _("free delivery")


EFFECTS_OF = {
    Kind.PRODUCT: (Effect.PERCENT, Effect.AMOUNT, Effect.UNIT_PRICE, Effect.BUY_GET, Effect.TIERS),
    Kind.ORDER: (Effect.PERCENT, Effect.AMOUNT, Effect.TIERS),
    Kind.SHIPPING: (Effect.PERCENT, Effect.AMOUNT, Effect.FREE_SHIPPING),
}


class PromotionQuerySet(models.QuerySet["Promotion"]):
    def live(self, moment: datetime.datetime) -> "PromotionQuerySet":
        """Switched on, begun, not over."""
        return self.filter(
            Q(starts_at=None) | Q(starts_at__lte=moment),
            Q(ends_at=None) | Q(ends_at__gt=moment),
            is_active=True,
        )

    def automatic(self) -> "PromotionQuerySet":
        """Those that nobody has to know a code for."""
        return self.filter(needs_coupon=False)


class Promotion(models.Model):
    """What is taken off, from which goods, under which conditions, beside what.

    The numbers stand in the columns that its effect reads: `percent` with `cap`, `gross` (an
    amount, a price for each piece, or how much of a delivery fee at most), `buy` and `get` with
    `percent` and `max_times`, `tiers` as pairs of a value of goods and what is then given.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_de = models.CharField(_("name (German)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    description = models.TextField(_("notes for staff"), blank=True)
    kind = models.CharField(_("takes from"), max_length=10, choices=Kind.choices)
    effect = models.CharField(_("gives"), max_length=14, choices=Effect.choices)
    percent = models.DecimalField(
        _("percent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    gross = models.DecimalField(_("euros"), max_digits=10, decimal_places=2, null=True, blank=True)
    cap = models.DecimalField(
        _("at most, in euros"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    buy = models.PositiveSmallIntegerField(_("buy"), null=True, blank=True)
    get = models.PositiveSmallIntegerField(_("get"), null=True, blank=True)
    max_times = models.PositiveSmallIntegerField(_("so often at most"), null=True, blank=True)
    tiers = models.JSONField(_("tiers"), default=list, blank=True)
    tiers_in_percent = models.BooleanField(_("tiers give percent"), default=False)

    product_ids = id_list(_("products"))
    category_ids = id_list(_("categories"))
    collection_ids = id_list(_("collections"))
    excluded_product_ids = id_list(_("products left out"))
    excluded_category_ids = id_list(_("categories left out"))
    includes_reduced = models.BooleanField(_("also for reduced goods"), default=True)

    min_goods_gross = models.DecimalField(
        _("from a value of the goods of"), max_digits=10, decimal_places=2, default=0
    )
    min_quantity = models.PositiveSmallIntegerField(_("from so many pieces"), default=0)
    countries = ArrayField(
        models.CharField(max_length=2), verbose_name=_("countries"), default=list, blank=True
    )
    delivery_codes = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("delivery methods"),
        default=list,
        blank=True,
    )
    group_codes = ArrayField(
        models.CharField(max_length=40), verbose_name=_("customer groups"), default=list, blank=True
    )
    is_first_order = models.BooleanField(_("first order only"), default=False)
    needs_account = models.BooleanField(_("with an account only"), default=False)

    combines_with = ArrayField(
        models.CharField(max_length=10, choices=Kind.choices),
        verbose_name=_("combines with"),
        default=list,
        blank=True,
    )
    priority = models.SmallIntegerField(_("priority"), default=0)
    needs_coupon = models.BooleanField(_("needs a coupon"), default=False)
    limit_per_customer = models.PositiveIntegerField(_("uses per customer"), null=True, blank=True)
    budget = models.DecimalField(
        _("budget in euros"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    is_active = models.BooleanField(_("switched on"), default=False)

    objects = PromotionQuerySet.as_manager()

    class Meta:
        verbose_name = _("promotion")
        verbose_name_plural = _("promotions")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="promotion_kind_known"),
            models.CheckConstraint(
                condition=Q(effect__in=Effect.values), name="promotion_effect_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="product") & ~Q(effect="free_shipping")
                | Q(kind="order", effect__in=[str(one) for one in EFFECTS_OF[Kind.ORDER]])
                | Q(kind="shipping", effect__in=[str(one) for one in EFFECTS_OF[Kind.SHIPPING]]),
                name="promotion_effect_of_kind",
            ),
            models.CheckConstraint(
                condition=~Q(effect__in=["percent", "buy_get"])
                | Q(percent__isnull=False, percent__gt=0, percent__lte=100),
                name="promotion_percent_of_100",
            ),
            models.CheckConstraint(
                condition=(~Q(effect__in=["amount", "unit_price"]) | Q(gross__isnull=False))
                & (Q(gross__isnull=True) | Q(gross__gte=0))
                & (Q(cap__isnull=True) | Q(cap__gte=0)),
                name="promotion_amounts_there",
            ),
            models.CheckConstraint(
                condition=~Q(effect="buy_get")
                | (Q(buy__isnull=False, buy__gte=1) & Q(get__isnull=False, get__gte=1)),
                name="promotion_buy_and_get",
            ),
            models.CheckConstraint(
                condition=Q(max_times__isnull=True) | Q(max_times__gte=1),
                name="promotion_times_plausible",
            ),
            models.CheckConstraint(
                condition=~Q(effect="tiers", tiers=[]), name="promotion_tiers_there"
            ),
            models.CheckConstraint(
                condition=Q(combines_with__contained_by=Kind.values),
                name="promotion_combines_with_kinds",
            ),
            models.CheckConstraint(
                condition=Q(min_goods_gross__gte=0) & (Q(budget__isnull=True) | Q(budget__gte=0)),
                name="promotion_sums_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(starts_at__lt=F("ends_at")),
                name="promotion_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return languages.localized(self, "name")

    @property
    def uses_per_customer(self) -> int | None:
        """The first order is one: two at the same moment would both be the first."""
        return 1 if self.is_first_order else self.limit_per_customer
