"""What can be said of goods in one shop-wide way: attributes, their choices, and who has which.

The values are rows (docs/adr: typed attributes): each one column of its kind, so that the database
can compare, count and refuse them.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.law import Law
from shop.kit import languages


class AttributeKind(models.TextChoices):
    CHOICE = "choice", _("one of several choices")
    MULTI_CHOICE = "multi_choice", _("any of several choices")
    SWATCH = "swatch", _("one of several colours")
    NUMBER = "number", _("number")
    BOOLEAN = "boolean", _("yes or no")
    TEXT = "text", _("text")
    DATE = "date", _("date")

    @property
    def has_choices(self) -> bool:
        return self in _CHOSEN


_CHOSEN = (AttributeKind.CHOICE, AttributeKind.MULTI_CHOICE, AttributeKind.SWATCH)


class Attribute(models.Model):
    """Something that goods of many kinds have: a colour, a width, an origin."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_de = models.CharField(_("name (German)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=AttributeKind.choices)
    # Numbers are stored in this unit; `attributes.units` reads others of its dimension into it.
    unit = models.CharField(
        _("unit"),
        max_length=12,
        blank=True,
        help_text=_("For numbers: cm, g, ml, W … Others of its kind are converted when typed."),
    )
    is_facet = models.BooleanField(
        _("filter"), default=False, help_text=_("Shoppers can narrow lists down by it.")
    )
    is_shown = models.BooleanField(
        _("in the specifications"), default=True, help_text=_("On the page of the product.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("attribute")
        verbose_name_plural = _("attributes")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=AttributeKind.values), name="attribute_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(unit="") | Q(kind=AttributeKind.NUMBER), name="attribute_unit_of_number"
            ),
            # So that a value can point at both: no value of another kind than its attribute.
            models.UniqueConstraint(fields=["id", "kind"], name="attribute_with_kind"),
        ]

    def __str__(self) -> str:
        return languages.localized(self, "name")


class AttributeChoice(models.Model):
    """One of the values that an attribute may have, named once for the whole shop."""

    attribute = models.ForeignKey(
        Attribute, models.CASCADE, related_name="choices", verbose_name=_("attribute")
    )
    code = models.SlugField(_("code"), max_length=40)
    name_de = models.CharField(_("name (German)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=60)
    swatch = models.CharField(_("colour (#rrggbb)"), max_length=7, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attribute", "code"], name="attribute_choice_once"),
            models.CheckConstraint(
                condition=Q(swatch="") | Q(swatch__regex=r"^#[0-9a-f]{6}$"),
                name="attribute_choice_swatch_is_colour",
            ),
            # So that a value can point at both: no choice of another attribute.
            models.UniqueConstraint(fields=["id", "attribute"], name="attribute_choice_with_owner"),
        ]

    def __str__(self) -> str:
        return languages.localized(self, "name")


class ProductType(models.Model):
    """A kind of goods: all of them are described by the same attributes."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_de = models.CharField(_("name (German)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=60)
    attributes = models.ManyToManyField(
        Attribute,
        through="TypeAttribute",
        related_name="product_types",
        verbose_name=_("attributes"),
    )
    # Which laws want more of such goods than of others; `catalog.law.gate` asks for it.
    laws = ArrayField(
        models.CharField(max_length=12, choices=Law.choices),
        verbose_name=_("laws"),
        default=list,
        db_default=[],
        blank=True,
    )

    class Meta:
        verbose_name = _("product type")
        verbose_name_plural = _("product types")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(laws__contained_by=Law.values), name="product_type_laws_known"
            ),
        ]

    def __str__(self) -> str:
        return languages.localized(self, "name")


class TypeAttribute(models.Model):
    """An attribute that goods of a type have."""

    product_type = models.ForeignKey(
        ProductType, models.CASCADE, related_name="type_attributes", verbose_name=_("product type")
    )
    attribute = models.ForeignKey(
        Attribute, models.PROTECT, related_name="type_attributes", verbose_name=_("attribute")
    )
    is_required = models.BooleanField(
        _("required"), default=False, help_text=_("Without it a product cannot go live.")
    )
    is_per_variant = models.BooleanField(
        _("per variant"), default=False, help_text=_("Each variant has a value of its own.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("attribute of the type")
        verbose_name_plural = _("attributes of the type")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product_type", "attribute"], name="type_attribute_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.attribute)


def _only(filled: Q, *, empty: tuple[str, ...]) -> Q:
    """`filled`, and nothing in the other columns of a value."""
    condition = filled
    for column in empty:
        is_text = column.startswith("text")
        condition &= Q(**{column: ""}) if is_text else Q(**{f"{column}__isnull": True})
    return condition


def _fits_kind() -> Q:
    """Exactly the column of the kind is filled."""
    kind = AttributeKind
    texts = ("text_de", "text_en")
    chosen = Q(kind__in=[one.value for one in _CHOSEN], choice__isnull=False)
    number = Q(kind=kind.NUMBER, number__isnull=False)
    boolean = Q(kind=kind.BOOLEAN, boolean__isnull=False)
    text = Q(kind=kind.TEXT) & (~Q(text_de="") | ~Q(text_en=""))
    date = Q(kind=kind.DATE, date__isnull=False)
    return (
        _only(chosen, empty=("number", "boolean", "date", *texts))
        | _only(number, empty=("choice", "boolean", "date", *texts))
        | _only(boolean, empty=("choice", "number", "date", *texts))
        | _only(text, empty=("choice", "number", "boolean", "date"))
        | _only(date, empty=("choice", "number", "boolean", *texts))
    )


class AttributeValue(models.Model):
    """That a product (or one variant of it) has an attribute, and in which form.

    Written by `attributes.writing`. `kind` is that of the attribute: a foreign key of both keeps it
    so (migration 0007), as others keep the choice of the attribute and the variant of the product.
    """

    # The unique index begins with the product: no second one is needed to read by it.
    product = models.ForeignKey(
        "catalog.Product", models.CASCADE, related_name="attribute_values", db_index=False
    )
    variant = models.ForeignKey(
        "catalog.Variant",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="attribute_values",
        db_index=False,
    )
    attribute = models.ForeignKey(Attribute, models.PROTECT, related_name="values", db_index=False)
    kind = models.CharField(max_length=12, choices=AttributeKind.choices)
    choice = models.ForeignKey(
        AttributeChoice, models.PROTECT, null=True, blank=True, related_name="values"
    )
    number = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    boolean = models.BooleanField(null=True, blank=True)
    text_de = models.CharField(max_length=500, blank=True, default="", db_default="")
    text_en = models.CharField(max_length=500, blank=True, default="", db_default="")
    date = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("value of an attribute")
        verbose_name_plural = _("values of attributes")
        indexes: ClassVar = [
            models.Index(fields=["attribute", "product"], name="attribute_value_of_attribute"),
            models.Index(
                fields=["variant"],
                condition=Q(variant__isnull=False),
                name="attribute_value_of_variant",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=AttributeKind.values), name="attribute_value_kind_known"
            ),
            models.CheckConstraint(condition=_fits_kind(), name="attribute_value_fits_kind"),
            models.UniqueConstraint(
                fields=["product", "variant", "attribute", "choice"],
                name="attribute_value_once",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["product", "variant", "attribute"],
                condition=~Q(kind=AttributeKind.MULTI_CHOICE),
                name="attribute_value_single",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}:{self.attribute_id}"
