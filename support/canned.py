"""Canned replies: texts with gaps that are filled in when one is chosen."""

import string

from django.utils.translation import gettext as _

from shop.kit import languages
from support.models import CannedReply, Case

GAPS = ("name", "order")


class UnknownGap(ValueError):
    """The text has a gap that nobody fills; the message names it."""


def check(text: str) -> None:
    """Can all gaps of `text` be filled? Raises `UnknownGap`."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError as problem:
        raise UnknownGap(_("A curly bracket is not closed. Write {{ for a bracket.")) from problem
    for _text, gap, form, conversion in parts:
        if gap is not None and (gap not in GAPS or form or conversion):
            known = ", ".join(f"{{{one}}}" for one in GAPS)
            words = {"gap": gap, "known": known}
            raise UnknownGap(_("Nobody fills {%(gap)s}. There are: %(known)s.") % words)


def filled(reply: CannedReply, case: Case) -> str:
    """The text in the language of `case`."""
    text = languages.localized(reply, "text", case.language)
    return text.format(name=case.name, order=case.order_number).strip()
