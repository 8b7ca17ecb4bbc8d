"""What a visitor sends who wants to be told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import ProductStatus, Variant


class AlertForm(forms.Form):
    """An address, and a variant that is shown in the shop."""

    variant = forms.ModelChoiceField(
        Variant.objects.filter(is_active=True, product__status=ProductStatus.ACTIVE).select_related(
            "product"
        ),
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("This product is no longer on sale.")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
