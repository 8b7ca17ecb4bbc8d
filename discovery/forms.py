"""What a visitor sends to a wishlist."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Product, ProductStatus, Variant

_GONE = _("This product is no longer on sale.")


class WishForm(forms.Form):
    """A product on sale, or a variant of one; sold out is no hindrance."""

    product = forms.ModelChoiceField(
        Product.objects.filter(status=ProductStatus.ACTIVE),
        required=False,
        error_messages={"invalid_choice": _GONE},
    )
    variant = forms.ModelChoiceField(
        Variant.objects.filter(is_active=True, product__status=ProductStatus.ACTIVE).select_related(
            "product"
        ),
        required=False,
        error_messages={"invalid_choice": _GONE},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        variant = given.get("variant")
        given["product"] = variant.product if variant else given.get("product")
        if given["product"] is None and not self.errors:
            raise forms.ValidationError(_GONE)
        return given
