"""What staff type into zones, ways of delivery and their rates: checked and cleaned."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from checkout.models import DeliveryKind, DeliveryMethod, DeliveryZone
from checkout.sending import postcodes, territories
from shop import staff_pages


class DeliveryZoneForm(forms.ModelForm):
    countries = staff_pages.countries_field()

    class Meta:
        model = DeliveryZone
        fields = (
            "code",
            "name_de",
            "name_en",
            "countries",
            "postcodes",
            "other_postcodes",
            "free_from",
            "extra_days",
            "refusal_de",
            "refusal_en",
            "position",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff_pages.capitalise(self)
        text = _("Postcodes, ranges and beginnings: 18565, 25849-25870, 35*.")
        # Who may only look gets a page without fields.
        for name in {"postcodes", "other_postcodes"} & self.fields.keys():
            self.fields[name].help_text = text
            self.fields[name].widget.attrs["rows"] = 3

    def clean_postcodes(self) -> str:
        return self._readable("postcodes")

    def clean_other_postcodes(self) -> str:
        return self._readable("other_postcodes")

    def _readable(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        try:
            postcodes.check(text)
        except postcodes.Unreadable as problem:
            raise forms.ValidationError(
                _("“%(part)s” is no postcode and no range of them.") % {"part": problem.args[0]}
            ) from None
        return text

    def clean_free_from(self) -> Any:
        value = self.cleaned_data["free_from"]
        if value is not None and value < 0:
            raise forms.ValidationError(_("A value of goods is not negative."))
        return value

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        refusals = [given.get("refusal_de", ""), given.get("refusal_en", "")]
        if any(refusals) and not all(refusals):
            empty = "refusal_en" if refusals[0] else "refusal_de"
            self.add_error(empty, _("Say it in both languages."))
        outside = [one for one in given.get("countries", ()) if one not in territories.EU]
        if outside and not any(refusals):
            text = _("Outside of the European Union: %(codes)s. Say why nothing goes there.")
            self.add_error("countries", text % {"codes": ", ".join(outside)})
        return given


class DeliveryMethodForm(forms.ModelForm):
    class Meta:
        model = DeliveryMethod
        fields = (
            "code",
            "name_de",
            "name_en",
            "kind",
            "min_days",
            "max_days",
            "cut_off",
            "state",
            "brings_on_saturday",
            "has_free_threshold",
            "max_weight_g",
            "max_length_mm",
            "max_girth_mm",
            "takes_bulky",
            "bulky_gross",
            "pickup_location",
            "position",
            "is_active",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff_pages.capitalise(self)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        shortest, longest = given.get("min_days"), given.get("max_days")
        if shortest is not None and longest is not None and shortest > longest:
            self.add_error("max_days", _("At least as many days as above."))
        if given.get("kind") == DeliveryKind.PICKUP and not given.get("pickup_location"):
            self.add_error("pickup_location", _("Say where the goods are picked up."))
        return given


class DeliveryRateForm(forms.ModelForm):
    def clean_gross(self) -> Any:
        if self.cleaned_data["gross"] < 0:
            raise forms.ValidationError(_("A fee is not negative."))
        return self.cleaned_data["gross"]

    def clean_from_goods(self) -> Any:
        if self.cleaned_data["from_goods"] < 0:
            raise forms.ValidationError(_("A value of goods is not negative."))
        return self.cleaned_data["from_goods"]
