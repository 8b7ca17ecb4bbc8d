"""The mails about accounts with made-up data."""

from typing import Any

from django.conf import settings

from accounts import emails
from content import mails


def _build(kind: str) -> dict[str, Any]:
    link = f"{settings.SITE_URL}/"
    return mails.frame() | emails.words(kind, {"code": "482915"} | {_link(kind): link})


def _link(kind: str) -> str:
    return emails.WORDINGS[kind].link or "no link"


def _sample(kind: str) -> mails.Sample:
    return mails.Sample(
        key=f"accounts/{kind}",
        title=emails.WORDINGS[kind].subject,
        template=emails.TEMPLATE,
        placeholders={},
        build=lambda: _build(kind),
    )


SAMPLES = [_sample(kind) for kind in emails.WORDINGS]
