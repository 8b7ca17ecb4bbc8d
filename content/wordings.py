"""The shop's own words in mails: checked when saved, the newest counts, reset to the default."""

import datetime
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from content import mails
from content.models import MailWording

PARTS = ("subject", "intro", "closing")
_MARK = re.compile(r"\[\[([^\[\]\n]*)\]\]")


def of(mail: str, language: str) -> dict[str, str]:
    """The words that count for a mail, by part; "" where the default does. One statement."""
    row = MailWording.objects.of(mail, language).values(*PARTS).first()
    return dict(row) if row else dict.fromkeys(PARTS, "")


def save(
    mail: str, language: str, words: Mapping[str, str], *, by: Any, moment: datetime.datetime
) -> MailWording:
    """Keep new words; empty ones are the default. Nothing is overwritten."""
    given = {part: words.get(part, "").strip() for part in PARTS}
    return MailWording.objects.create(
        mail=mail, language=language, created_at=moment, actor=by, **given
    )


def problems(sample: mails.Sample, part: str, text: str) -> list[str]:
    """Why words must not be saved, for staff; an empty list when nothing is wrong."""
    used = set(_MARK.findall(text))
    found = [
        _("There is no placeholder “%(name)s”.") % {"name": name}
        for name in sorted(used - sample.placeholders.keys())
    ]
    rest = _MARK.sub("", text)
    if "[[" in rest or "]]" in rest:
        found.append(_("A placeholder is not closed: it stands between [[ and ]] on one line."))
    if part == "subject" and text.strip():
        wanted = [name for name in mails.IN_SUBJECT if name in sample.placeholders]
        found += [
            _("The placeholder “%(name)s” is missing.") % {"name": name}
            for name in wanted
            if name not in used
        ]
    return found


def filled(text: str, value_of: Any) -> str:
    """The words with their values; one that is empty leaves no gap of two blanks behind."""
    words = _MARK.sub(lambda found: str(value_of(found[1]) or ""), text)
    return re.sub(r"[ \t]{2,}", " ", words).strip()
