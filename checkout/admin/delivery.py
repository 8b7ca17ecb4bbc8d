"""Ways of delivery to offer, zones to deliver to, rates between them."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display

from catalog import categories
from checkout.admin import delivery_forms, delivery_trial
from checkout.models import DeliveryMethod, DeliveryRate, DeliveryZone
from shop import staff_pages
from shop.kit import clock, languages, money


class _TellingCaches:
    """Pages keep the rules of delivery for one version of the content."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        categories.changed()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)  # type: ignore[misc]
        categories.changed()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        super().delete_queryset(request, queryset)  # type: ignore[misc]
        categories.changed()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Orders, carts and files speak of the code."""
        return ("code",) if obj else ()


class DeliveryRateInline(staff_pages.Labelled, TabularInline):
    model = DeliveryRate
    form = delivery_forms.DeliveryRateForm
    fields = ("zone", "up_to_weight_g", "from_goods", "gross")
    ordering = ("zone__position", "up_to_weight_g", "from_goods")
    extra = 0
    show_title = False


@admin.register(DeliveryMethod)
class DeliveryMethodAdmin(_TellingCaches, ModelAdmin):
    form = delivery_forms.DeliveryMethodForm
    inlines: ClassVar = [DeliveryRateInline]
    list_display = ("name", "code", "kind", "fees", "destinations", "days", "is_active")
    list_filter = ("is_active", "kind")
    search_fields = ("name_de", "name_en", "code")
    ordering = ("position", "pk")
    actions_list = ("try_it",)
    fieldsets = (
        (None, {"fields": (("name_de", "name_en"), ("code", "kind"), ("position", "is_active"))}),
        (
            gettext_lazy("Time"),
            {
                "fields": (
                    ("min_days", "max_days"),
                    ("cut_off", "state"),
                    "brings_on_saturday",
                )
            },
        ),
        (
            gettext_lazy("What it carries"),
            {
                "fields": (
                    ("max_weight_g", "max_length_mm", "max_girth_mm"),
                    ("takes_bulky", "bulky_gross"),
                )
            },
        ),
        (
            gettext_lazy("Price and place"),
            {"fields": ("has_free_threshold", "pickup_location")},
        ),
    )

    @action(description=gettext_lazy("Try it"), url_path="trial", permissions=["view"])
    def try_it(self, request: HttpRequest) -> HttpResponse:
        """What would be on offer for goods and an address that are typed in."""
        asked = request.POST if request.method == "POST" else None
        form = delivery_trial.TrialForm(asked, initial={"moment": clock.now()})
        return staff_pages.ask(
            self,
            request,
            title=_("What would be on offer?"),
            form=form,
            submit_text=_("Show"),
            back_url=reverse("admin:checkout_deliverymethod_changelist"),
            template="admin/checkout/delivery_trial.html",
            result=delivery_trial.rows(form.cleaned_data) if form.is_valid() else None,
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[DeliveryMethod]:
        return super().get_queryset(request).prefetch_related("rates__zone")

    @display(description=gettext_lazy("name"), ordering=languages.column("name", "de"))
    def name(self, method: DeliveryMethod) -> str:
        return method.name

    @display(description=gettext_lazy("gross fee"))
    def fees(self, method: DeliveryMethod) -> str:
        amounts = sorted({one.gross for one in method.rates.all()})
        ends = dict.fromkeys([*amounts[:1], *amounts[-1:]])
        words = [money.formatted(one, "EUR", languages.active()) for one in ends]
        return " – ".join(words) or _("free of charge")

    @display(description=gettext_lazy("zones"))
    def destinations(self, method: DeliveryMethod) -> str:
        zones = {one.zone_id: one.zone for one in method.rates.all()}
        ordered = sorted(zones.values(), key=lambda zone: (zone.position, zone.pk))
        return ", ".join(zone.name for zone in ordered)

    @display(description=gettext_lazy("working days"))
    def days(self, method: DeliveryMethod) -> str:
        return f"{method.min_days}–{method.max_days}"


@admin.register(DeliveryZone)
class DeliveryZoneAdmin(_TellingCaches, ModelAdmin):
    form = delivery_forms.DeliveryZoneForm
    list_display = ("name", "code", "destinations", "free_over", "refusal")
    search_fields = ("name_de", "name_en", "code")
    ordering = ("position", "pk")
    fields = (
        ("name_de", "name_en"),
        ("code", "position"),
        "countries",
        ("postcodes", "other_postcodes"),
        ("free_from", "extra_days"),
        ("refusal_de", "refusal_en"),
    )

    @display(description=gettext_lazy("name"), ordering=languages.column("name", "de"))
    def name(self, zone: DeliveryZone) -> str:
        return zone.name

    @display(description=gettext_lazy("countries"))
    def destinations(self, zone: DeliveryZone) -> str:
        codes = ", ".join(zone.countries)
        return f"{codes}: {zone.postcodes}"[:80] if zone.postcodes else codes

    @display(description=gettext_lazy("free from goods value"), empty_value="–")
    def free_over(self, zone: DeliveryZone) -> str | None:
        if zone.free_from is None:
            return None
        return money.formatted(zone.free_from, "EUR", languages.active())

    @display(description=gettext_lazy("why not"), empty_value="–")
    def refusal(self, zone: DeliveryZone) -> str | None:
        return languages.localized(zone, "refusal") if zone.is_refused else None
