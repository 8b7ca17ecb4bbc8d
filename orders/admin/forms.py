"""What staff fill in before they act on an order."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from orders import fulfilments, receipts
from orders.models import MoneyMeans, Order, OrderLine
from orders.refunding import pieces as refund_pieces
from orders.refunding import returned
from orders.refunding.amounts import NotReturnable
from orders.refunding.refunds import left_of, refundable_of
from orders.shipping import sending


def pieces_field(line: OrderLine, *, most: int, **more: Any) -> forms.IntegerField:
    """How many pieces of `line`, from none to `most`."""
    return forms.IntegerField(
        label=_("Pieces of %(name)s") % {"name": line.title},
        min_value=0,
        max_value=most,
        required=False,
        widget=UnfoldAdminIntegerFieldWidget,
        **more,
    )


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
    """Carrier, number, and how many pieces of each line; `cleaned_data["lines"]` has the pieces."""

    carrier = forms.CharField(
        label=_("carrier"),
        max_length=60,
        required=False,
        help_text=_("Empty: the one that the number belongs to."),
        widget=UnfoldAdminTextInputWidget,
    )
    tracking_number = forms.CharField(
        label=_("tracking number"),
        max_length=80,
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, order=order, **kwargs)
        left = fulfilments.left_of(order)
        for line in order.lines.filter(pk__in=left).order_by("position"):
            if left[line.pk]:
                self.fields[f"pieces_{line.pk}"] = pieces_field(
                    line,
                    most=left[line.pk],
                    initial=left[line.pk],
                    help_text=_("Still here: %(count)d") % {"count": left[line.pk]},
                )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        pieces = {
            int(name.removeprefix("pieces_")): given.pop(name) or 0
            for name in list(given)
            if name.startswith("pieces_")
        }
        if self.errors:
            return given
        if given["tracking_number"] and not given["carrier"]:
            try:
                given["carrier"], given["tracking_number"] = sending.carrier_of(
                    self.order, given["tracking_number"]
                )
            except sending.BadNumber as problem:
                self.add_error("carrier", str(problem))
        elif not given["carrier"]:
            self.add_error("carrier", _("Who brings it?"))
        # Sent without any field of pieces: all that is left, as before there were such fields.
        is_asked = any(name in self.data for name in self.fields if name.startswith("pieces_"))
        given["lines"] = {pk: count for pk, count in pieces.items() if count} if is_asked else None
        return given


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
    """An amount, or pieces of lines and the delivery: what was paid for them, to the cent.

    `cleaned_data` holds the reason and either an amount, or pieces by line and `delivery`.
    """

    amount = forms.DecimalField(
        label=_("amount"),
        min_value=Decimal("0.01"),
        max_digits=12,
        decimal_places=2,
        required=False,
        localize=True,  # staff type a comma in German
        help_text=_("Or choose below; then it is what was paid for pieces and delivery."),
        # A field for numbers would show nothing where the decimal sign is a comma.
        widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"}),
    )
    reason = forms.CharField(label=_("reason"), max_length=200, widget=UnfoldAdminTextInputWidget)

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, order=order, **kwargs)
        payment = refundable_of(order)
        self.fields["amount"].initial = left_of(payment) if payment else None
        back = returned.pieces_back(order)
        for line in order.lines.order_by("position"):
            paid = receipts.amount(line.payable_gross + line.deposit_gross, order.currency)
            self.fields[f"pieces_{line.pk}"] = pieces_field(
                line,
                most=line.quantity - back.get(line.pk, 0),
                help_text=_("Bought: %(quantity)d, paid: %(amount)s")
                % {"quantity": line.quantity, "amount": paid},
            )
        if order.delivery_gross:
            self.fields["with_delivery"] = forms.BooleanField(
                label=_("Delivery: %(amount)s")
                % {"amount": receipts.amount(order.delivery_gross, order.currency)},
                required=False,
                widget=UnfoldBooleanSwitchWidget,
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        pieces = {
            int(name.removeprefix("pieces_")): given.pop(name)
            for name in list(given)
            if name.startswith("pieces_")
        }
        given["pieces"] = {pk: count for pk, count in pieces.items() if count}
        given["delivery"] = bool(given.pop("with_delivery", False))
        if not self.errors and (given["pieces"] or given["delivery"]):
            self._clean_pieces(given)
        elif not self.errors and not given["amount"]:
            raise forms.ValidationError(_("Nothing was paid for that."))
        return given

    def _clean_pieces(self, given: dict[str, Any]) -> None:
        if given["amount"] is not None and "amount" in self.changed_data:
            raise forms.ValidationError(_("Give an amount, or pieces and delivery."))
        try:
            shares = refund_pieces.shares_of(
                self.order, given["pieces"], delivery=given["delivery"]
            )
        except NotReturnable as problem:
            raise forms.ValidationError(str(problem)) from problem
        if not refund_pieces.amount(shares):
            raise forms.ValidationError(_("Nothing was paid for that."))
