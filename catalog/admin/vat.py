"""Rates of VAT: one at a time for a country and a class."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display

from catalog import categories
from catalog.models import VatRate
from shop import staff_pages
from shop.kit import countries

ONE_DAY = datetime.timedelta(days=1)


class VatRateForm(forms.ModelForm):
    """The period as its first and its last day."""

    first_day = forms.DateField(label=gettext_lazy("from"), widget=staff_pages.date_input())
    last_day = forms.DateField(
        label=gettext_lazy("until and including"),
        required=False,
        help_text=gettext_lazy("Empty: until further notice."),
        widget=staff_pages.date_input(),
    )

    class Meta:
        model = VatRate
        fields = ("country", "vat_class", "rate")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff_pages.capitalise(self)
        if self.instance.pk and "first_day" in self.fields:
            self.fields["first_day"].initial = self.instance.valid.lower
            self.fields["last_day"].initial = last_day(self.instance)

    def clean_country(self) -> str:
        code = str(self.cleaned_data["country"]).upper()
        if not countries.is_known(code):
            raise forms.ValidationError(_("Use the code of a country, such as DE."))
        return code

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first_day"), given.get("last_day")
        if not first or "last_day" in self.errors:
            return given
        if last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
            return given
        self.instance.valid = DateRange(first, last + ONE_DAY if last else None)
        self._refuse_overlap(given)
        return given

    def _refuse_overlap(self, given: dict[str, Any]) -> None:
        """Say which rate is in the way; the database refuses it in any case."""
        others = VatRate.objects.exclude(pk=self.instance.pk).filter(
            country=given.get("country"),
            vat_class=given.get("vat_class"),
            valid__overlap=self.instance.valid,
        )
        other = others.order_by("valid").first()
        if other is None:
            return
        text = _("%(rate)s %% holds from %(first)s in this period: end it first.")
        first_day = date_format(other.valid.lower, "SHORT_DATE_FORMAT")
        self.add_error("first_day", text % {"rate": other.rate, "first": first_day})


def last_day(rate: VatRate) -> datetime.date | None:
    """The last day on which the rate holds; `None` where no end is known."""
    return rate.valid.upper - ONE_DAY if rate.valid.upper else None


@admin.register(VatRate)
class VatRateAdmin(ModelAdmin):
    form = VatRateForm
    list_display = ("country_name", "vat_class", "rate", "begins", "ends")
    list_filter = ("country", "vat_class")
    search_fields = ("=country",)
    ordering = ("country", "vat_class", "-valid")
    fields = (("country", "vat_class", "rate"), ("first_day", "last_day"))

    @display(description=gettext_lazy("country"), ordering="country")
    def country_name(self, rate: VatRate) -> str:
        return f"{rate.country} · {countries.name_of(rate.country)}"

    @display(description=gettext_lazy("from"), ordering="valid")
    def begins(self, rate: VatRate) -> Any:
        return rate.valid.lower

    @display(description=gettext_lazy("until and including"), empty_value="–")
    def ends(self, rate: VatRate) -> Any:
        return last_day(rate)

    def save_model(self, request: HttpRequest, obj: VatRate, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        categories.changed()

    def delete_model(self, request: HttpRequest, obj: VatRate) -> None:
        super().delete_model(request, obj)
        categories.changed()
