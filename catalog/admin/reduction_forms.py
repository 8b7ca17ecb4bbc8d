"""The form of a catalogue promotion and of its steps: checked before anything is planned."""

import itertools
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.collections import goods_fields
from catalog.models import Reduction, ReductionKind
from shop import staff_pages
from shop.kit import clock, money

ARRAYS = (
    "category_ids", "collection_ids", "product_ids", "excluded_category_ids",
    "excluded_product_ids",
)  # fmt: skip


class ReductionForm(forms.ModelForm):
    category_ids = staff_pages.ManyField(
        of=int, label=gettext_lazy("categories"), help_text=gettext_lazy("And those below them.")
    )
    collection_ids = staff_pages.ManyField(of=int, label=gettext_lazy("collections"))
    product_ids = goods_fields.ProductsField(
        label=gettext_lazy("products"), help_text=gettext_lazy("Slug or SKU, one a line.")
    )
    excluded_category_ids = staff_pages.ManyField(of=int, label=gettext_lazy("categories left out"))
    excluded_product_ids = goods_fields.ProductsField(label=gettext_lazy("products left out"))

    class Meta:
        model = Reduction
        fields = ("name", "kind", "ends_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff_pages.capitalise(self)
        choices = {
            "category_ids": goods_fields.categories(),
            "collection_ids": goods_fields.collections(),
        }
        choices["excluded_category_ids"] = choices["category_ids"]
        staff_pages.offer(self, choices, ARRAYS)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(given.get(name) for name in ARRAYS[:3]) and not self.errors:
            self.add_error("category_ids", _("For which goods? All at once is not meant."))
        if given.get("ends_at") and given["ends_at"] <= clock.now():
            self.add_error("ends_at", _("The end lies in the future."))
        return given

    def _post_clean(self) -> None:
        """Arrays are no fields of the model form: they go onto the row before it is checked."""
        for name in ARRAYS:
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
        super()._post_clean()  # type: ignore[misc]


class StepFormSet(forms.BaseInlineFormSet):
    """At least one step; each begins before the end and takes off more than the one before."""

    def clean(self) -> None:
        super().clean()
        given = [one.cleaned_data for one in self.forms if one.is_valid() and one.cleaned_data]
        steps = sorted(
            (one for one in given if not one.get("DELETE")), key=lambda one: one["starts_at"]
        )
        if any(self.errors):
            return
        if not steps:
            raise forms.ValidationError(_("Since when, and by how much? Name at least one step."))
        ends_at, kind = self.instance.ends_at, self.instance.kind
        if ends_at and any(one["starts_at"] >= ends_at for one in steps):
            raise forms.ValidationError(_("Each step begins before the promotion ends."))
        values = [one["value"] for one in steps]
        if kind == ReductionKind.PERCENT and max(values) >= 100:
            raise forms.ValidationError(_("More than 0, less than 100 percent."))
        if any(value != money.rounded(value) for value in values):
            raise forms.ValidationError(_("A price has whole cents and is not negative."))
        if kind == ReductionKind.PRICE:
            values = [-value for value in values]
        if any(later <= sooner for sooner, later in itertools.pairwise(values)):
            raise forms.ValidationError(_("Each step is cheaper than the one before."))
