"""Reading a raw mail (RFC 5322, MIME). Pure: bytes in, `Parsed` out, whatever the bytes are.

The classes of Python's old policy are used: the new one raises on heads that exist in the wild.
"""

import binascii
import dataclasses
import email
import email.header
import email.policy
import email.utils
import hashlib
from collections.abc import Iterator
from email.message import Message
from typing import Any

from support.mailing import texts

MAX_BYTES = 36_000_000  # 25 MB of files in base64, and the rest
MAX_PARTS = 100
MAX_HEAD = 998
_RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
_MACHINES = ("mailer-daemon", "postmaster", "no-reply", "noreply")
_BULK = ("bulk", "junk", "list", "auto_reply")


class Unreadable(ValueError):
    """Nothing can be made of these bytes."""


@dataclasses.dataclass(slots=True)
class File:
    """A part that is to be kept, not looked at yet."""

    name: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    def read(self) -> bytes:
        return self.content


@dataclasses.dataclass(frozen=True, slots=True)
class Parsed:
    """A mail as we need it. `text` is what is new in it."""

    message_id: str
    sender: str
    subject: str
    recipients: list[str]
    text: str
    files: list[File]
    is_automatic: bool


def parse(raw: bytes) -> Parsed:
    """Raises `Unreadable`."""
    if len(raw) > MAX_BYTES:
        raise Unreadable
    try:
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        body, files = _contents(message)
    except (RecursionError, binascii.Error, LookupError, ValueError, TypeError) as problem:
        raise Unreadable from problem
    except Exception as problem:  # The parser raises a dozen kinds for broken mails.
        raise Unreadable from problem
    sender = _addresses(message, "From")
    return Parsed(
        message_id=_line(message, "Message-ID")[:250],
        sender=sender[0].lower()[:254] if sender else "",
        subject=_line(message, "Subject")[:200],
        recipients=[one for name in _RECIPIENTS for one in _addresses(message, name)],
        text=texts.without_history(texts.tidy(body)),
        files=files,
        is_automatic=_is_automatic(message, sender),
    )


def digest(raw: bytes) -> str:
    """By what a mail is known again: its Message-ID, else all of it."""
    head = email.message_from_bytes(raw[:64_000].split(b"\r\n\r\n")[0].split(b"\n\n")[0])
    name = _line(head, "Message-ID").strip()
    return hashlib.sha256(name.encode() if name else raw).hexdigest()


def _contents(message: Message) -> tuple[str, list[File]]:
    """The text, plain before HTML, and the parts that are files."""
    plain: list[str] = []
    html: list[str] = []
    files: list[File] = []
    for part in _parts(message):
        kind, name = part.get_content_type(), _filename(part)
        is_file = bool(name) or part.get_content_disposition() == "attachment"
        if is_file or kind not in ("text/plain", "text/html"):
            files.append(File(name or kind.replace("/", "."), _bytes(part)))
        else:
            (plain if kind == "text/plain" else html).append(_text(part))
    text = "\n\n".join(plain)
    return text if text.strip() else texts.from_html("\n".join(html)), files


def _parts(message: Message) -> Iterator[Message]:
    """The leaves; mails inside of the mail are not opened."""
    waiting = [message]
    for _number in range(MAX_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        inner: Any = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting = [*inner, *waiting]
        else:
            yield part


def _bytes(part: Message) -> bytes:
    if part.is_multipart():  # a mail inside of the mail
        return b""
    found: Any = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _text(part: Message) -> str:
    data = _bytes(part)[: texts.MAX_HTML * 4]
    for charset in (str(part.get_content_charset() or "utf-8"), "utf-8"):
        try:
            return data.decode(charset)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("latin-1")


def _filename(part: Message) -> str:
    try:
        return _decoded(part.get_filename() or "")
    except Exception:  # Broken parameters (RFC 2231) raise a dozen kinds.
        return "file"


def _line(message: Message, name: str) -> str:
    """A head in plain words; empty for what cannot be read."""
    value = message.get(name, "")
    return " ".join(texts.tidy(_decoded(str(value)[:MAX_HEAD])).split())


def _decoded(value: str) -> str:
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except Exception:  # Unknown alphabets, broken base64: as it stands then.
        return value


def _addresses(message: Message, name: str) -> list[str]:
    values = [str(one)[: MAX_HEAD * 4] for one in message.get_all(name, [])]
    try:
        pairs = email.utils.getaddresses(values)
    except Exception:  # The parser of addresses has its holes, too.
        return []
    return [texts.tidy(address) for _name, address in pairs if "@" in address]


def _is_automatic(message: Message, sender: list[str]) -> bool:
    """Did a machine write it (RFC 3834): an answer from the beach, or that it could not be sent?"""
    submitted = _line(message, "Auto-Submitted").lower()
    from_name = sender[0].lower().partition("@")[0] if sender else ""
    return (
        (bool(submitted) and not submitted.startswith("no"))
        or _line(message, "Precedence").lower() in _BULK
        or "X-Autoreply" in message
        or "X-Autorespond" in message
        or "List-Id" in message
        or _line(message, "Return-Path").replace(" ", "") == "<>"
        or message.get_content_type() in ("multipart/report", "message/delivery-status")
        or from_name in _MACHINES
    )
