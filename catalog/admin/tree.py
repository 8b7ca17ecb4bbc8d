"""Categories, brands, manufacturers: where goods stand and who made them."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, StackedInline
from unfold.decorators import display

from catalog import categories, products
from catalog.admin import picture_forms
from catalog.admin.gated import KeepsSold
from catalog.models import Brand, Category, CategoryPicture, Manufacturer, Product


class CategoryForm(forms.ModelForm):
    class Meta:
        model = Category
        fields = (
            "parent",
            "slug",
            "name_de",
            "name_en",
            "intro_de",
            "intro_en",
            "position",
            "is_active",
        )

    def clean(self) -> dict[str, Any]:
        """Ask the tree whether the path is free, as it will be asked again when storing."""
        given = super().clean() or {}
        if "slug" in given and not self.errors:
            try:
                categories.path_for(self.instance, parent=given.get("parent"), slug=given["slug"])
            except categories.PathTaken as problem:
                self.add_error("slug", _("The path “%(path)s” is taken.") % {"path": problem})
        return given


class CategoryPictureInline(StackedInline):
    model = CategoryPicture
    form = picture_forms.CategoryPictureForm
    fields = ("upload", ("alt_de", "alt_en"), ("focus_x", "focus_y"))
    max_num = 1
    extra = 0


@admin.register(Category)
class CategoryAdmin(ModelAdmin):
    form = CategoryForm
    list_display = ("indented", "path", "product_count", "position", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name_de", "name_en", "path")
    ordering = ("path",)
    list_per_page = 200
    fields = (
        ("name_de", "name_en"),
        ("parent", "slug"),
        ("intro_de", "intro_en"),
        ("position", "is_active"),
    )
    prepopulated_fields: ClassVar = {"slug": ("name_de",)}
    inlines: ClassVar = [CategoryPictureInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Category]:
        rows = super().get_queryset(request)
        live = Q(products__status="active")
        return rows.annotate(live_products=Count("products", filter=live))

    @display(description=gettext_lazy("category"), ordering="path")
    def indented(self, category: Category) -> str:
        depth = category.path.count("/")
        return format_html("{}{}", "— " * depth, category.name)

    @display(description=gettext_lazy("products on sale"), ordering="live_products")
    def product_count(self, category: Category) -> int:
        return category.live_products  # type: ignore[attr-defined]

    def view_on_site(self, category: Category) -> str | None:
        return category.get_absolute_url() if category.is_active else None

    def save_model(self, request: HttpRequest, obj: Category, form: Any, change: bool) -> None:
        categories.store(obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        picture_forms.store(formset.forms)
        super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        categories.changed()

    def delete_model(self, request: HttpRequest, obj: Category) -> None:
        categories.remove(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Category]) -> None:
        for category in queryset.order_by("-path"):
            categories.remove(category)


class _NamedOnPages(ModelAdmin):
    """Named on the pages of products: a change makes what is kept of them void."""

    ordering = ("name",)
    products_by = ""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        rows = Product.objects.filter(**{self.products_by: obj})
        products.touch(rows.values_list("pk", flat=True))
        categories.changed()  # Lists name the brands that they are filtered by.


@admin.register(Brand)
class BrandAdmin(_NamedOnPages):
    list_display = ("name", "slug")
    search_fields = ("name",)
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    products_by = "brand"


@admin.register(Manufacturer)
class ManufacturerAdmin(KeepsSold, _NamedOnPages):
    list_display = ("name", "country", "address", "email", "responsible_name")
    search_fields = ("name", "email")
    products_by = "manufacturer"
    fieldsets = (
        (None, {"fields": ("name", "address", ("country", "email"))}),
        (
            gettext_lazy("For makers outside the EU"),
            {"fields": ("responsible_name", "responsible_address", "responsible_email")},
        ),
    )
