"""Rows that special laws want: fibres, food, battery and old device, guarantee."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import StackedInline, TabularInline

from catalog.law import fibres, foods
from catalog.models import Device, FibreShare, Food, Guarantee, TextilePart
from shop import staff_pages
from shop.kit import languages


class FibreFormSet(forms.BaseInlineFormSet):
    """The shares of each part add up to 100; so does the database see it."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        given = [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        wrong = fibres.wrong_sums((one["part"], one["percent"]) for one in given)
        if wrong:
            words = ", ".join(f"{TextilePart(part).label}: {sum_}" for part, sum_ in wrong.items())
            raise forms.ValidationError(
                _("The fibres of each part add up to 100 percent. %(parts)s") % {"parts": words}
            )


class FibreInline(staff_pages.Labelled, TabularInline):
    model = FibreShare
    formset = FibreFormSet
    extra = 0
    tab = True
    show_title = False
    ordering = ("pk",)
    fields = ("part", "fibre", "percent")


class FoodForm(forms.ModelForm):
    """Refuses a star that has no partner: an allergen would not stand out."""

    class Meta:
        model = Food
        fields = ("ingredients_de", "ingredients_en")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for code in languages.codes():
            if foods.has_loose_star(given.get(f"ingredients_{code}") or ""):
                self.add_error(f"ingredients_{code}", _("An allergen has only one star."))
        return given


class FoodInline(StackedInline):
    model = Food
    form = FoodForm
    tab = True
    fields = (
        ("designation_de", "designation_en"),
        ("ingredients_de", "ingredients_en"),
        ("has_no_ingredient_list", "has_no_nutrition"),
        ("nutrition_basis", "energy_kj", "energy_kcal"),
        ("fat", "saturates"),
        ("carbohydrate", "sugars"),
        ("protein", "salt"),
        ("storage_de", "storage_en"),
        ("best_before_de", "best_before_en"),
        ("operator_name", "operator_address"),
        ("origin_de", "origin_en"),
        "alcohol_percent",
    )


class DeviceForm(forms.ModelForm):
    """A battery is somewhere; a place without a battery is a slip."""

    class Meta:
        model = Device
        fields = ("is_electrical", "battery_kind", "battery_place", "hazard_symbol")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            # Only what is ticked or chosen makes a row: it has to differ from the empty form.
            self.initial["is_electrical"] = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        has_battery = bool(given.get("battery_kind"))
        if has_battery != bool(given.get("battery_place")):
            self.add_error("battery_place", _("Battery and its place: both or neither."))
        if given.get("hazard_symbol") and not has_battery:
            self.add_error("hazard_symbol", _("Only batteries bear a chemical symbol."))
        return given


class DeviceInline(StackedInline):
    model = Device
    form = DeviceForm
    tab = True
    fields = ("is_electrical", ("battery_kind", "battery_place"), "hazard_symbol")


class GuaranteeForm(forms.ModelForm):
    """Only a whole guarantee may bear the label: incomplete data are refused, not kept."""

    class Meta:
        model = Guarantee
        fields = ("months", "covers_whole_product", "is_free")

    def clean_months(self) -> int:
        months: int = self.cleaned_data["months"]
        if months % 6:
            raise forms.ValidationError(_("The label knows steps of half a year: 30, 36, 42 …"))
        return months

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for field in ("covers_whole_product", "is_free"):
            if not given.get(field):
                self.add_error(field, _("Otherwise it is no guarantee that bears the label."))
        return given


class GuaranteeInline(StackedInline):
    model = Guarantee
    form = GuaranteeForm
    tab = True
    verbose_name_plural = gettext_lazy("guarantee of durability")
    fields = (
        ("brand", "model_identifier"),
        ("months", "covers_whole_product", "is_free"),
        ("guarantor_name", "guarantor_address"),
        ("terms_de", "terms_en"),
    )


INLINES = [FibreInline, FoodInline, DeviceInline, GuaranteeInline]
