"""What must be known of food before it is bought at a distance (Art. 14 Regulation 1169/2011)."""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product


def _grams(name: Any) -> models.DecimalField:
    return models.DecimalField(
        name,
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )


class NutritionBasis(models.TextChoices):
    GRAMS = "g", _("100 g")
    MILLILITRES = "ml", _("100 ml")


class Food(models.Model):
    """The mandatory particulars of a food. The net quantity is the content of its variants."""

    product = models.OneToOneField(Product, models.CASCADE, related_name="food")
    designation_de = models.CharField(_("name of the food (German)"), max_length=160)
    designation_en = models.CharField(_("name of the food (English)"), max_length=160)
    ingredients_de = models.TextField(
        _("ingredients (German)"),
        blank=True,
        help_text=_("Mark allergens with stars: wheat flour is *wheat* flour (Art. 21)."),
    )
    ingredients_en = models.TextField(_("ingredients (English)"), blank=True)
    # Art. 19, Annex V: some foods need no list (single ingredient), no nutrition table (tea).
    has_no_ingredient_list = models.BooleanField(
        _("needs no list of ingredients"), default=False, help_text=_("Art. 19: one ingredient.")
    )
    has_no_nutrition = models.BooleanField(
        _("needs no nutrition table"),
        default=False,
        help_text=_("Annex V: herbs, tea, coffee, salt, vinegar and the like."),
    )
    nutrition_basis = models.CharField(
        _("nutrition per"), max_length=2, choices=NutritionBasis.choices, default="g"
    )
    energy_kj = models.PositiveIntegerField(_("energy (kJ)"), null=True, blank=True)
    energy_kcal = models.PositiveIntegerField(_("energy (kcal)"), null=True, blank=True)
    fat = _grams(_("fat (g)"))
    saturates = _grams(_("saturates (g)"))
    carbohydrate = _grams(_("carbohydrate (g)"))
    sugars = _grams(_("sugars (g)"))
    protein = _grams(_("protein (g)"))
    salt = _grams(_("salt (g)"))
    storage_de = models.CharField(_("storage and use (German)"), max_length=240, blank=True)
    storage_en = models.CharField(_("storage and use (English)"), max_length=240, blank=True)
    best_before_de = models.CharField(_("best before (German)"), max_length=120, blank=True)
    best_before_en = models.CharField(_("best before (English)"), max_length=120, blank=True)
    operator_name = models.CharField(_("food business operator"), max_length=120)
    operator_address = models.CharField(_("its postal address"), max_length=240)
    origin_de = models.CharField(_("origin (German)"), max_length=120, blank=True)
    origin_en = models.CharField(_("origin (English)"), max_length=120, blank=True)
    alcohol_percent = models.DecimalField(
        _("alcohol (% vol)"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
        help_text=_("Shown above 1.2 % vol (Art. 28)."),
    )

    class Meta:
        verbose_name = _("food")
        verbose_name_plural = _("food")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(nutrition_basis__in=NutritionBasis.values),
                name="food_nutrition_basis_known",
            ),
            models.CheckConstraint(
                condition=Q(saturates__isnull=True)
                | Q(fat__isnull=True)
                | Q(saturates__lte=F("fat")),
                name="food_saturates_are_fat",
            ),
            models.CheckConstraint(
                condition=Q(sugars__isnull=True)
                | Q(carbohydrate__isnull=True)
                | Q(sugars__lte=F("carbohydrate")),
                name="food_sugars_are_carbohydrate",
            ),
            models.CheckConstraint(
                condition=Q(alcohol_percent__isnull=True)
                | Q(alcohol_percent__gte=0, alcohol_percent__lte=100),
                name="food_alcohol_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return self.designation_de
