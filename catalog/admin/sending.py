"""Where a product is not sent, on its page."""

from typing import ClassVar

from django import forms
from unfold.admin import TabularInline

from catalog.models import SendingBan
from shop import staff_pages


class SendingBanForm(forms.ModelForm):
    countries = staff_pages.countries_field()

    class Meta:
        model = SendingBan
        fields = ("countries", "reason_de", "reason_en")


class SendingBanInline(staff_pages.Labelled, TabularInline):
    model = SendingBan
    form = SendingBanForm
    extra = 0
    tab = True
    show_title = False
    ordering = ("pk",)
    fields: ClassVar = ["countries", "reason_de", "reason_en"]
