"""What shoppers type at cart and checkout: checked and cleaned, nothing more."""

import re
import uuid
from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant, WithdrawalException
from checkout.carts import MAX_QUANTITY

# Postcodes of the countries that the shop may deliver to; others are only checked for length.
POSTCODES = {
    "DE": r"\d{5}",
    "AT": r"\d{4}",
    "CH": r"\d{4}",
    "NL": r"\d{4} ?[A-Za-z]{2}",
    "DK": r"\d{4}",
    "FR": r"\d{5}",
    "BE": r"\d{4}",
    "LU": r"\d{4}",
    "SE": r"\d{3} ?\d{2}",
    "PL": r"\d{2}-?\d{3}",
}


# Line breaks and other control characters, and those that turn the direction of writing.
_INVISIBLE = re.compile(r"[\x01-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")


class LineField(forms.CharField):
    """One line of text. What is typed in it stands in mails, on labels and in the admin."""

    def to_python(self, value: Any) -> str:
        return " ".join(_INVISIBLE.sub(" ", super().to_python(value) or "").split())


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


def _text(label: Any, max_length: int, autocomplete: str, **kwargs: Any) -> LineField:
    widget = forms.TextInput(attrs={"autocomplete": autocomplete})
    return LineField(label=label, max_length=max_length, widget=widget, **kwargs)


class CheckoutForm(forms.Form):
    """Contact, address, delivery and payment, on one page: seven fields and two choices."""

    email = MailboxField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("For the order confirmation and news of the delivery."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address like name@example.com."),
        },
    )
    name = _text(
        _("Full name"), 120, "name", error_messages={"required": _("Enter your full name.")}
    )
    street = _text(
        _("Street and number"),
        120,
        "address-line1",
        error_messages={"required": _("Enter street and number.")},
    )
    extra = _text(_("Address line 2"), 120, "address-line2", required=False)
    postcode = _text(
        _("Postcode"), 12, "postal-code", error_messages={"required": _("Enter the postcode.")}
    )
    city = _text(_("City"), 80, "address-level2", error_messages={"required": _("Enter the city.")})
    country = forms.ChoiceField(
        label=_("Country"),
        widget=forms.Select(attrs={"autocomplete": "country"}),
        error_messages={"invalid_choice": _("We do not deliver to this country yet.")},
    )
    delivery_method = forms.ChoiceField(
        label=_("Delivery"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a way of delivery."),
            "invalid_choice": _("This way of delivery is not on offer for your address."),
        },
    )
    payment_method = forms.ChoiceField(
        label=_("Payment"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a way to pay."),
            "invalid_choice": _("This way to pay is not on offer."),
        },
    )
    digital_consent = forms.BooleanField(
        label=_(
            "I agree that the delivery of the digital content begins at once, and know that I lose"
            " my right of withdrawal with it."
        ),
        error_messages={"required": _("Without this consent we cannot deliver digital content.")},
    )

    def __init__(
        self,
        *args: Any,
        countries: Sequence[tuple[str, str]],
        delivery_methods: Sequence[tuple[str, str]],
        payment_methods: Sequence[tuple[str, str]],
        fitting: Collection[str],
        has_digital: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("country", countries),
            ("delivery_method", delivery_methods),
            ("payment_method", payment_methods),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
            field.choices = list(choices)
        self._fitting = fitting
        if not has_digital:
            del self.fields["digital_consent"]

    def clean_street(self) -> str:
        street: str = self.cleaned_data["street"]
        if not re.search(r"\d", street):
            raise ValidationError(_("Enter the house number too."))
        return street

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("payment_method", "") not in {"", *self._fitting}:
            self.add_error("payment_method", _("You can pay so only when you fetch the goods."))
        pattern = POSTCODES.get(cleaned.get("country", ""))
        postcode = cleaned.get("postcode", "")
        if pattern and postcode and not re.fullmatch(pattern, postcode, re.ASCII):
            self.add_error("postcode", _("This postcode does not look right for the country."))
        return cleaned


class CouponForm(forms.Form):
    code = LineField(
        label=_("Code"),
        max_length=80,
        error_messages={"required": _("Enter a code.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
