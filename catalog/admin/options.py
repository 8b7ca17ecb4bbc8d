"""The page of an option: its values, and which of the shop's attributes and choices they are."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from catalog import products
from catalog.attributes import linking
from catalog.models import Attribute, AttributeChoice, AttributeKind, Option, OptionValue
from shop import staff_pages

_CHOSEN = [kind for kind in AttributeKind if kind.has_choices]


def _without_buttons(field: Any) -> Any:
    """Attributes and choices have pages of their own."""
    if field is not None:
        field.widget.can_add_related = field.widget.can_change_related = False
        field.widget.can_view_related = field.widget.can_delete_related = False
    return field


class OptionValueInline(staff_pages.Arranged):
    model = OptionValue

    def get_fields(self, request: HttpRequest, obj: Option | None = None) -> list[str]:
        """Choices where the option is one of the shop's attributes."""
        choice = ["choice"] if obj is not None and obj.attribute_id else []
        return ["code", "name_de", "name_en", "swatch", *choice, "position"]

    def get_formset(self, request: HttpRequest, obj: Option | None = None, **kwargs: Any) -> Any:
        self.option = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The choices of the option's attribute alone; read once for all rows."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "choice" and field is not None and self.option is not None:
            rows = AttributeChoice.objects.filter(attribute=self.option.attribute_id)
            field.queryset = rows.order_by("position", "pk")
            field.choices = [("", "–"), *((one.pk, str(one)) for one in field.queryset)]
        return _without_buttons(field)


@admin.register(Option)
class OptionAdmin(ModelAdmin):
    """The values of an option; reached from its product."""

    fields = ("product", "code", ("name_de", "name_en"), "attribute")
    readonly_fields = ("product",)
    inlines: ClassVar = [OptionValueInline]
    list_display = ("product", "name_de", "code")
    list_select_related = ("product",)
    ordering = ("product", "position")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only attributes with choices can be an option."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "attribute" and field is not None:
            rows = Attribute.objects.filter(kind__in=_CHOSEN)
            field.queryset = rows.order_by("position", "pk")
        return _without_buttons(field)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        option = form.instance
        if "attribute" in form.changed_data:
            linking.link(option)
        products.label_variants(option.product)
        products.touch([option.product_id])
