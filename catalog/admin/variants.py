"""Variants: a row each on the product's page, a choice for each option; and a page of their own."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget

from catalog import products
from catalog.admin import attribute_fields, bundles, shelf
from catalog.admin.ledger import PriceHistoryInline
from catalog.models import Option, Product, Variant
from shop import staff_pages

_PREFIX = "option_"


class VariantForm(forms.ModelForm):
    """One select for each option of the product; `options` is filled in by `form_for`."""

    options: ClassVar[list[Option]] = []

    class Meta:
        model = Variant
        fields = (
            "sku",
            "gtin",
            "vat_class",
            "weight_g",
            "length_mm",
            "width_mm",
            "height_mm",
            "is_bulky",
            "content_amount",
            "content_unit",
            "deposit",
            "minimum_gross",
            "has_stock_limit",
            "lead_days",
            "position",
            "is_active",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "deposit" in self.fields:
            self.fields["deposit"].required = False
        if self.instance.pk:
            chosen = {one.option_id: one.pk for one in self.instance.option_values.all()}
            for option in self.options:
                self.fields[f"{_PREFIX}{option.pk}"].initial = chosen.get(option.pk)

    def clean_gtin(self) -> str:
        gtin: str = self.cleaned_data["gtin"]
        others = Variant.objects.exclude(pk=self.instance.pk)
        if gtin and "gtin" in self.changed_data and others.filter(gtin=gtin).exists():
            raise forms.ValidationError(_("Another variant has this GTIN."))
        return gtin

    def clean_deposit(self) -> Decimal:
        """Most goods bear none: an empty field says so."""
        return self.cleaned_data["deposit"] or Decimal("0.00")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        has_amount = given.get("content_amount") is not None
        if has_amount != bool(given.get("content_unit")) and "content_unit" in given:
            self.add_error("content_unit", _("Content is an amount and its unit, or neither."))
        return given

    @property
    def chosen_values(self) -> list[int]:
        """The keys of the chosen option values."""
        names = [f"{_PREFIX}{option.pk}" for option in self.options]
        return [int(self.cleaned_data[name]) for name in names if self.cleaned_data.get(name)]


def form_for(product: Product | None) -> type[VariantForm]:
    """`VariantForm` with a select for each option of `product`; made once for an instance."""
    if product is None:
        return VariantForm
    if not hasattr(product, "variant_form"):
        rows = Option.objects.filter(product=product).order_by("position", "pk")
        options = list(rows.prefetch_related("values"))
        fields = {f"{_PREFIX}{option.pk}": _select(option) for option in options}
        product.variant_form = type(  # type: ignore[attr-defined]
            "VariantForm", (VariantForm,), {"options": options, **fields}
        )
    return product.variant_form  # type: ignore[attr-defined]


def _select(option: Option) -> forms.ChoiceField:
    values = sorted(option.values.all(), key=lambda value: (value.position, value.pk))
    choices = [("", "–"), *((value.pk, str(value)) for value in values)]
    return forms.ChoiceField(label=str(option), choices=choices, widget=UnfoldAdminSelectWidget)


def option_names(form: type[VariantForm]) -> list[str]:
    return [f"{_PREFIX}{option.pk}" for option in form.options]


def keep_values(forms_: list[Any]) -> None:
    """Write the chosen values of the saved rows."""
    for form in forms_:
        if form.instance.pk and any(name.startswith(_PREFIX) for name in form.changed_data):
            form.instance.option_values.set(form.chosen_values)


class _Shown:
    """The columns that nobody types: price and stock as they are now."""

    def shelf_of(self, variant: Variant) -> shelf.VariantShelf:
        """Price and free pieces, read once for a row."""
        if not hasattr(variant, "shelf"):
            variant.shelf = shelf.of_variants([variant])[variant.pk]  # type: ignore[attr-defined]
        return variant.shelf  # type: ignore[attr-defined]

    @display(description=gettext_lazy("price now"))
    def price_now(self, variant: Variant) -> str:
        return shelf.price_text(self.shelf_of(variant).price) if variant.pk else "–"

    @display(description=gettext_lazy("free"))
    def free(self, variant: Variant) -> str:
        return shelf.free_text(self.shelf_of(variant).free) if variant.pk else "–"


class VariantInline(_Shown, staff_pages.Labelled, TabularInline):
    model = Variant
    extra = 0
    tab = True
    can_delete = False  # Taken off sale instead: orders and the stock ledger speak of it.
    show_change_link = True
    ordering = ("position", "pk")
    ordering_field = "position"
    hide_ordering_field = True
    readonly_fields = ("price_now", "free")
    verbose_name_plural = gettext_lazy("variants")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Variant]:
        return super().get_queryset(request).prefetch_related("option_values")

    def get_formset(self, request: HttpRequest, obj: Product | None = None, **kwargs: Any) -> Any:
        self.form = form_for(obj)
        self.shelves = shelf.of_variants(obj.variants.all()) if obj else {}
        return super().get_formset(request, obj, **kwargs)

    def shelf_of(self, variant: Variant) -> shelf.VariantShelf:
        return self.shelves[variant.pk]

    def get_fields(self, request: HttpRequest, obj: Product | None = None) -> list[str]:
        return [
            "sku",
            *option_names(form_for(obj)),
            "is_active",
            "price_now",
            "free",
            "vat_class",
            "weight_g",
            "content_amount",
            "content_unit",
            "deposit",
            "minimum_gross",
            "gtin",
            "position",
        ]


@admin.register(Variant)
class VariantAdmin(_Shown, ModelAdmin):
    list_display = ("sku", "product", "label", "price_now", "free", "vat_class", "is_active")
    list_filter = ("is_active", "vat_class", "has_stock_limit")
    list_select_related = ("product",)
    search_fields = ("sku", "=gtin", "product__name_de", "product__name_en")
    ordering = ("sku",)
    readonly_fields = ("product", "price_now", "free")
    inlines: ClassVar = [PriceHistoryInline]
    show_full_result_count = False
    actions_detail = ("bundle",)

    @action(
        description=gettext_lazy("Bundle"),
        url_path="bundle",
        permissions=["change"],
        icon="package_2",
    )
    def bundle(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return bundles.edit(self, request, object_id)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Variants are added on the page of their product."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Variant | None = None) -> bool:
        """Taken off sale instead: orders and the stock ledger speak of it."""
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        if obj is not None:
            kwargs["form"] = self._form(obj)
        return super().get_form(request, obj, **kwargs)

    def _form(self, variant: Variant) -> Any:
        """With the options of its product, and the attributes that it has of its own."""
        if not hasattr(variant, "described_form"):
            base = form_for(variant.product)
            variant.described_form = attribute_fields.form_for(  # type: ignore[attr-defined]
                base, variant.product, variant
            )
        return variant.described_form  # type: ignore[attr-defined]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        options = option_names(form_for(obj.product if obj else None))
        goods: list[Any] = [("content_amount", "content_unit"), ("weight_g", "vat_class")]
        goods.append(("deposit", "minimum_gross"))
        goods += [("length_mm", "width_mm", "height_mm"), "is_bulky"]
        names = attribute_fields.names_in(self._form(obj)) if obj else []
        text = _("Empty: as the product has it.")
        own = [(_("Attributes"), {"fields": names, "description": text})] if names else []
        return [
            (None, {"fields": ["product", ("sku", "gtin"), *options, ("price_now", "free")]}),
            *own,
            (_("goods"), {"fields": goods}),
            (_("sale"), {"fields": [("has_stock_limit", "lead_days"), "is_active"]}),
        ]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Prices and stock of all rows of the page at once."""
        page = super().get_changelist_instance(request)
        rows = list(page.result_list)
        known = shelf.of_variants(rows)
        for row in rows:
            row.shelf = known[row.pk]
        return page

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        keep_values([form])
        attribute_fields.save(form, form.instance.product, form.instance)
        products.label_variants(form.instance.product)
        products.touch([form.instance.product_id])
