"""What staff ask the simulator: goods or a cart, a person, a country, a moment, codes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from accounts.models import Customer
from catalog.models import Variant
from checkout import delivery
from checkout.admin import promotion_fields
from checkout.models import Cart
from checkout.promotions.loading import Person
from checkout.simulating import Question
from shop import staff_pages
from shop.kit import clock, countries

MOST = 99


class GoodsField(forms.CharField):
    """Lines of a SKU and a number of pieces (`MUG-1 2`); cleaned to pieces by variant."""

    def clean(self, value: Any) -> dict[Variant, int]:
        wanted: dict[str, int] = {}
        for line in super().clean(value).split("\n"):
            sku, _space, pieces = line.strip().partition(" ")
            if not sku:
                continue
            if pieces.strip() and not (pieces.strip().isdecimal() and 1 <= int(pieces) <= MOST):
                raise forms.ValidationError(_("A line is a SKU and up to 99 pieces: MUG-1 2"))
            wanted[sku] = min(wanted.get(sku, 0) + int(pieces or 1), MOST)
        found = {row.sku: row for row in Variant.objects.filter(sku__in=wanted)}
        if unknown := [sku for sku in wanted if sku not in found]:
            text = _("There is no such SKU: %(skus)s") % {"skus": ", ".join(unknown)}
            raise forms.ValidationError(text)
        return {found[sku]: pieces for sku, pieces in wanted.items()}


class SimulatorForm(staff_pages.AskForm):
    goods = GoodsField(
        label=gettext_lazy("goods"),
        required=False,
        help_text=gettext_lazy("A SKU and a number of pieces in each line: MUG-1 2"),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
    )
    cart = forms.IntegerField(
        label=gettext_lazy("or the cart with the number"),
        required=False,
        widget=UnfoldAdminIntegerFieldWidget,
    )
    codes = forms.CharField(
        label=gettext_lazy("codes"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Separated by commas."),
        widget=UnfoldAdminTextInputWidget,
    )
    customer = forms.EmailField(
        label=gettext_lazy("e-mail of the customer"),
        required=False,
        help_text=gettext_lazy("Empty: a guest who has not ordered yet."),
        widget=UnfoldAdminTextInputWidget,
    )
    group = forms.ChoiceField(
        label=gettext_lazy("or of the customer group"),
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    has_ordered = forms.BooleanField(
        label=gettext_lazy("has ordered before"), required=False, widget=UnfoldBooleanWidget
    )
    country = forms.ChoiceField(label=gettext_lazy("delivery to"), widget=UnfoldAdminSelectWidget)
    delivery_method = forms.ChoiceField(
        label=gettext_lazy("way of delivery"), required=False, widget=UnfoldAdminSelectWidget
    )
    moment = forms.DateTimeField(
        label=gettext_lazy("at"),
        required=False,
        help_text=gettext_lazy("Empty: now."),
        widget=staff_pages.moment_input(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        served = delivery.countries(delivery.rules())
        choices = {
            "country": [(code, countries.name_of(code)) for code in served],
            "group": [("", "–"), *promotion_fields.groups()],
            "delivery_method": [("", "–"), *promotion_fields.deliveries()],
        }
        for name, of_field in choices.items():
            self.fields[name].choices = of_field  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("cart") is not None:
            given["goods"] = _goods_of(given["cart"])
        if not given.get("goods") and not self.errors:
            self.add_error("goods", _("Name goods, or a cart that holds some."))
        return given

    def question(self) -> Question:
        given = self.cleaned_data
        person, groups, has_ordered = Person(), None, given["has_ordered"] or None
        if given["customer"]:
            customer = Customer.objects.filter(email__iexact=given["customer"]).first()
            person = Person(customer.pk if customer else None, given["customer"])
        if given["group"]:
            groups = frozenset([given["group"]])
            # Members of a group have an account; -1 is nobody's.
            person = person if person.customer_id else Person(-1, person.email)
        return Question(
            goods=given["goods"],
            typed=[code for code in given["codes"].replace(";", ",").split(",") if code.strip()],
            person=person,
            groups=groups,
            has_ordered=has_ordered,
            country=given["country"],
            delivery_method=given["delivery_method"],
            moment=given["moment"] or clock.now(),
        )


def _goods_of(pk: int) -> dict[Variant, int]:
    cart = Cart.objects.filter(pk=pk).first() if 0 < pk < 2**63 else None
    lines = cart.lines.select_related("variant") if cart else ()
    found: dict[Variant, int] = {}
    for line in lines:
        found[line.variant] = min(found.get(line.variant, 0) + line.quantity, MOST)
    return found
