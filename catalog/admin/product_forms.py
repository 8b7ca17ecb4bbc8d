"""The form of a product: tables as lines of text, the energy label as its four facts."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminTextInputWidget

from catalog.admin.fields import TableField
from catalog.law import gate
from catalog.models import Product
from shop import staff_pages

_ENERGY = {"energy_class": "class", "energy_scale": "scale", "energy_kwh": "kwh_per_1000h"}


def _words(label: Any, length: int, **kwargs: Any) -> forms.CharField:
    widget = UnfoldAdminTextInputWidget()
    return forms.CharField(label=label, max_length=length, required=False, widget=widget, **kwargs)


class ProductForm(forms.ModelForm):
    specifications_de = TableField(label=gettext_lazy("specifications (German)"))
    specifications_en = TableField(label=gettext_lazy("specifications (English)"))
    energy_class = _words(gettext_lazy("energy class"), 1, help_text=gettext_lazy("A to G"))
    energy_scale = _words(gettext_lazy("scale of classes"), 5, help_text="A–G")
    energy_kwh = _words(gettext_lazy("kWh in 1000 hours"), 8)

    class Meta:
        model = Product
        fields = (
            "slug",
            "category",
            "categories",
            "brand",
            "manufacturer",
            "name_de",
            "name_en",
            "summary_de",
            "summary_en",
            "description_de",
            "description_en",
            "specifications_de",
            "specifications_en",
            "warnings_de",
            "warnings_en",
            "battery_note_de",
            "battery_note_en",
            "has_animal_parts",
            "withdrawal_exception",
            "is_digital",
            "is_gift_card",
            "engraving_length",
            "size_guide",
            "product_type",
            "is_featured",
            "related",
            "successor",
            "search_words",
        )

    # Filled in by the page, see `catalog.admin.gated`: field → what is wanted of it.
    wanted: Mapping[str, str] = {}
    refusal: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff_pages.capitalise(self)
        for name, text in self.wanted.items():
            if shown := self.fields.get("energy_class" if name == "energy_label" else name):
                hint = format_html("<b>{}</b> {}", _("Before it goes live:"), text)
                shown.help_text = format_html("{} {}", shown.help_text, hint)
        label = self.instance.energy_label or {}
        for field, key in _ENERGY.items():
            if field in self.fields:
                self.fields[field].initial = label.get(key, "")

    def clean_energy_class(self) -> str:
        letter = str(self.cleaned_data["energy_class"]).upper()
        if letter and letter not in "ABCDEFG":
            raise forms.ValidationError(_("The classes are A to G."))
        return letter

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        facts = {key: given.get(field) or "" for field, key in _ENERGY.items()}
        if facts["class"]:
            self.instance.energy_label = (self.instance.energy_label or {}) | facts
        elif any(facts.values()):
            self.add_error("energy_class", _("Name the class, or leave all three empty."))
        elif "energy_class" in self.fields:
            self.instance.energy_label = None
        for name, text in self.refusal.items():
            place = name if name in self.fields else None
            label = "" if place else f"{gate.name_of(name)}: "
            on_sale = _("This product is on sale; take it offline first, or leave this as it was.")
            self.add_error(place, f"{label}{text} {on_sale}")
        return given
