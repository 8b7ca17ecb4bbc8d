"""Printed matter: a template and plain values become a tagged PDF/A-3, always the same bytes.

Templates are `templates/documents/<name>.typ`; they import `base.typ`, which reads `data.json` and
gives it to them as `data`. Values are text and never markup, and the compiler sees no file beside
the templates, `data.json` and the attachments. docs/algorithms/documents.md has the details.
"""

import dataclasses
import datetime
import functools
import json
import pathlib
import re
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import typst
from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext

# What the fonts in the wheel can show, found by setting each character (tests/kit repeats it).
# Nothing else reaches the compiler: PDF/A forbids missing glyphs, and some crash its shaper.
_SHOWN = re.compile(
    "[^ -~\u00a0-\u00ac\u00ae-\u024f\u0384-\u038a\u038e-\u03a1\u03a3-\u0482\u048a-\u04ff"
    "\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u2070\u2074-\u208e\u20a0-\u20c0\u2116\u2122"
    "\u2126\u2150\u2151\u2153-\u215f\u2190-\u2193\u2200-\u226f\u25a0-\u25ff\u2610-\u2612"
    "\u2713\ufffd]"
)
_INVISIBLE = {"Cc", "Cf"}
type Relationship = Literal["alternative", "data", "source", "supplement"]


class CannotTypeset(RuntimeError):
    """The template does not compile; the message is the compiler's."""


@dataclasses.dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF; `relationship` is the AFRelationship of PDF/A-3."""

    name: str
    content: bytes
    mime_type: str
    relationship: Relationship = "supplement"
    description: str = ""


def pdf(
    template: str,
    data: Mapping[str, Any],
    *,
    language: str,
    title: str,
    moment: datetime.datetime,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """The document as a tagged PDF/A-3a: the same arguments give the same bytes.

    `data` holds text, whole numbers, truth values, None, mappings and sequences; amounts and days
    are formatted by the caller. What no font of ours can show becomes U+FFFD. `moment` is the time
    of creation that the file tells. Raises `TypeError` for other values, `CannotTypeset`.
    """
    files = _files(template, data, language=language, title=title, attachments=attachments)
    content: bytes = _compile(files, moment=moment, format="pdf", pdf_standards=["a-3a"])
    return content


def pictures(
    template: str,
    data: Mapping[str, Any],
    *,
    language: str,
    title: str,
    moment: datetime.datetime,
) -> list[bytes]:
    """The same document, each page as a PNG: to be looked at. Raises as `pdf` does."""
    files = _files(template, data, language=language, title=title, attachments=())
    pages = _compile(files, moment=moment, format="png", ppi=96)
    return pages if isinstance(pages, list) else [pages]


def legible(text: str) -> str:
    """`text` as it can be printed: composed, without invisible characters, others as U+FFFD."""
    composed = unicodedata.normalize("NFC", text.replace("\t", " ").replace("\r\n", "\n"))
    lines = composed.split("\n")
    return "\n".join(_SHOWN.sub("\ufffd", _without_invisible(line)) for line in lines)


def templates() -> pathlib.Path:
    """The folder of the templates."""
    return pathlib.Path(settings.BASE_DIR) / "templates" / "documents"


def _without_invisible(line: str) -> str:
    return "".join(sign for sign in line if unicodedata.category(sign) not in _INVISIBLE)


def _files(
    template: str,
    data: Mapping[str, Any],
    *,
    language: str,
    title: str,
    attachments: Sequence[Attachment],
) -> dict[str, bytes]:
    """Everything that the compiler may see, by name; the first is the document."""
    meta = {"language": language, "title": title, "labels": _labels(language)} | {
        "attachments": [
            {
                "path": f"attachment-{position}",
                "name": part.name,
                "mime_type": part.mime_type,
                "relationship": part.relationship,
                "description": part.description,
            }
            for position, part in enumerate(attachments)
        ]
    }
    return {
        "main.typ": (templates() / f"{template}.typ").read_bytes(),
        "base.typ": (templates() / "base.typ").read_bytes(),
        "data.json": _json(data),
        "meta.json": _json(meta),
    } | {f"attachment-{position}": part.content for position, part in enumerate(attachments)}


def _labels(language: str) -> dict[str, str]:
    """The words that `base.typ` itself writes."""
    with translation.override(language):
        return {"page": gettext("Page %(number)s of %(total)s")}


def _json(values: Mapping[str, Any]) -> bytes:
    return json.dumps(_plain(values), ensure_ascii=False, sort_keys=True).encode()


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int():
            return value
        case str() | Promise():
            return legible(str(value))
        case Mapping():
            return {str(key): _plain(part) for key, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
    raise TypeError(f"A document is made of text and whole numbers, not of {value!r}.")


def _compile(files: dict[str, bytes], *, moment: datetime.datetime, **options: Any) -> Any:
    """Compile in an empty folder: what is not in `files` does not exist."""
    with tempfile.TemporaryDirectory(prefix="typesetting-") as nothing:
        try:
            return typst.compile(
                files,
                root=nothing,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                package_path=nothing,
                package_cache_path=nothing,
                timestamp=moment.astimezone(datetime.UTC).replace(microsecond=0),
                **options,
            )
        except typst.TypstError as problem:
            raise CannotTypeset(str(problem)) from problem
        except BaseException as problem:
            # A crash of the compiler is no Exception to Python and would end the worker.
            if type(problem).__module__ != "pyo3_runtime":
                raise
            raise CannotTypeset(str(problem)) from problem


@functools.cache
def _fonts() -> typst.Fonts:
    """The fonts in the wheel only: those of a machine would change the bytes."""
    return typst.Fonts(include_system_fonts=False)
