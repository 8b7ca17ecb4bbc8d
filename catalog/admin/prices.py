"""Prices: the history to read, and the page that asks for new ones."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin as DjangoModelAdmin
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import action
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldBooleanWidget,
)

from catalog import pricing, products
from catalog.admin import acts, price_steps, shelf
from catalog.admin.ledger import PriceColumns, ReadOnly
from catalog.models import BundlePricing, Price, PriceKind, Product, Variant
from shop import staff_pages
from shop.kit import clock

END_SALE = "end_sale"


class _VariantsField(forms.ModelMultipleChoiceField):
    """Each variant with what it costs now."""

    shelves: dict[int, shelf.VariantShelf] = {}

    def label_from_instance(self, obj: Any) -> str:
        words = filter(None, [obj.sku, obj.label])
        price = shelf.price_text(self.shelves[obj.pk].price)
        return format_html("{} · {}", " · ".join(words), price)


class PriceForm(staff_pages.AskForm):
    """One price for the chosen variants. An empty `start` means now."""

    kind = forms.ChoiceField(
        label=gettext_lazy("what"),
        choices=[
            (PriceKind.REGULAR, gettext_lazy("new regular price")),
            (PriceKind.SALE, gettext_lazy("sale price, for a while")),
            (END_SALE, gettext_lazy("end the sale that is on")),
        ],
        initial=PriceKind.REGULAR,
        widget=UnfoldAdminRadioSelectWidget,
    )
    variants = _VariantsField(
        label=gettext_lazy("variants"),
        queryset=Variant.objects.none(),
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )
    gross = forms.DecimalField(
        label=gettext_lazy("gross price in euros"),
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=2,
        required=False,
        localize=True,
        widget=UnfoldAdminDecimalFieldWidget,
    )
    start = forms.DateTimeField(
        label=gettext_lazy("from"),
        required=False,
        help_text=gettext_lazy("Empty: from now on."),
        widget=staff_pages.moment_input(),
    )
    end = forms.DateTimeField(
        label=gettext_lazy("until"),
        required=False,
        help_text=gettext_lazy("For a sale price; the regular one is asked again then."),
        widget=staff_pages.moment_input(),
    )

    is_perishing = forms.BooleanField(
        label=gettext_lazy("because it would soon be spoilt or out of date"),
        required=False,
        help_text=gettext_lazy("The reason is shown instead of the 30-day price (§ 11 (4) PAngV)."),
        widget=UnfoldBooleanWidget,
    )

    def __init__(self, *args: Any, product: Product, moment: datetime.datetime, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields.update(price_steps.fields())
        self.moment = moment
        self.steps: list[price_steps.Step] = []
        # The price of a summed bundle follows its components.
        rows = product.variants.exclude(bundle__pricing=BundlePricing.SUMMED)
        rows = rows.order_by("position", "pk")
        field = self.fields["variants"]
        field.shelves = shelf.of_variants(rows)  # type: ignore[attr-defined]
        field.queryset = rows  # type: ignore[attr-defined]
        field.initial = [variant.pk for variant in rows if variant.is_active]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind, start, end = given.get("kind"), given.get("start"), given.get("end")
        if kind in PriceKind.values and given.get("gross") is None and "gross" not in self.errors:
            self.add_error("gross", _("Which price?"))
        if start and start < self.moment:
            self.add_error("start", _("The past is history: a price begins now or later."))
        if kind == PriceKind.SALE and not end and "end" not in self.errors:
            self.add_error("end", _("A sale ends some day: name it."))
        if end and end <= (start or self.moment):
            self.add_error("end", _("The end lies after the beginning."))
        has_steps = any(given.get(f"gross_{one}") for one in price_steps.MORE_STEPS)
        if has_steps and kind != PriceKind.SALE:
            self.add_error("kind", _("Only a sale price goes down in steps."))
        if not self.errors and given.get("gross") is not None:
            until = end if kind == PriceKind.SALE else None
            self.steps = price_steps.given(self, start or self.moment, until)
        return given


def set_prices(page: DjangoModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Show what is asked now, take a new price."""
    product = acts.product_of(page, request, object_id)
    form = PriceForm(request.POST or None, product=product, moment=clock.now())
    if request.method == "POST" and form.is_valid() and _carry_out(form):
        count = len(form.cleaned_data["variants"])
        text = ngettext("%(count)d price was set.", "%(count)d prices were set.", count)
        products.touch([product.pk])
        page.log_change(request, product, text % {"count": count})
        messages.success(request, text % {"count": count})
        return redirect(request.path)
    planned = Price.objects.filter(variant__product=product, valid__startswith__gt=form.moment)
    return staff_pages.ask(
        page,
        request,
        title=_("Prices: %(name)s") % {"name": product},
        form=form,
        submit_text=_("Set price"),
        back_url=acts.address_of(product),
        template="admin/catalog/prices.html",
        planned=planned.select_related("variant").order_by("valid"),
    )


def _carry_out(form: PriceForm) -> bool:
    """Whether it could be done; says at the field why not."""
    given = form.cleaned_data
    is_perishing = given["is_perishing"] and given["kind"] == PriceKind.SALE
    try:
        with transaction.atomic():
            for variant in given["variants"]:
                if given["kind"] == END_SALE:
                    pricing.end_sale(variant, moment=form.moment)
                    continue
                for step in form.steps:
                    pricing.set_price(
                        variant,
                        gross=step.gross,
                        start=step.start,
                        end=step.end,
                        kind=given["kind"],
                        is_perishing=is_perishing,
                    )
    except IntegrityError:
        form.add_error("start", _("A later price is planned already: take it back first."))
    except ValueError as problem:
        form.add_error("gross", str(problem))
    return not form.errors


@admin.register(Price)
class PriceAdmin(ReadOnly, PriceColumns, ModelAdmin):
    """The ledger that § 11 PAngV asks for. New prices are set on the page of the product."""

    list_display = ("variant", "product", "kind", "amount", "begins", "ends", "state")
    list_filter = ("kind",)
    list_select_related = ("variant__product",)
    search_fields = ("variant__sku", "variant__product__name_de", "variant__product__name_en")
    ordering = ("-valid", "-pk")
    fields = readonly_fields = ("variant", "product", "kind", "amount", "begins", "ends", "state")
    actions_row = ("take_back",)
    show_full_result_count = False

    def product(self, price: Price) -> Product:
        return price.variant.product

    product.short_description = gettext_lazy("product")  # type: ignore[attr-defined]

    def has_plan_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Who may set prices may take back planned ones."""
        return bool(request.user.has_perm("catalog.change_product"))

    @action(
        description=gettext_lazy("Take back"),
        url_path="withdrawal",
        permissions=["plan"],
        icon="undo",
    )
    def take_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        price = self.get_object(request, object_id)
        if price is None:
            raise Http404
        back_url = reverse("admin:catalog_price_changelist")
        if request.method == "POST":
            try:
                pricing.drop_planned(price, moment=clock.now())
            except pricing.AlreadyBegun as problem:
                messages.error(request, str(problem))
            else:
                products.touch([price.variant.product_id])
                messages.success(request, _("The planned price was taken back."))
            return redirect(back_url)
        return staff_pages.ask(
            self,
            request,
            title=_("Take back a planned price"),
            form=staff_pages.AskForm(),
            text=f"{price.variant.sku}: {self.amount(price)}, {price.get_kind_display()}",
            submit_text=_("Take back"),
            back_url=back_url,
        )
