"""Carts to look at, ways of delivery to offer."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextInputWidget

from catalog import categories
from checkout.models import Cart, CartLine, DeliveryMethod
from shop import staff_pages
from shop.kit import countries, languages, money


class _ReadOnly:
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class CartLineInline(_ReadOnly, TabularInline):
    model = CartLine
    extra = 0
    show_title = False
    ordering = ("added_at", "pk")
    fields = readonly_fields = ("sku", "product", "quantity", "engraving", "added_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CartLine]:
        return super().get_queryset(request).select_related("variant__product")

    @display(description=gettext_lazy("SKU"))
    def sku(self, line: CartLine) -> str:
        return line.variant.sku

    @display(description=gettext_lazy("product"))
    def product(self, line: CartLine) -> str:
        return f"{line.variant.product.name} {line.variant.label}".strip()


class OrderedFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", gettext_lazy("open")), ("ordered", gettext_lazy("ordered"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("open", "ordered"):
            return queryset
        return queryset.filter(ordered_at__isnull=self.value() == "open")


@admin.register(Cart)
class CartAdmin(_ReadOnly, ModelAdmin):
    """What lies in carts. Neither who nor where: that is nobody's business before the order."""

    list_display = (
        "pk",
        "owner",
        "line_count",
        "piece_count",
        "delivery_method",
        "updated_at",
        "state",
    )
    list_filter = (OrderedFilter, "delivery_method")
    ordering = ("-updated_at", "-pk")
    show_full_result_count = False
    inlines: ClassVar = [CartLineInline]
    fields = readonly_fields = (
        "owner",
        "delivery_method",
        "payment_method",
        "created_at",
        "updated_at",
        "ordered_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cart]:
        rows = super().get_queryset(request).defer("contact")
        return rows.annotate(lines_now=Count("lines"), pieces_now=Sum("lines__quantity"))

    @display(description=gettext_lazy("owner"))
    def owner(self, cart: Cart) -> str:
        return _("customer") if cart.customer_id else _("guest")

    @display(description=gettext_lazy("lines"), ordering="lines_now")
    def line_count(self, cart: Cart) -> int:
        return cart.lines_now  # type: ignore[attr-defined]

    @display(description=gettext_lazy("pieces"), ordering="pieces_now")
    def piece_count(self, cart: Cart) -> int:
        return cart.pieces_now or 0  # type: ignore[attr-defined]

    @display(
        description=gettext_lazy("state"),
        ordering="ordered_at",
        label={"open": "info", "ordered": "success"},
    )
    def state(self, cart: Cart) -> tuple[str, str]:
        return ("ordered", _("ordered")) if cart.ordered_at else ("open", _("open"))


class CountriesField(forms.CharField):
    """Codes of countries, separated by commas or spaces; cleaned to a list without repetition."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        codes = list(dict.fromkeys(super().clean(value).upper().replace(",", " ").split()))
        unknown = [code for code in codes if not countries.is_known(code)]
        if unknown:
            text = _("No codes of countries: %(codes)s. Write DE, AT, NL.")
            raise forms.ValidationError(text % {"codes": ", ".join(unknown)})
        return codes

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class DeliveryMethodForm(forms.ModelForm):
    countries = CountriesField(
        label=gettext_lazy("countries"),
        help_text=gettext_lazy("Codes such as DE, AT, NL."),
        widget=UnfoldAdminTextInputWidget,
    )

    class Meta:
        model = DeliveryMethod
        fields = (
            "code",
            "name_de",
            "name_en",
            "gross",
            "free_from",
            "countries",
            "min_days",
            "max_days",
            "is_for_goods",
            "position",
            "is_active",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff_pages.capitalise(self)

    def clean_gross(self) -> Any:
        if self.cleaned_data["gross"] < 0:
            raise forms.ValidationError(_("A fee is not negative."))
        return self.cleaned_data["gross"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        shortest, longest = given.get("min_days"), given.get("max_days")
        if shortest is not None and longest is not None and shortest > longest:
            self.add_error("max_days", _("At least as many days as above."))
        return given


@admin.register(DeliveryMethod)
class DeliveryMethodAdmin(ModelAdmin):
    form = DeliveryMethodForm
    list_display = ("name", "code", "fee", "free_over", "destinations", "days", "is_active")
    list_filter = ("is_active", "is_for_goods")
    search_fields = ("name_de", "name_en", "code")
    ordering = ("position", "pk")
    fields = (
        ("name_de", "name_en"),
        ("code", "is_active"),
        ("gross", "free_from"),
        "countries",
        ("min_days", "max_days"),
        ("is_for_goods", "position"),
    )

    def get_readonly_fields(
        self, request: HttpRequest, obj: DeliveryMethod | None = None
    ) -> tuple[str, ...]:
        """Orders and carts speak of the code."""
        return ("code",) if obj else ()

    @display(description=gettext_lazy("name"), ordering=languages.column("name", "de"))
    def name(self, method: DeliveryMethod) -> str:
        return method.name

    @display(description=gettext_lazy("gross fee"), ordering="gross")
    def fee(self, method: DeliveryMethod) -> str:
        return money.formatted(method.gross, "EUR", languages.active())

    @display(description=gettext_lazy("free from goods value"), empty_value="–")
    def free_over(self, method: DeliveryMethod) -> str | None:
        if method.free_from is None:
            return None
        return money.formatted(method.free_from, "EUR", languages.active())

    @display(description=gettext_lazy("countries"))
    def destinations(self, method: DeliveryMethod) -> str:
        return ", ".join(method.countries)

    @display(description=gettext_lazy("working days"))
    def days(self, method: DeliveryMethod) -> str:
        return f"{method.min_days}–{method.max_days}"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        categories.changed()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        categories.changed()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        super().delete_queryset(request, queryset)
        categories.changed()
