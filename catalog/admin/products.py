"""The list of products and the page of one."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from catalog import products
from catalog.admin import (
    acts,
    attribute_fields,
    document_forms,
    file_forms,
    gated,
    law_forms,
    picture_forms,
    pictures,
    prices,
    sending,
    shelf,
    variants,
)
from catalog.admin.product_forms import ProductForm
from catalog.models import (
    DigitalFile,
    Document,
    Option,
    Product,
    ProductPicture,
    ProductStatus,
    Variant,
)
from shop import staff_pages
from shop.kit import clock, languages, money

STATUS_COLOURS = {
    ProductStatus.DRAFT: "warning",
    ProductStatus.ACTIVE: "success",
    ProductStatus.ARCHIVED: "default",
}


class DigitalFileInline(staff_pages.Arranged):
    """What buyers of a digital product download. Who bought a file keeps it."""

    model = DigitalFile
    form = file_forms.DigitalFileForm
    formset = file_forms.DigitalFileFormSet
    tab = True
    fields = ("upload", "name_de", "name_en", "is_active", "position")


class OptionInline(staff_pages.Arranged):
    model = Option
    tab = True
    show_change_link = True
    fields = ("code", "name_de", "name_en", "values_now", "position")
    readonly_fields = ("values_now",)
    verbose_name_plural = _("options")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Option]:
        return super().get_queryset(request).prefetch_related("values")

    @display(description=_("values"))
    def values_now(self, option: Option) -> str:
        if not option.pk:
            return "–"
        values = sorted(option.values.all(), key=lambda value: value.position)
        return ", ".join(str(value) for value in values) or "–"


@admin.register(Product)
class ProductAdmin(gated.Gated, attribute_fields.Described):
    form = ProductForm
    list_display = ("header", "status_label", "category", "price_from", "free")
    list_display_links = ("header",)
    list_filter = (
        ("status", ChoicesDropdownFilter),
        ("category", RelatedDropdownFilter),
        ("brand", RelatedDropdownFilter),
        gated.HeldBack,
        ("product_type", RelatedDropdownFilter),
    )
    list_filter_submit = True
    list_select_related = ("category",)
    list_per_page = 30
    search_fields = ("name_de", "name_en", "slug", "variants__sku", "=variants__gtin")
    ordering = ("-pk",)
    show_full_result_count = False
    prepopulated_fields: ClassVar = {"slug": ("name_de",)}
    autocomplete_fields = ("categories", "related", "successor")
    readonly_fields = ("status", "published_at", "unpublish_at", "wanted_now")
    inlines: ClassVar = [
        pictures.PictureInline,
        variants.VariantInline,
        OptionInline,
        document_forms.DocumentInline,
        DigitalFileInline,
        *law_forms.INLINES,
        sending.SendingBanInline,
    ]
    actions: ClassVar = ["publish_selected", "archive_selected"]
    actions_detail = (
        "publish",
        "set_prices",
        "add_pictures",
        "preview",
        {
            "title": _("More"),
            "icon": "more_horiz",
            "items": ["archive", "duplicate", "make_pictures_again"],
        },
    )
    warn_unsaved_form = True
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name_de", "name_en"),
                    ("slug", "category"),
                    ("status", "published_at", "unpublish_at"),
                    "wanted_now",
                )
            },
        ),
        (
            _("German texts"),
            {"classes": ["tab"], "fields": ("summary_de", "description_de", "specifications_de")},
        ),
        (
            _("English texts"),
            {"classes": ["tab"], "fields": ("summary_en", "description_en", "specifications_en")},
        ),
        (
            _("Law"),
            {
                "classes": ["tab"],
                "fields": (
                    ("manufacturer", "withdrawal_exception"),
                    ("warnings_de", "warnings_en"),
                    ("energy_class", "energy_scale", "energy_kwh"),
                    ("battery_note_de", "battery_note_en"),
                    "has_animal_parts",
                ),
            },
        ),
        (
            _("Placement"),
            {
                "classes": ["tab"],
                "fields": (
                    ("brand", "is_featured"),
                    ("is_digital", "is_gift_card"),
                    ("engraving_length", "size_guide"),
                    "categories",
                    "related",
                    "successor",
                    "search_words",
                ),
            },
        ),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Product | None = None) -> bool:
        """Archived instead: orders, reviews and the stock ledger speak of it."""
        return False

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """What can be done in the present status."""
        shown = super().get_actions_detail(request, object_id)
        status = Product.objects.filter(pk=object_id).values_list("status", flat=True).first()
        pointless = {ProductStatus.ACTIVE: "publish", ProductStatus.ARCHIVED: "archive"}
        hidden = pointless.get(status, "archive")  # type: ignore[call-overload]
        return [one for one in shown if one.method.original_function_name != hidden]

    def has_copy_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Who may add products may begin with a copy."""
        return self.has_add_permission(request)

    def view_on_site(self, product: Product) -> str | None:
        return product.get_absolute_url() if product.is_live(clock.now()) else None

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Pictures, prices and stock of all rows of the page at once."""
        page = super().get_changelist_instance(request)
        rows = list(page.result_list)
        known = shelf.of_products(rows)
        for row in rows:
            row.shelf = known[row.pk]
        return page

    @display(description=_("product"), ordering=languages.column("name", "de"), header=True)
    def header(self, product: Product) -> list[Any]:
        url = product.shelf.picture_url  # type: ignore[attr-defined]
        picture = {"path": url, "squared": True, "width": 40, "height": 40} if url else None
        return [product.name, product.slug, product.name[:2], picture]

    @display(description=_("status"), ordering="status", label=STATUS_COLOURS)
    def status_label(self, product: Product) -> tuple[str, str]:
        return product.status, product.get_status_display()

    @display(description=_("price from"))
    def price_from(self, product: Product) -> str:
        lowest = product.shelf.price_from  # type: ignore[attr-defined]
        return money.formatted(lowest, "EUR", languages.active()) if lowest is not None else "–"

    @display(description=_("free"))
    def free(self, product: Product) -> str:
        return shelf.free_text(product.shelf.free)  # type: ignore[attr-defined]

    def save_model(self, request: HttpRequest, obj: Product, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        products.moved(obj, old_slug=form.initial.get("slug", "") if change else "")

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is ProductPicture:
            picture_forms.store(formset.forms)
        if formset.model is DigitalFile:
            file_forms.store(formset.forms)
        if formset.model is Document:
            document_forms.store(formset.forms)
        super().save_formset(request, form, formset, change)
        if formset.model is Variant:
            variants.keep_values(formset.forms)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        products.label_variants(form.instance)
        products.touch([form.instance.pk])

    @action(description=_("Publish"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        acts.publish_all(self, request, queryset)

    @action(description=_("Take offline"), permissions=["change"])
    def archive_selected(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        acts.archive_all(self, request, queryset)

    @action(
        description=_("Publish"),
        url_path="publication",
        permissions=["change"],
        icon="rocket_launch",
        variant=ActionVariant.PRIMARY,
    )
    def publish(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return acts.publish(self, request, object_id)

    @action(description=_("Prices"), url_path="prices", permissions=["change"], icon="sell")
    def set_prices(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return prices.set_prices(self, request, object_id)

    @action(description=_("Preview"), url_path="preview", permissions=["view"], icon="visibility")
    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return acts.preview(self, request, object_id)

    @action(
        description=_("Add pictures"),
        url_path="pictures",
        permissions=["change"],
        icon="add_photo_alternate",
    )
    def add_pictures(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return pictures.add_pictures(self, request, object_id)

    @action(
        description=_("Make the pictures again"),
        url_path="renditions",
        permissions=["change"],
        icon="refresh",
    )
    def make_pictures_again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return pictures.make_again(self, request, object_id)

    @action(
        description=_("Take offline"),
        url_path="archive",
        permissions=["change"],
        icon="visibility_off",
    )
    def archive(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return acts.archive(self, request, object_id)

    @action(description=_("Duplicate"), url_path="copy", permissions=["copy"], icon="content_copy")
    def duplicate(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return acts.duplicate(self, request, object_id)
