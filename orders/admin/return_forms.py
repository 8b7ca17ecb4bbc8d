"""What staff fill in about a return."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from inventory.models import LocationKind, StockLocation
from orders import receipts
from orders.admin.forms import pieces_field
from orders.models import Condition, Order, Outcome, Return, ReturnReason, Track, Verdict
from orders.refunding import pieces as refund_pieces
from orders.refunding.amounts import ZERO, NotReturnable
from orders.returns import asking, away, closing, estimating, inspecting
from shop import staff_pages


class ScanForm(staff_pages.AskForm):
    code = forms.CharField(
        label=_("Number of the return or order"),
        max_length=40,
        widget=UnfoldAdminTextInputWidget(attrs={"autofocus": True, "autocomplete": "off"}),
    )


class DecisionForm(staff_pages.AskForm):
    decision = forms.CharField(
        label=_("reason for the decision"),
        max_length=2000,
        help_text=_("The customer reads it."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )


class OpenForm(staff_pages.AskForm):
    """An exchange is asked for on the customer's page: there stands what is in stock."""

    track = forms.ChoiceField(
        label=_("track"),
        choices=[one for one in Track.choices if one[0] in (Track.GOODWILL, Track.CLAIM)],
        widget=UnfoldAdminSelectWidget,
    )
    reason = forms.ChoiceField(
        label=_("reason"),
        choices=ReturnReason.choices,
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    words = forms.CharField(
        label=_("words of the customer"),
        max_length=2000,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = away.left_of(order)
        for line in order.lines.order_by("position"):
            if left[line.pk]:
                field = pieces_field(line, most=left[line.pk])
                self.fields[f"pieces_{line.pk}"] = field

    def wish(self) -> asking.Wish:
        """What the valid form asks for."""
        given = self.cleaned_data
        return asking.Wish(
            track=Track(given["track"]),
            pieces={
                int(name.removeprefix("pieces_")): count
                for name, count in given.items()
                if name.startswith("pieces_") and count
            },
            reason=ReturnReason(given["reason"]),
            words=given["words"],
        )


class InspectionForm(staff_pages.AskForm):
    """Filled in for the usual case: all of it as new, back on sale."""

    location = forms.ModelChoiceField(
        label=_("stock location"),
        queryset=StockLocation.objects.none(),
        widget=UnfoldAdminSelectWidget,
    )

    def __init__(self, *args: Any, entry: Return, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entry, self.due = entry, inspecting.due(entry)
        places = StockLocation.objects.filter(is_active=True).exclude(kind=LocationKind.APART)
        ordered = places.order_by("position", "name")
        self.fields["location"].queryset = ordered  # type: ignore[attr-defined]
        self.fields["location"].initial = ordered.first()
        for one in self.due:
            self._add(one)
        if entry.track in inspecting.DEDUCTIBLE:
            for row in entry.lines.select_related("line"):
                self._add_deduction(row.pk, row.line.title)

    def _add(self, one: inspecting.Due) -> None:
        for verdict in Verdict:
            self.fields[f"{verdict}_{one.key}"] = forms.IntegerField(
                label=f"{one.title} ({one.sku}): {verdict.label}",
                min_value=0,
                max_value=one.quantity,
                initial=one.quantity if verdict == Verdict.RESTOCK else 0,
                widget=UnfoldAdminIntegerFieldWidget,
            )
        self.fields[f"condition_{one.key}"] = forms.ChoiceField(
            label=_("%(name)s: condition") % {"name": one.title},
            choices=Condition.choices,
            initial=Condition.NEW,
            widget=UnfoldAdminSelectWidget,
        )

    def _add_deduction(self, pk: int, title: str) -> None:
        self.fields[f"kept_{pk}"] = forms.DecimalField(
            label=_("%(name)s: keep for loss of value") % {"name": title},
            min_value=ZERO,
            max_digits=12,
            decimal_places=2,
            required=False,
            localize=True,
            help_text=_(
                "Only when the goods were used more than needed to look at them, and the customer"
                " was told about it (§ 357a BGB)."
            ),
            widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"}),
        )
        self.fields[f"why_{pk}"] = forms.CharField(
            label=_("%(name)s: why") % {"name": title},
            max_length=300,
            required=False,
            help_text=_("The customer reads it."),
            widget=UnfoldAdminTextInputWidget,
        )

    def found(self) -> dict[str, inspecting.Found]:
        """What the valid form says of each piece."""
        given = self.cleaned_data
        return {
            one.key: inspecting.Found(
                {verdict: given[f"{verdict}_{one.key}"] for verdict in Verdict},
                Condition(given[f"condition_{one.key}"]),
            )
            for one in self.due
        }

    def deductions(self) -> dict[int, inspecting.Deduction]:
        """What is kept, by the id of the line of the return."""
        given = self.cleaned_data
        return {
            int(name.removeprefix("kept_")): inspecting.Deduction(
                gross, given[name.replace("kept_", "why_")]
            )
            for name, gross in given.items()
            if name.startswith("kept_") and gross
        }


class EndForm(staff_pages.AskForm):
    outcome = forms.ChoiceField(label=_("outcome"), widget=UnfoldAdminSelectWidget)
    decision = forms.CharField(
        label=_("words for the customer"),
        max_length=2000,
        required=False,
        help_text=_("Needed when the goods are sent back as they are."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )
    carrier = forms.CharField(
        label=_("carrier"),
        max_length=60,
        required=False,
        initial="DHL",
        help_text=_("Of the replacement."),
        widget=UnfoldAdminTextInputWidget,
    )
    tracking_number = forms.CharField(
        label=_("tracking number"), max_length=80, required=False, widget=UnfoldAdminTextInputWidget
    )

    def __init__(self, *args: Any, entry: Return, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (one.value, one.label) for one in closing.outcomes_of(entry)
        ]
        if not {Outcome.REPLACEMENT, Outcome.EXCHANGE} & set(closing.outcomes_of(entry)):
            del self.fields["carrier"], self.fields["tracking_number"]


def words_of(entry: Return) -> str:
    """What a page about this return says above its form, the money included."""
    try:
        amount: Decimal = refund_pieces.amount(estimating.of_return(entry))
    except NotReturnable:
        amount = ZERO
    return _now("%(track)s, %(state)s. A refund would be %(amount)s.") % {
        "track": entry.get_track_display(),
        "state": entry.get_state_display(),
        "amount": receipts.amount(amount, entry.order.currency),
    }
