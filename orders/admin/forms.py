"""What staff fill in before they act on an order."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from orders.models import MoneyMeans, Order
from orders.refunding.refunds import left_of, refundable_of


class AskForm(forms.Form):
    """Only the question whether it is meant."""

    # A form without fields would be valid only with some data; this one is always posted.
    is_meant = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given.pop("is_meant", None)
        return given


class ShipForm(AskForm):
    carrier = forms.CharField(
        label=_("carrier"), max_length=60, initial="DHL", widget=UnfoldAdminTextInputWidget
    )
    tracking_number = forms.CharField(
        label=_("tracking number"),
        max_length=80,
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )


class CancelForm(AskForm):
    reason = forms.CharField(
        label=_("reason"),
        max_length=200,
        help_text=_("For the timeline; the customer does not see it."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )


class HandOverForm(AskForm):
    """How the buyer pays; nothing to say when all is paid."""

    means = forms.ChoiceField(
        label=_("paid"),
        choices=[one for one in MoneyMeans.choices if one[0] != MoneyMeans.BANK],
        widget=UnfoldAdminSelectWidget,
    )

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, order=order, **kwargs)
        if not order.is_open:
            self.fields["means"].required = False
            self.fields["means"].widget = forms.HiddenInput()


class RefundForm(AskForm):
    amount = forms.DecimalField(
        label=_("amount"),
        min_value=Decimal("0.01"),
        max_digits=12,
        decimal_places=2,
        localize=True,  # staff type a comma in German
        widget=UnfoldAdminDecimalFieldWidget,
    )
    reason = forms.CharField(label=_("reason"), max_length=200, widget=UnfoldAdminTextInputWidget)

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, order=order, **kwargs)
        payment = refundable_of(order)
        self.fields["amount"].initial = left_of(payment) if payment else None
