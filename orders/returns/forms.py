"""What somebody says about a return: by pieces of each line."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant
from orders.models import Order, Remedy, ReturnReason, Track
from orders.returns import asking, tracks

_OF_CLAIM = ["damaged", "defect", "incomplete", "wrong", "other"]


class AskForm(forms.Form):
    """Pieces of each line, a reason, for an exchange what is wanted instead."""

    reason = forms.ChoiceField(label=_("Reason"), required=False)
    words = forms.CharField(
        label=_("What should we know?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        *args: Any,
        order: Order,
        way: tracks.Way,
        offers: dict[int, list[Variant]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.way = way
        self.offers = {pk: found for pk, found in (offers or {}).items() if found}
        lines = {line.pk: line for line in order.lines.filter(pk__in=way.pieces)}
        self.lines = sorted(lines.values(), key=lambda one: one.position)
        if way.track == Track.EXCHANGE:
            self.lines = [one for one in self.lines if one.pk in self.offers]
        for line in self.lines:
            self._add(line.pk, line.title)
        is_claim = way.track == Track.CLAIM
        self.fields["reason"].choices = [  # type: ignore[attr-defined]
            one for one in ReturnReason.choices if not one[0] or not is_claim or one[0] in _OF_CLAIM
        ]
        if is_claim:
            self.fields["remedy"] = forms.ChoiceField(
                label=_("What do you want?"),
                choices=[one for one in Remedy.choices if one[0]],
                initial=Remedy.REPLACEMENT,
                widget=forms.RadioSelect,
            )
            self.fields["words"].label = _("What is wrong?")
            self.fields["words"].required = True
        self.order_fields([*self._names(), "remedy", "reason", "words"])

    def _names(self) -> list[str]:
        return [name for name in self.fields if name.startswith(("pieces_", "wanted_"))]

    def _add(self, pk: int, title: str) -> None:
        most = self.way.pieces[pk]
        choices = [(str(count), str(count)) for count in range(most + 1)]
        initial = str(most) if len(self.lines) == 1 else "0"
        self.fields[f"pieces_{pk}"] = forms.ChoiceField(
            label=title, choices=choices, initial=initial
        )
        if self.way.track == Track.EXCHANGE:
            self.fields[f"wanted_{pk}"] = forms.ChoiceField(
                label=_("Instead I want"),
                choices=[(str(one.pk), one.label or one.sku) for one in self.offers[pk]],
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        counts = {pk: int(given.get(f"pieces_{pk}") or 0) for pk in (one.pk for one in self.lines)}
        given["pieces"] = {pk: count for pk, count in counts.items() if count}
        if not self.errors and not given["pieces"]:
            raise forms.ValidationError(_("Choose at least one piece."))
        return given

    def wish(self) -> asking.Wish:
        """What the valid form asks for."""
        given = self.cleaned_data
        return asking.Wish(
            track=self.way.track,
            pieces=given["pieces"],
            reason=ReturnReason(given["reason"]),
            words=given["words"],
            remedy=Remedy(given.get("remedy") or ""),
            wanted={
                pk: int(given[f"wanted_{pk}"]) for pk in given["pieces"] if f"wanted_{pk}" in given
            },
        )


class ParcelForm(forms.Form):
    """With whom the parcel goes back; both may be left empty."""

    carrier = forms.CharField(label=_("Carrier"), max_length=60, required=False)
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=80, required=False)


class PhotoForm(forms.Form):
    """One picture at a time: a mistake with one does not lose the others."""

    photo = forms.FileField(
        label=_("Picture"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
