"""Pictures of a product in its page, several added at once, and the list of their files."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin as PlainModelAdmin
from django.db import transaction
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action, display

from catalog import pictures, products
from catalog.admin import acts, picture_forms
from catalog.models import OptionValue, PictureFile, PictureState, Product, ProductPicture
from catalog.models.picture import Picture
from catalog.pictures import recipes
from shop import staff_pages
from shop.kit import languages

STATE_COLOURS = {
    PictureState.WAITING: "info",
    PictureState.MADE: "success",
    PictureState.FAILED: "danger",
}


class PictureInline(staff_pages.Arranged):
    model = ProductPicture
    form = picture_forms.ProductPictureForm
    tab = True
    fields = (
        "upload", "alt_de", "alt_en", "option_value", "focus_x", "focus_y", "files_now", "position",
    )  # fmt: skip
    readonly_fields = ("files_now",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProductPicture]:
        file = PictureFile.objects.filter(key=OuterRef("key"))
        return (
            super()
            .get_queryset(request)
            .annotate(
                file_state=Subquery(file.values("state")[:1]),
                file_problem=Subquery(file.values("problem")[:1]),
            )
        )

    def get_formset(self, request: HttpRequest, obj: Product | None = None, **kwargs: Any) -> Any:
        self.product = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The values of this product alone; read once for all rows."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "option_value" and field is not None:
            field.queryset = OptionValue.objects.filter(option__product=self.product)
            field.choices = [("", "–"), *((one.pk, str(one)) for one in field.queryset)]
            field.widget.can_add_related = field.widget.can_change_related = False
            field.widget.can_view_related = False
        return field

    @display(description=_("files"))
    def files_now(self, picture: ProductPicture) -> str:
        """What became of its files, and whether it is only called by the product's name."""
        if not picture.pk:
            return "–"
        state = getattr(picture, "file_state", None)
        said = [PictureState(state).label if state else gettext("WebP only, from before")]
        if state == PictureState.FAILED:
            said.append(gettext(picture.file_problem))  # type: ignore[attr-defined]
        if self.product and picture.alt_de == self.product.name_de:
            said.append(gettext("Described by the product's name: say what is to be seen."))
        return format_html("{}", " · ".join(str(one) for one in said))


def add_pictures(page: PlainModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask for files and what they show; hang them behind the others."""
    product = acts.product_of(page, request, object_id)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = picture_forms.AddPicturesForm(*given, product=product)
    if form.is_bound and form.is_valid():
        count = _hang(product, **form.cleaned_data)
        text = ngettext("%(count)d picture added.", "%(count)d pictures added.", count)
        page.log_change(request, product, text % {"count": count})
        hint = gettext("Say of each what is to be seen, and click on what must not be cropped.")
        messages.success(request, f"{text % {'count': count}} {hint}")
        return redirect(acts.address_of(product) + "#pictures")
    return staff_pages.ask(
        page,
        request,
        title=gettext("Add pictures: %(name)s") % {"name": product},
        form=form,
        submit_text=gettext("Add"),
        back_url=acts.address_of(product),
    )


@transaction.atomic
def _hang(
    product: Product,
    *,
    uploads: list[pictures.Encoded],
    alt_de: str,
    alt_en: str,
    option_value: OptionValue | None,
) -> int:
    last = product.pictures.aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    for position, encoded in enumerate(uploads, start=first):
        pictures.store(encoded)
        product.pictures.create(
            alt_de=alt_de,
            alt_en=alt_en,
            option_value=option_value,
            position=position,
            **encoded.columns,
        )
    products.touch([product.pk])
    return len(uploads)


def make_again(page: PlainModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask, then have the files of all pictures of the product made once more."""
    product = acts.product_of(page, request, object_id)
    if request.method == "POST":
        keys = product.pictures.values_list("key", flat=True)
        _say_waiting(request, pictures.ask_again(keys))
        return redirect(acts.address_of(product) + "#pictures")
    return staff_pages.ask(
        page,
        request,
        title=gettext("Make the pictures again: %(name)s") % {"name": product},
        text=gettext(
            "What is missing is made from the originals; shoppers see what is there meanwhile."
        ),
        form=staff_pages.AskForm(),
        submit_text=gettext("Make again"),
        back_url=acts.address_of(product),
    )


def _say_waiting(request: HttpRequest, count: int) -> None:
    text = ngettext("%(count)d picture is being made.", "%(count)d pictures are being made.", count)
    messages.success(request, text % {"count": count})


@admin.register(PictureFile)
class PictureFileAdmin(ModelAdmin):
    """Which contents there are, which wait, and why others failed. They come by upload alone."""

    list_display = ("header", "state_label", "problem_text", "size", "created_at", "made_at")
    list_display_links = None
    list_filter = (("state", ChoicesDropdownFilter),)
    list_filter_submit = True
    list_per_page = 50
    search_fields = ("=key",)
    ordering = ("-created_at", "-pk")
    show_full_result_count = False
    actions: ClassVar = ["make_selected_again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PictureFile | None = None) -> bool:
        """The clean-up removes what nothing shows."""
        return False

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Of each content on the page one row that shows it, in a statement for each kind."""
        page = super().get_changelist_instance(request)
        rows = list(page.result_list)
        shown: dict[str, Picture] = {}
        for model in recipes.MODELS:
            relations = ["product"] if model is ProductPicture else []
            users = model._default_manager.filter(key__in=[row.key for row in rows])
            users = users.prefetch_related(*relations)
            shown |= {one.key: one for one in users.order_by("-pk") if one.key not in shown}
        for row in rows:
            row.shown = shown.get(row.key)
        return page

    @display(description=_("picture"), header=True)
    def header(self, file: PictureFile) -> list[Any]:
        picture: Picture | None = file.shown  # type: ignore[attr-defined]
        if picture is None:
            return [file.key, "", "", None]
        shown = {"path": picture.url(160), "squared": True, "width": 40, "height": 40}
        if not isinstance(picture, ProductPicture):
            return [str(picture), picture._meta.verbose_name, "", shown]
        name = languages.localized(picture.product, "name")
        link = format_html('<a href="{}">{}</a>', acts.address_of(picture.product), name)
        return [link, picture.alt, name[:2], shown]

    @display(description=_("state"), ordering="state", label=STATE_COLOURS)
    def state_label(self, file: PictureFile) -> tuple[str, str]:
        return file.state, file.get_state_display()

    @display(description=_("problem"))
    def problem_text(self, file: PictureFile) -> str:
        return gettext(file.problem) if file.problem else "–"

    @display(description=_("size"))
    def size(self, file: PictureFile) -> str:
        return f"{file.width} × {file.height}"

    @action(description=_("Make again"), permissions=["change"])
    def make_selected_again(self, request: HttpRequest, queryset: QuerySet[PictureFile]) -> None:
        _say_waiting(request, pictures.ask_again(queryset.values_list("key", flat=True)))
