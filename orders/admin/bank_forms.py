"""What staff fill in about bank statements, bookings and transfers."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from orders.money.entries import Unreadable, signed
from orders.receipts import ibans
from shop import staff_pages

_COLUMNS = {
    "booked_on": (_("day"), True),
    "amount": (_("amount"), True),
    "purpose": (_("reference"), True),
    "payer": (_("payer"), False),
    "iban": (_("IBAN"), False),
    "currency": (_("currency"), False),
}


class UploadForm(staff_pages.AskForm):
    """A statement; for a CSV that nobody knows also which column is which."""

    file = forms.FileField(
        label=_("file"),
        help_text=_("CAMT.053 (XML) or the CSV of your bank, up to 5 MB."),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".xml,.csv,.txt"}),
    )

    def __init__(self, *args: Any, columns: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, is_needed) in _COLUMNS.items() if columns else ():
            choices = [("", "–"), *((one, one) for one in columns or ())]
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=is_needed,
                widget=UnfoldAdminSelectWidget,
            )
        staff_pages.capitalise(self)


def columns_in(posted: Any) -> dict[str, str]:
    """Which column is which, as it was said; empty when nothing was."""
    found = {name: posted.get(f"column_{name}", "")[:200] for name in _COLUMNS}
    return {name: value for name, value in found.items() if value}


class AssignForm(staff_pages.AskForm):
    """One line for each order: its number and how much of the booking is for it."""

    shares = forms.CharField(
        label=_("orders and amounts"),
        help_text=_("One order a line: K-7QX-4MP-9RT 52,90"),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
    )

    def clean_shares(self) -> list[tuple[str, Decimal]]:
        found = []
        for line in self.cleaned_data["shares"].splitlines():
            if not line.strip():
                continue
            number, _space, text = line.strip().partition(" ")
            try:
                amount = signed(text, is_german="," in text)
            except Unreadable as problem:
                raise forms.ValidationError(problem.message) from problem
            if amount <= 0:
                raise forms.ValidationError(_("Say how much is for each order."))
            found.append((number.upper(), amount))
        if len({number for number, _amount in found}) < len(found):
            raise forms.ValidationError(_("Name each order once."))
        return found


class ReasonForm(staff_pages.AskForm):
    reason = forms.CharField(label=_("reason"), max_length=200, widget=UnfoldAdminTextInputWidget)


class AccountForm(staff_pages.AskForm):
    """Where the money goes."""

    name = forms.CharField(
        label=_("account holder"), max_length=140, widget=UnfoldAdminTextInputWidget
    )
    iban = forms.CharField(label=_("IBAN"), max_length=42, widget=UnfoldAdminTextInputWidget)

    def clean_iban(self) -> str:
        iban = ibans.compact(self.cleaned_data["iban"])
        if not ibans.is_valid(iban):
            raise forms.ValidationError(_("This is not a valid IBAN."))
        return iban
