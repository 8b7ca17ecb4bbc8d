"""What shoppers type at cart and checkout: checked and cleaned, nothing more."""

import re
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant, WithdrawalException
from checkout import card_numbers
from checkout.carts import MAX_QUANTITY

# Line breaks and other control characters, and those that turn the direction of writing.
_INVISIBLE = re.compile(r"[\x01-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")


class LineField(forms.CharField):
    """One line of text. What is typed in it stands in mails, on labels and in the admin."""

    def to_python(self, value: Any) -> str:
        return " ".join(_INVISIBLE.sub(" ", super().to_python(value) or "").split())

    def __init__(self, *, is_code: bool = False, **kwargs: Any) -> None:
        """`is_code`: digits are what is asked for, so those of a card are not looked for."""
        super().__init__(**kwargs)
        self.is_code = is_code

    def validate(self, value: str) -> None:
        super().validate(value)
        if not self.is_code and card_numbers.is_in(value):
            raise ValidationError(_("Never enter the number of a card here."), code="card")


class MailboxField(forms.EmailField):
    """An address that payment partners take too: no quoted name, no address of a machine."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not re.fullmatch(r"""[^\s@"]+@[^\s@\[\]]+\.[^\s@\[\].]+""", value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")


class PiecesField(forms.IntegerField):
    """A whole number in the digits of the keyboard; Python alone would also read `٣` and `1_0`."""

    def to_python(self, value: Any) -> int | None:
        if value not in self.empty_values and not re.fullmatch(r"\s*-?[0-9]+\s*", str(value)):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class KeyField(forms.Field):
    """The name of one showing of a form; what is none is as good as no name."""

    def to_python(self, value: Any) -> uuid.UUID | None:
        try:
            return uuid.UUID(value)
        except (AttributeError, TypeError, ValueError):
            return None


class QuantityForm(forms.Form):
    quantity = PiecesField(
        label=_("Quantity"),
        min_value=1,
        max_value=MAX_QUANTITY,
        error_messages={
            "required": _("Enter a quantity."),
            "invalid": _("Enter the quantity as a whole number."),
            "min_value": _("Order at least one piece."),
            "max_value": _("At most %(limit_value)s pieces can be ordered at once."),
        },
    )


class CartLineForm(QuantityForm):
    variant = forms.ModelChoiceField(
        Variant.objects.select_related("product"),
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Choose a product."),
            "invalid_choice": _("We do not have this product."),
        },
    )
    engraving = LineField(label=_("Engraving"), max_length=60, required=False)
    key = KeyField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        variant = cleaned.get("variant")
        most = variant.product.engraving_length if variant else 0
        if len(cleaned.get("engraving", "")) > most:
            text = _("At most %(most)s characters can be engraved.") if most else _("No engraving.")
            self.add_error("engraving", text % {"most": most} if most else text)
        elif variant and most and not cleaned.get("engraving") and _is_custom_made(variant):
            self.add_error("engraving", _("Enter the text of the engraving."))
        return cleaned


def _is_custom_made(variant: Variant) -> bool:
    """Without a text nothing is made to the shopper's wishes, and the 14 days would hold."""
    exception: str = variant.product.withdrawal_exception
    return exception == WithdrawalException.CUSTOM_MADE


class PlacementForm(forms.Form):
    agreed_total = forms.DecimalField(max_digits=12, decimal_places=2)
    token = forms.UUIDField()
    seen_digest = forms.CharField(max_length=64, required=False)
    seen_texts = forms.CharField(max_length=50, required=False)


class CouponForm(forms.Form):
    """One code. `sent_with`: the id of the form that it is sent with, if it stands outside."""

    code = LineField(
        label=_("Code"),
        max_length=80,
        is_code=True,
        error_messages={"required": _("Enter a code.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, sent_with: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sent_with:
            self.fields["code"].widget.attrs["form"] = sent_with
