"""The form of a promotion: what staff type, checked so that the database never has to refuse."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from catalog.collections import goods_fields
from checkout.admin import promotion_fields as fields
from checkout.models import EFFECTS_OF, Effect, Kind, Promotion
from shop import staff_pages

# Which columns an effect reads: all others are emptied, so that nothing contradicts it.
_NEEDS = {
    Effect.PERCENT: ("percent",),
    Effect.AMOUNT: ("gross",),
    Effect.UNIT_PRICE: ("gross",),
    Effect.BUY_GET: ("buy", "get"),
    Effect.TIERS: ("tiers",),
    Effect.FREE_SHIPPING: (),
}
_MAY = {
    Effect.PERCENT: ("cap",),
    Effect.BUY_GET: ("percent", "max_times"),
    Effect.FREE_SHIPPING: ("gross",),
}
_NUMBERS = ("percent", "gross", "cap", "buy", "get", "max_times", "tiers")
_POSITIVE = ("percent", "gross", "cap", "buy", "get", "max_times", "min_goods_gross", "budget")
ARRAYS = (
    "tiers", "product_ids", "category_ids", "collection_ids", "excluded_product_ids",
    "excluded_category_ids", "countries", "delivery_codes", "group_codes", "combines_with",
)  # fmt: skip


class PromotionForm(forms.ModelForm):
    tiers = fields.TiersField(
        label=gettext_lazy("tiers"),
        help_text=gettext_lazy(
            "One a line: 50 = 5 gives 5 euros, or 5 percent, from 50 euros of goods on."
        ),
    )
    product_ids = goods_fields.ProductsField(
        label=gettext_lazy("products"),
        help_text=gettext_lazy(
            "Slug or SKU, one a line. Without products, categories and collections: all goods."
        ),
    )
    excluded_product_ids = goods_fields.ProductsField(label=gettext_lazy("products left out"))
    category_ids = staff_pages.ManyField(
        of=int, label=gettext_lazy("categories"), help_text=gettext_lazy("And those below them.")
    )
    excluded_category_ids = staff_pages.ManyField(of=int, label=gettext_lazy("categories left out"))
    collection_ids = staff_pages.ManyField(of=int, label=gettext_lazy("collections"))
    countries = staff_pages.CountriesField(
        required=False,
        widget=UnfoldAdminTextInputWidget,
        label=gettext_lazy("only for delivery to"),
        help_text=gettext_lazy("Codes such as DE, AT, NL. Empty: everywhere."),
    )
    delivery_codes = staff_pages.ManyField(label=gettext_lazy("only with these ways of delivery"))
    group_codes = staff_pages.ManyField(label=gettext_lazy("only for these customer groups"))
    combines_with = forms.MultipleChoiceField(
        label=gettext_lazy("may stand beside promotions on"),
        choices=Kind.choices,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=gettext_lazy(
            "Both promotions have to allow it. Otherwise the one that takes more off applies."
        ),
    )

    class Meta:
        model = Promotion
        fields = (
            "name_de", "name_en", "code", "description", "kind", "effect", "percent", "gross",
            "cap", "buy", "get", "max_times", "tiers_in_percent", "includes_reduced",
            "min_goods_gross", "min_quantity", "is_first_order", "needs_account", "priority",
            "needs_coupon", "limit_per_customer", "budget", "starts_at", "ends_at", "is_active",
        )  # fmt: skip
        widgets: ClassVar = {"description": UnfoldAdminTextareaWidget(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff_pages.capitalise(self)
        choices = {
            "category_ids": goods_fields.categories(),
            "collection_ids": goods_fields.collections(),
            "group_codes": fields.groups(),
            "delivery_codes": fields.deliveries(),
        }
        choices["excluded_category_ids"] = choices["category_ids"]
        staff_pages.offer(self, choices, ARRAYS)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in _POSITIVE:
            if given.get(name) is not None and given[name] < 0:
                self.add_error(name, _("Not below zero."))
        kind, effect = given.get("kind"), given.get("effect")
        if kind and effect:
            self._check_effect(Kind(kind), Effect(effect), given)
        starts_at, ends_at = given.get("starts_at"), given.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("The end lies after the beginning."))
        return given

    def _check_effect(self, kind: Kind, effect: Effect, given: dict[str, Any]) -> None:
        if effect not in EFFECTS_OF[kind]:
            self.add_error("effect", _("This cannot be given there."))
        for name in _NEEDS[effect]:
            if not given.get(name) and name not in self.errors:
                self.add_error(name, _("This number is needed for it."))
        if effect == Effect.BUY_GET and not given.get("percent"):
            given["percent"] = 100
        percents = [given.get("percent")]
        if effect == Effect.TIERS and given.get("tiers_in_percent"):
            percents = [float(percent) for _from, percent in given.get("tiers") or ()]
        if any(one is not None and not 0 < one <= 100 for one in percents):
            name = "tiers" if effect == Effect.TIERS else "percent"
            self.add_error(name, _("More than 0, at most 100 percent."))
        for name in set(_NUMBERS) - {*_NEEDS[effect], *_MAY.get(effect, ())}:
            given[name] = [] if name == "tiers" else None

    def _post_clean(self) -> None:
        """Arrays are no fields of the model form: they go onto the row before it is checked."""
        for name in ARRAYS:
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
        super()._post_clean()  # type: ignore[misc]
