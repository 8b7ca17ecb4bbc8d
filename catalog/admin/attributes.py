"""Product types, attributes and their choices."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action, display
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminColorInputWidget,
    UnfoldAdminTextInputWidget,
)

from catalog import categories, products
from catalog.admin import choice_merging
from catalog.admin.gated import KeepsSold
from catalog.attributes import units
from catalog.models import (
    Attribute,
    AttributeChoice,
    AttributeKind,
    AttributeValue,
    Law,
    Option,
    Product,
    ProductType,
    TypeAttribute,
)
from shop import staff_pages


class AttributeForm(forms.ModelForm):
    class Meta:
        model = Attribute
        fields = (
            "name_de",
            "name_en",
            "code",
            "kind",
            "unit",
            "is_facet",
            "is_shown",
            "position",
        )

    def clean_unit(self) -> str:
        """`Zoll` is kept as `in`, `KG` as `kg`; another unit is taken as it is."""
        unit = str(self.cleaned_data["unit"])
        return units.meant(unit) if unit else ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("unit") and given.get("kind") != AttributeKind.NUMBER and "kind" in given:
            self.add_error("unit", _("Only numbers have a unit."))
        return given


class ChoiceForm(forms.ModelForm):
    class Meta:
        model = AttributeChoice
        fields = ("name_de", "name_en", "code", "swatch", "position")
        widgets: ClassVar = {"swatch": UnfoldAdminColorInputWidget()}


class ChoiceInline(staff_pages.Arranged):
    model = AttributeChoice
    form = ChoiceForm
    verbose_name_plural = gettext_lazy("choices")

    def get_fields(self, request: HttpRequest, obj: Attribute | None = None) -> list[str]:
        has_colour = obj is not None and obj.kind == AttributeKind.SWATCH
        return ["name_de", "name_en", "code", *(["swatch"] if has_colour else []), "position"]


def _products_in(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.values("attribute").annotate(total=Count("product", distinct=True))
    return Coalesce(Subquery(counted.values("total")), 0)


@admin.register(Attribute)
class AttributeAdmin(ModelAdmin):
    form = AttributeForm
    list_display = ("name", "code", "kind_label", "unit", "is_facet", "product_count", "position")
    list_display_links = ("name",)
    list_filter = (("kind", ChoicesDropdownFilter), "is_facet")
    search_fields = ("name_de", "name_en", "code", "choices__name_de", "choices__name_en")
    ordering = ("position", "pk")
    list_per_page = 100
    actions_detail = ("merge",)
    show_full_result_count = False
    prepopulated_fields: ClassVar = {"code": ("name_en",)}
    fields = (
        ("name_de", "name_en"),
        ("code", "kind", "unit"),
        ("is_facet", "is_shown", "position"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Attribute]:
        """With the products that have it as a value or an option."""
        said = AttributeValue.objects.filter(attribute=OuterRef("pk")).order_by()
        chosen = Option.objects.filter(attribute=OuterRef("pk")).order_by()
        return (
            super()
            .get_queryset(request)
            .annotate(product_total=_products_in(said) + _products_in(chosen))
        )

    @display(description=gettext_lazy("attribute"), ordering="name_de")
    def name(self, attribute: Attribute) -> str:
        return str(attribute)

    @display(description=gettext_lazy("kind"), ordering="kind", label=True)
    def kind_label(self, attribute: Attribute) -> str:
        return attribute.get_kind_display()

    @display(description=gettext_lazy("products"), ordering="product_total")
    def product_count(self, attribute: Attribute) -> int:
        return attribute.product_total  # type: ignore[attr-defined]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Values are of the kind and in the unit: both stay while there are any."""
        return ("kind", "unit") if obj and obj.values.exists() else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A code that files know stays when the name changes."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        has_choices = obj is not None and AttributeKind(obj.kind).has_choices
        return [ChoiceInline] if has_choices else []

    @action(
        description=gettext_lazy("Merge two choices"),
        url_path="merge",
        permissions=["change"],
        icon="merge",
    )
    def merge(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return choice_merging.ask(self, request, object_id)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Only where there are two to merge."""
        rows = AttributeChoice.objects.filter(attribute=object_id)
        return super().get_actions_detail(request, object_id) if rows[1:].exists() else []

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        """A new attribute of choices goes on to its choices."""
        response = super().response_add(request, obj, post_url_continue)
        if AttributeKind(obj.kind).has_choices and "_addanother" not in request.POST:
            return redirect("admin:catalog_attribute_change", obj.pk)
        return response

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not form.has_changed() and not any(one.has_changed() for one in formsets):
            return
        categories.changed()  # Lists name what they are filtered by.
        if change:
            _touch(Q(attribute_values__attribute=form.instance))

    def delete_model(self, request: HttpRequest, obj: Attribute) -> None:
        super().delete_model(request, obj)
        categories.changed()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Attribute]) -> None:
        super().delete_queryset(request, queryset)
        categories.changed()


def _touch(shown: Q) -> None:
    """The pages of these products show it."""
    products.touch(Product.objects.filter(shown).distinct().values_list("pk", flat=True))


class TypeAttributeInline(staff_pages.Arranged):
    model = TypeAttribute
    fields = ("attribute", "is_required", "is_per_variant", "position")
    verbose_name_plural = gettext_lazy("attributes")


class TypeForm(forms.ModelForm):
    laws = forms.MultipleChoiceField(
        label=gettext_lazy("laws"),
        choices=Law.choices,
        required=False,
        help_text=gettext_lazy("What they want is asked for before goods of the type go live."),
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
    )

    class Meta:
        model = ProductType
        fields = ("name_de", "name_en", "code", "laws")
        widgets: ClassVar = {"code": UnfoldAdminTextInputWidget()}


@admin.register(ProductType)
class ProductTypeAdmin(KeepsSold, ModelAdmin):
    products_by = "product_type"
    form = TypeForm
    list_display = ("name", "code", "attribute_count", "product_count")
    list_display_links = ("name",)
    search_fields = ("name_de", "name_en", "code")
    ordering = ("name_de",)
    prepopulated_fields: ClassVar = {"code": ("name_en",)}
    fields = (("name_de", "name_en"), "code", "laws")
    inlines: ClassVar = [TypeAttributeInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProductType]:
        rows = super().get_queryset(request)
        return rows.annotate(
            attribute_total=Count("type_attributes", distinct=True),
            product_total=Count("products", distinct=True),
        )

    @display(description=gettext_lazy("product type"), ordering="name_de")
    def name(self, kind: ProductType) -> str:
        return str(kind)

    @display(description=gettext_lazy("attributes"), ordering="attribute_total")
    def attribute_count(self, kind: ProductType) -> int:
        return kind.attribute_total  # type: ignore[attr-defined]

    @display(description=gettext_lazy("products"), ordering="product_total")
    def product_count(self, kind: ProductType) -> int:
        return kind.product_total  # type: ignore[attr-defined]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A code that files know stays when the name changes."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Their table follows the order of the type."""
        super().save_related(request, form, formsets, change)
        if change and any(one.has_changed() for one in formsets):
            _touch(Q(product_type=form.instance))
