"""Does a person send this form? A field that only machines fill, and a form that came too fast.

Never a silent loss: the answer says what was wrong, keeps what was typed, and pressing once more
is enough for a person. Programs that fill in everything, or send at once, give themselves away.
"""

import dataclasses
from collections.abc import Iterable

from django import forms
from django.core import signing
from django.utils.translation import gettext as _

TOO_FAST_SECONDS = 1
FIELD, STAMP = "homepage", "shown_at"  # names in components/trap.html
_SIGNER = signing.TimestampSigner(salt="accounts.humans")


@dataclasses.dataclass(frozen=True, slots=True)
class Trap:
    """What components/trap.html shows. `filled`: what stands in the field; shown to be emptied."""

    stamp: str
    filled: str = ""


def trap(form: forms.Form, *, typed: Iterable[str] = ("email",)) -> Trap:
    """The trap for a form of guests, shown now or once more.

    `typed` names fields that nobody fills within a second. Where they are filled already, for a
    customer, the time says nothing and is not asked for.
    """
    if form.is_bound:
        return Trap(str(form.data.get(STAMP, ""))[:200], str(form.data.get(FIELD, ""))[:200])
    is_filled = any(form.initial.get(name) for name in typed)
    return Trap("" if is_filled else _SIGNER.sign("shown"))


def passes(form: forms.Form, *, is_suspect: bool) -> bool:
    """Did a person send `form`? What speaks against it is added to its errors.

    The time is asked for only of who `is_suspect`, because several tries came to nothing: people
    with a password manager are fast too. A missing stamp is no reason to refuse, programs leave it
    away in any case.
    """
    is_filled = bool(form.data.get(FIELD))
    is_fast = is_suspect and _is_too_fast(str(form.data.get(STAMP, "")))
    if is_filled:
        text = _("Please leave the field “Homepage” empty; it is there for machines only.")
        form.add_error(None, text)
    if is_fast:
        text = _("That was faster than people type. Nothing is lost: please press once more.")
        form.add_error(None, text)
    return not (is_filled or is_fast)


def _is_too_fast(stamp: str) -> bool:
    try:
        _SIGNER.unsign(stamp, max_age=TOO_FAST_SECONDS)
    except signing.BadSignature:  # old enough, or none of ours
        return False
    return True
