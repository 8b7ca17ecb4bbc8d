"""Does a person send this form? A field that only machines fill, and a form that came too fast.

Never a silent loss: the answer says what was wrong, keeps what was typed, and pressing once more
is enough for a person. Programs that fill in everything, or send at once, give themselves away.
"""

from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TOO_FAST_SECONDS = 1
_SIGNER = signing.TimestampSigner(salt="accounts.humans")


class HumanForm(forms.Form):
    """A form of guests. `typed` names fields that nobody can fill within a second.

    Where they are filled already, for a customer or a second look, the time says nothing and is
    not asked for; nor is it when the stamp is missing, because programs leave it away anyway.
    """

    typed: ClassVar[tuple[str, ...]] = ("email",)

    homepage = forms.CharField(
        label=gettext_lazy("Homepage (please leave this empty)"),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    shown_at = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    @property
    def stamp(self) -> str:
        """When the form was shown first, signed; empty where it is filled already."""
        if self.is_bound:
            return str(self.data.get("shown_at", ""))[:200]
        return "" if any(self.initial.get(name) for name in self.typed) else new_stamp()

    @property
    def is_trapped(self) -> bool:
        """Was the field filled that should be left empty? Then it is shown, to be emptied."""
        return self.is_bound and "homepage" in self.errors

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.pop("homepage", ""):
            text = _("Please leave this field empty; it is there for machines only.")
            self.add_error("homepage", text)
        if _is_too_fast(cleaned.pop("shown_at", "")):
            text = _("That was faster than people type. Nothing is lost: please press once more.")
            self.add_error(None, text)
        return cleaned


def new_stamp() -> str:
    """For a form that is shown now."""
    return _SIGNER.sign("shown")


def _is_too_fast(stamp: str) -> bool:
    try:
        _SIGNER.unsign(stamp, max_age=TOO_FAST_SECONDS)
    except signing.BadSignature:  # old enough, or none of ours
        return False
    return True
