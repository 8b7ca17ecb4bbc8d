"""The demo's mailbox: mails become `.eml` files in `MAIL_DIR`, which any mail program opens."""

import datetime
import email.message
import email.parser
import email.policy
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from shop.kit import clock

# The time first, so that names sort; the rest keeps two mails of one moment apart.
NAME_PATTERN = r"[0-9]{8}T[0-9]{12}Z-[0-9a-f]{8}\.eml"
_NAME = re.compile(NAME_PATTERN)


class EmlBackend(BaseEmailBackend):
    """Writes each mail to a file of its own, at once: a reader never sees half a mail."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Returns the number of mails written. Raises OSError when the folder refuses them."""
        for message in email_messages:
            _write(message.message().as_bytes(), recipients=message.recipients())
        return len(email_messages)


def _write(content: bytes, *, recipients: Sequence[str]) -> None:
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{clock.now():%Y%m%dT%H%M%S%fZ}-{secrets.token_hex(4)}.eml"
    unfinished = folder / f".{name}"
    # Blind copies stand in no header; whoever reads the demo's mails wants to see them.
    envelope = f"X-Envelope-To: {', '.join(recipients)}\n".encode("ascii", "replace")
    unfinished.write_bytes(envelope + content)
    os.replace(unfinished, folder / name)


class NoSuchMail(LookupError):
    """No mail of this name lies in the mailbox."""


@dataclass(frozen=True)
class Heading:
    """One line of the list."""

    name: str
    subject: str
    sender: str
    recipients: str
    sent_at: datetime.datetime


@dataclass(frozen=True)
class Attachment:
    """A part to be downloaded."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """One mail, taken apart; `text` and `html` are empty when it has no such part."""

    heading: Heading
    text: str
    html: str
    attachments: list[Attachment]


def newest(*, limit: int) -> list[Heading]:
    """The last mails, newest first."""
    parser = email.parser.BytesHeaderParser(policy=email.policy.default)
    headings = []
    for path in sorted(_files(), reverse=True)[:limit]:
        with path.open("rb") as file:
            headings.append(_heading(path.name, parser.parse(file)))
    return headings


def count() -> int:
    """How many mails there are."""
    return len(_files())


def read(name: str) -> Mail:
    """The mail in the file `name`. Raises `NoSuchMail`, also for a path that leads elsewhere."""
    message = email.message_from_bytes(source(name), policy=email.policy.default)
    return Mail(
        heading=_heading(name, message),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        attachments=[
            Attachment(
                filename=part.get_filename() or f"attachment-{number}",
                content_type=part.get_content_type(),
                content=_content(part),
            )
            for number, part in enumerate(message.iter_attachments(), start=1)
        ],
    )


def source(name: str) -> bytes:
    """The file itself. Raises `NoSuchMail`."""
    path = _folder() / name
    if not _NAME.fullmatch(name) or path.is_symlink() or not path.is_file():
        raise NoSuchMail(name)
    return path.read_bytes()


def _files() -> list[Path]:
    folder = _folder()
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]


def _folder() -> Path:
    return Path(str(settings.MAIL_DIR))


def _heading(name: str, message: email.message.EmailMessage) -> Heading:
    return Heading(
        name=name,
        subject=str(message.get("Subject", "")),
        sender=str(message.get("From", "")),
        recipients=str(message.get("X-Envelope-To") or message.get("To", "")),
        sent_at=datetime.datetime.strptime(name.split("-")[0], "%Y%m%dT%H%M%S%f%z"),
    )


def _content(part: email.message.Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _body(message: email.message.EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""
