"""The page that makes a variant a bundle, or changes the one that it is."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminRadioSelectWidget, UnfoldAdminTextareaWidget

from catalog import pricing, products
from catalog.admin import condition_fields
from catalog.bundles import composing
from catalog.models import Bundle, BundlePricing, Variant
from shop import staff_pages
from shop.kit import clock, languages, money

_LINE = re.compile(r"(?:(?P<quantity>\d+)\s*[x×*]\s*)?(?P<sku>\S.*)", re.IGNORECASE)


class PartsField(forms.CharField):
    """Lines `2 × SKU`, or `SKU` for one; cleaned to parts in their order."""

    widget = UnfoldAdminTextareaWidget

    def clean(self, value: Any) -> list[composing.Part]:
        found: list[tuple[str, int]] = []
        for line in super().clean(value).splitlines():
            match = _LINE.fullmatch(line.strip())
            if match:
                found.append((match["sku"].strip(), int(match["quantity"] or 1)))
        rows = Variant.objects.filter(sku__in=[sku for sku, _quantity in found])
        by_sku = {one.sku: one for one in rows.select_related("product")}
        if unknown := [sku for sku, _quantity in found if sku not in by_sku]:
            text = _("There is no variant: %(skus)s") % {"skus": ", ".join(unknown)}
            raise forms.ValidationError(text)
        return [composing.Part(by_sku[sku], quantity) for sku, quantity in found]


class BundleForm(staff_pages.AskForm):
    """What is in it, and what it costs."""

    parts = PartsField(
        label=gettext_lazy("components"),
        help_text=gettext_lazy("One a line: 2 × SKU, or the SKU alone for one piece."),
    )
    pricing = forms.ChoiceField(
        label=gettext_lazy("price"),
        choices=BundlePricing.choices,
        initial=BundlePricing.FIXED,
        widget=UnfoldAdminRadioSelectWidget,
    )
    gross = condition_fields.amount(gettext_lazy("gross price in euros"), least=Decimal(0))
    percent_off = condition_fields.amount(gettext_lazy("percent off the sum"), least=Decimal(0))

    def __init__(self, *args: Any, variant: Variant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gross"].help_text = _("For a price of its own; empty: it stays as it is.")
        bundle = Bundle.objects.filter(pk=variant.pk).first()
        if bundle:
            rows = bundle.components.select_related("variant").order_by("position", "pk")
            self.initial.update(
                {
                    "parts": "\n".join(f"{one.quantity} × {one.variant.sku}" for one in rows),
                    "pricing": bundle.pricing,
                    "percent_off": bundle.percent_off or None,
                }
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("pricing") == BundlePricing.SUMMED and given.get("gross") is not None:
            self.add_error("gross", _("The price of this bundle is the sum of its components."))
        return given


def edit(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Show what is in the bundle; take its components and price."""
    variant = page.get_object(request, object_id)
    if variant is None:
        raise Http404
    back_url = reverse("admin:catalog_variant_change", args=[variant.pk])
    data = request.POST if request.method == "POST" else None
    form = BundleForm(data, variant=variant)
    if form.is_valid():
        try:
            _compose(variant, form.cleaned_data)
        except composing.CannotBundle as problem:
            for text in problem.problems:
                form.add_error("parts", text)
        else:
            page.log_change(request, variant, _("Bundle changed."))
            messages.success(request, _told(variant))
            return redirect(back_url)
    return staff_pages.ask(
        page,
        request,
        title=_("Bundle: %(name)s") % {"name": f"{variant.product}, {variant}"},
        form=form,
        text=_("Stock and VAT are those of the components, each with its part of the price."),
        submit_text=_("Save"),
        back_url=back_url,
    )


@transaction.atomic
def _compose(variant: Variant, given: dict[str, Any]) -> None:
    moment = clock.now()
    composing.compose(
        variant,
        given["parts"],
        pricing=given["pricing"],
        percent_off=given["percent_off"] or Decimal(0),
        moment=moment,
    )
    if given["gross"] is not None:
        pricing.set_price(variant, gross=given["gross"], start=moment)
    products.touch([variant.product_id])


def _told(variant: Variant) -> str:
    price = pricing.price_of([variant.pk], clock.now()).get(variant.pk)
    if price is None:
        return _("The bundle is saved. It has no price yet.")
    text = money.formatted(price.gross, price.currency, languages.active())
    return _("The bundle is saved. It costs %(price)s.") % {"price": text}
