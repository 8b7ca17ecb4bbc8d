"""Goods and an address typed in by staff: what would be on offer, and why not the rest."""

import dataclasses
import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminTextInputWidget,
)

from catalog.law import consignments
from checkout import delivery, presenting
from shop import staff_pages
from shop.kit import countries, languages


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=10_000_000,
        initial=0,
        widget=UnfoldAdminIntegerFieldWidget(),
    )


class TrialForm(staff_pages.AskForm):
    goods_gross = forms.DecimalField(
        label=_("goods value"),
        min_value=0,
        max_digits=8,
        decimal_places=2,
        initial=Decimal("30.00"),
        widget=UnfoldAdminDecimalFieldWidget(),
    )
    weight_g = _number(_("weight in grams"))
    bulky_pieces = _number(_("bulky pieces"))
    longest_mm = _number(_("longest side, in mm"))
    girth_mm = _number(_("girth, in mm"))
    lead_days = _number(_("working days to make"))
    country = forms.CharField(
        label=_("country"),
        max_length=2,
        initial=settings.COUNTRY,
        help_text=_("Codes such as DE, AT, NL."),
        widget=UnfoldAdminTextInputWidget(),
    )
    postcode = forms.CharField(
        label=_("postcode"), max_length=12, required=False, widget=UnfoldAdminTextInputWidget()
    )
    moment = forms.DateTimeField(label=_("ordered at"), widget=staff_pages.moment_input())

    def clean_lead_days(self) -> int:
        return min(int(self.cleaned_data["lead_days"]), 365)

    def clean_country(self) -> str:
        code = str(self.cleaned_data["country"]).upper()
        if not countries.is_known(code):
            raise forms.ValidationError(_("This is no code of a country."))
        return code


def rows(typed: dict[str, Any]) -> dict[str, Any]:
    """What the checkout would offer: {offers, refused, problem}, in words."""
    names = {field.name for field in dataclasses.fields(consignments.Consignment)}
    sent = consignments.Consignment(**{name: typed[name] for name in names & typed.keys()})
    moment: datetime.datetime = typed["moment"]
    outlook = delivery.look(
        delivery.rules(),
        sent,
        country=typed["country"],
        postcode=typed["postcode"],
        needs_shipping=True,
        lead_days=typed["lead_days"],
        moment=moment,
    )
    return {
        "offers": [
            {
                "name": one.delivery.name,
                "fee": presenting.fee(one.delivery, settings.CURRENCY),
                "arrival": presenting.arrival(one.delivery),
            }
            for one in outlook.offers
        ],
        "refused": [
            {"name": languages.localized(one.method, "name"), "text": one.text}
            for one in outlook.refused
        ],
        "problem": outlook.problem,
    }
