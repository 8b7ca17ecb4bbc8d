"""What is sold: products, the variants that carry SKU and price, and the options between them."""

import datetime
from decimal import Decimal
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.attribute import Attribute, AttributeChoice, ProductType
from catalog.models.category import Brand, Category, Manufacturer
from catalog.models.price import VatClass
from catalog.models.size_guide import SizeGuide
from shop.kit import languages


class ProductStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    ACTIVE = "active", _("active")
    ARCHIVED = "archived", _("archived")


class WithdrawalException(models.TextChoices):
    """Why a contract cannot be withdrawn from (§ 312g (2) BGB, § 356 (5) BGB)."""

    NONE = "", _("none: 14 days to withdraw")
    CUSTOM_MADE = "custom_made", _("made to the customer's wishes")
    SEALED = "sealed", _("sealed, for hygiene or health")
    PERISHABLE = "perishable", _("perishable")
    DIGITAL = "digital", _("digital content")

    @property
    def excludes(self) -> bool:
        """Such goods cannot be withdrawn from; those under an unbroken seal can."""
        return self not in (self.NONE, self.SEALED)


class ProductQuerySet(models.QuerySet["Product"]):
    def live(self, moment: datetime.datetime) -> "ProductQuerySet":
        """What shoppers can see: active, published by `moment` and not yet taken offline."""
        return self.filter(status=ProductStatus.ACTIVE, published_at__lte=moment).exclude(
            unpublish_at__lte=moment
        )

    def count_revision(self) -> int:
        """Something on their pages has changed: cached pieces are void, the search looks again."""
        return self.update(revision=F("revision") + 1, changed_at=Now())


class Product(models.Model):
    """What a page is about. What can be bought are its variants."""

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="products", verbose_name=_("category")
    )
    categories = models.ManyToManyField(
        Category, blank=True, related_name="further_products", verbose_name=_("further categories")
    )
    product_type = models.ForeignKey(
        ProductType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("product type"),
    )
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, verbose_name=_("brand"))
    manufacturer = models.ForeignKey(
        Manufacturer, models.PROTECT, null=True, blank=True, verbose_name=_("manufacturer")
    )
    name_de = models.CharField(_("name (German)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    # The essential characteristics that stand above the order button (§ 312j (2) BGB).
    summary_de = models.CharField(_("essential characteristics (German)"), max_length=300)
    summary_en = models.CharField(_("essential characteristics (English)"), max_length=300)
    description_de = models.TextField(_("description (German)"), blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)
    # [[label, value], …] as shown in the table of specifications.
    specifications_de = models.JSONField(_("specifications (German)"), default=list, blank=True)
    specifications_en = models.JSONField(_("specifications (English)"), default=list, blank=True)
    warnings_de = models.TextField(_("warnings (German)"), blank=True)
    warnings_en = models.TextField(_("warnings (English)"), blank=True)
    # {"class": "E", "scale": "A–G", "kwh_per_1000h": "7"} (Regulation (EU) 2019/2015).
    energy_label = models.JSONField(_("energy label"), null=True, blank=True)
    battery_note_de = models.TextField(_("battery note (German)"), blank=True)
    battery_note_en = models.TextField(_("battery note (English)"), blank=True)
    has_animal_parts = models.BooleanField(
        _("has non-textile parts of animal origin"),
        default=False,
        db_default=False,
        help_text=_("Leather, fur, bone, feathers on textiles (Art. 12 Regulation 1007/2011)."),
    )
    withdrawal_exception = models.CharField(
        _("exception from withdrawal"),
        max_length=12,
        choices=WithdrawalException.choices,
        default=WithdrawalException.NONE,
        blank=True,
    )
    is_digital = models.BooleanField(_("digital, nothing is shipped"), default=False)
    is_gift_card = models.BooleanField(_("gift card"), default=False)
    engraving_length = models.PositiveSmallIntegerField(
        _("characters of engraving"), default=0, help_text=_("0: no engraving is offered.")
    )
    size_guide = models.ForeignKey(
        SizeGuide,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("size guide"),
        help_text=_("Empty: that of the brand, if the product comes in sizes."),
    )
    is_featured = models.BooleanField(_("on the home page"), default=False)
    search_words = models.TextField(
        _("search words"),
        blank=True,
        db_default="",
        help_text=_("What shoppers also call it, in any language, separated by commas."),
    )
    related = models.ManyToManyField(
        "self", blank=True, symmetrical=False, verbose_name=_("related products")
    )
    successor = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
        help_text=_("Where its page leads once it is offline; without one it says “gone”."),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=ProductStatus.choices, default=ProductStatus.DRAFT
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    unpublish_at = models.DateTimeField(_("taken offline"), null=True, blank=True)
    # Why the job that publishes at a time could not: shown to staff until it is mended.
    publish_problem = models.TextField(
        _("why it could not go live"), blank=True, db_default="", editable=False
    )
    # Counts changes of anything on the product's page; cached pieces of pages carry it.
    revision = models.PositiveBigIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    # When the page last changed, by the database's clock; search engines are told.
    changed_at = models.DateTimeField(_("changed"), db_default=Now(), editable=False)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        indexes: ClassVar = [
            models.Index(fields=["category", "-published_at"], name="product_in_category"),
            models.Index(
                fields=["-published_at"], condition=Q(status="active"), name="product_newest"
            ),
            models.Index(
                fields=["-published_at"],
                condition=Q(status="active", is_featured=True),
                name="product_featured",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=ProductStatus.values), name="product_status_known"
            ),
            models.CheckConstraint(
                condition=Q(withdrawal_exception__in=WithdrawalException.values),
                name="product_withdrawal_exception_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="active") | Q(published_at__isnull=False),
                name="product_active_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(unpublish_at__isnull=True)
                | Q(published_at__isnull=True)
                | Q(unpublish_at__gt=F("published_at")),
                name="product_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalog:product", args=[self.slug])

    @property
    def name(self) -> str:
        return languages.localized(self, "name")

    @property
    def summary(self) -> str:
        return languages.localized(self, "summary")

    def is_live(self, moment: datetime.datetime) -> bool:
        """Can shoppers see it at `moment`?"""
        if self.status != ProductStatus.ACTIVE or self.published_at is None:
            return False
        is_over = self.unpublish_at is not None and self.unpublish_at <= moment
        return self.published_at <= moment and not is_over


class Option(models.Model):
    """In what variants of a product differ: size, colour, weight."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="options")
    # The shop-wide attribute that it is one of: by this variants of all products are filtered.
    attribute = models.ForeignKey(
        Attribute,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="options",
        verbose_name=_("attribute"),
    )
    code = models.SlugField(_("code"), max_length=40)
    name_de = models.CharField(_("name (German)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product", "code"], name="option_once_per_product"),
        ]

    def __str__(self) -> str:
        return languages.localized(self, "name")


class OptionValue(models.Model):
    option = models.ForeignKey(Option, models.CASCADE, related_name="values")
    # One of the choices of the option's attribute.
    choice = models.ForeignKey(
        AttributeChoice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="option_values",
        verbose_name=_("choice"),
    )
    code = models.SlugField(_("code"), max_length=40)
    name_de = models.CharField(_("name (German)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=60)
    swatch = models.CharField(_("colour (#rrggbb)"), max_length=7, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("option value")
        verbose_name_plural = _("option values")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["option", "code"], name="option_value_once"),
            models.CheckConstraint(
                condition=Q(swatch="") | Q(swatch__regex=r"^#[0-9a-f]{6}$"),
                name="option_value_swatch_is_colour",
            ),
        ]

    def __str__(self) -> str:
        return languages.localized(self, "name")


class ContentUnit(models.TextChoices):
    """Units of content; base prices are per kg, l, m, m² or m³ (§§ 4, 5 PAngV)."""

    NONE = "", _("none")
    GRAM = "g", "g"
    MILLILITRE = "ml", "ml"
    METRE = "m", "m"
    SQUARE_METRE = "m2", "m²"
    CUBIC_METRE = "m3", "m³"


class VariantQuerySet(models.QuerySet["Variant"]):
    def for_sale(self, moment: datetime.datetime) -> "VariantQuerySet":
        return self.filter(
            is_active=True, product__status=ProductStatus.ACTIVE, product__published_at__lte=moment
        ).exclude(product__unpublish_at__lte=moment)


class Variant(models.Model):
    """What is bought: one SKU."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="variants")
    sku = models.CharField(_("SKU"), max_length=40, unique=True)
    gtin = models.CharField(_("GTIN"), max_length=14, blank=True)
    # The values of the options in words, "250 g" or "M / navy", kept by `products.label_variants`.
    label_de = models.CharField(_("label (German)"), max_length=120, blank=True)
    label_en = models.CharField(_("label (English)"), max_length=120, blank=True)
    option_values = models.ManyToManyField(OptionValue, blank=True, related_name="variants")
    vat_class = models.CharField(
        _("VAT class"), max_length=10, choices=VatClass.choices, default=VatClass.STANDARD
    )
    weight_g = models.PositiveIntegerField(_("weight in grams"), default=0)
    # Packed, as it is sent; empty: small enough for every parcel.
    length_mm = models.PositiveIntegerField(_("length in mm"), null=True, blank=True)
    width_mm = models.PositiveIntegerField(_("width in mm"), null=True, blank=True)
    height_mm = models.PositiveIntegerField(_("height in mm"), null=True, blank=True)
    is_bulky = models.BooleanField(
        _("bulky"),
        default=False,
        db_default=False,
        help_text=_("Sent with a surcharge, or by forwarding agent only."),
    )
    content_amount = models.DecimalField(
        _("content"),
        max_digits=10,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.001"))],
    )
    content_unit = models.CharField(
        _("unit of content"), max_length=4, choices=ContentUnit.choices, default="", blank=True
    )
    # Asked beside the price, never part of it (§ 7 PAngV); taxed like the goods (docs: deposits).
    deposit = models.DecimalField(
        _("deposit"),
        max_digits=6,
        decimal_places=2,
        default=Decimal("0.00"),
        db_default=Decimal("0.00"),
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("What the buyer gets back for the empty bottle, in euros; 0: none."),
    )
    # Where it is the price itself, no discount ever touches it: books with a fixed price.
    minimum_gross = models.DecimalField(
        _("minimum price"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("No discount takes a piece below it. Empty: down to nothing."),
    )
    has_stock_limit = models.BooleanField(
        _("counted in stock"),
        default=True,
        help_text=_("Off for made to order and for digital goods."),
    )
    lead_days = models.PositiveSmallIntegerField(
        _("working days to make"), default=0, help_text=_("Before it can be shipped.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("for sale"), default=True)

    objects = VariantQuerySet.as_manager()

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(vat_class__in=VatClass.values), name="variant_vat_class_known"
            ),
            models.CheckConstraint(
                condition=Q(content_amount__isnull=True, content_unit="")
                | (Q(content_amount__gt=0) & ~Q(content_unit="")),
                name="variant_content_has_unit",
            ),
            models.CheckConstraint(
                condition=Q(content_unit__in=ContentUnit.values), name="variant_content_unit_known"
            ),
            models.CheckConstraint(
                condition=Q(deposit__gte=0), name="variant_deposit_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(minimum_gross__isnull=True) | Q(minimum_gross__gte=0),
                name="variant_minimum_price_not_negative",
            ),
            models.UniqueConstraint(
                fields=["gtin"], condition=~Q(gtin=""), name="variant_gtin_once"
            ),
            # So that a row can point at both: no variant of another product (attribute values).
            models.UniqueConstraint(fields=["id", "product"], name="variant_with_product"),
        ]

    def __str__(self) -> str:
        return self.sku

    @property
    def label(self) -> str:
        return languages.localized(self, "label")
