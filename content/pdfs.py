"""A version of a legal page as a PDF that says the very words of its text, and which they are."""

import dataclasses
import datetime
import hashlib
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from content import text_format, versions
from content.models import LegalPage
from shop.kit import typesetting

# What stands for the time of creation of the texts that the house brings.
_FROM_THE_START = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)


def pdf(version: versions.Version, text: str, *, language: str) -> bytes:
    """The document of `text`, the words of `version` in `language` with their facts.

    The foot names the version and the SHA-256 of exactly this text, which goes with it as a file.
    The same version and text give the same bytes.
    """
    content = text.encode()
    with translation.override(language):
        title = str(LegalPage(version.page).label)
        data = {
            "title": title,
            "foot": _("Version %(label)s · SHA-256 of the text %(hash)s")
            % {"label": version.label, "hash": hashlib.sha256(content).hexdigest()},
            "blocks": [_plain(block) for block in text_format.blocks(text)],
        }
    twin = typesetting.Attachment(
        name=f"{version.page}.txt",
        content=content,
        mime_type="text/plain",
        relationship="alternative",
    )
    begun = (version.valid_from or _FROM_THE_START).replace(microsecond=0)
    return typesetting.pdf(
        "legal", data, language=language, title=title, moment=begun, attachments=[twin]
    )


def _plain(value: Any) -> Any:
    if isinstance(value, text_format.Span):
        return dataclasses.asdict(value)
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value
