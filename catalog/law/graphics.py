"""The official graphics of the Commission: taken in unchanged, shown unchanged, or not at all.

Implementing Regulation (EU) 2025/1960 fixes their look; a redrawn one would be a false one. Only
files that can do nothing but be looked at are taken: no scripts, no links to the outside.
"""

import datetime
import hashlib
import io
import re
from xml.etree import ElementTree

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from PIL import Image

from catalog.models import GraphicKind, GraphicType, OfficialGraphic
from shop.kit import languages

MAX_BYTES = 600_000
MAX_PIXELS = 25_000_000
_KEPT_SECONDS = 300
_CACHE_KEY = "official-graphics"
_FORBIDDEN_ELEMENTS = {
    "script",
    "foreignobject",
    "iframe",
    "object",
    "embed",
    "a",
    "animate",
    "set",
}
_INSIDE = ("#", "data:image/png;", "data:image/jpeg;")
_PNG = b"\x89PNG\r\n\x1a\n"
_OUTSIDE = re.compile(r"url\s*\((?!\s*['\"]?\s*#)|@import|javascript:|expression\s*\(", re.I)


class NotAGraphic(ValueError):
    """The upload is refused; the message says why."""


def checked(content: bytes) -> GraphicType:
    """The type of `content`. Raises `NotAGraphic` for what is no harmless SVG or whole PNG."""
    if len(content) > MAX_BYTES:
        raise NotAGraphic(_("The file is larger than 600 kB."))
    if content.startswith(_PNG):
        _check_png(content)
        return GraphicType.PNG
    _check_svg(content)
    return GraphicType.SVG


def _check_png(content: bytes) -> None:
    try:
        picture = Image.open(io.BytesIO(content), formats=["PNG"])
        pixels = picture.width * picture.height
        picture.verify()
    except Exception as problem:  # Pillow raises a dozen kinds for broken files.
        raise NotAGraphic(_("This is not a whole PNG file.")) from problem
    if pixels > MAX_PIXELS:
        raise NotAGraphic(_("The picture has too many pixels."))


def _check_svg(content: bytes) -> None:
    """Entities are refused before the parser sees them: they can grow without end."""
    if b"<!ENTITY" in content.upper() or b"<?xml-stylesheet" in content.lower():
        raise NotAGraphic(_("The SVG file has entities or stylesheets from outside."))
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - no entities, small
    except (ElementTree.ParseError, ValueError) as problem:
        raise NotAGraphic(_("This is neither a PNG nor an SVG file.")) from problem
    if _local(root.tag) != "svg":
        raise NotAGraphic(_("This is neither a PNG nor an SVG file."))
    for element in root.iter():
        _check_element(element)


def _check_element(element: ElementTree.Element) -> None:
    if _local(element.tag) in _FORBIDDEN_ELEMENTS:
        raise NotAGraphic(_("The SVG file holds scripts or foreign parts."))
    for name, value in element.attrib.items():
        is_link = _local(name) in ("href", "src")
        leads_out = is_link and not value.strip().startswith(_INSIDE)
        if _local(name).startswith("on") or leads_out or _OUTSIDE.search(value):
            raise NotAGraphic(_("The SVG file holds scripts or links to the outside."))
    if element.text and _OUTSIDE.search(element.text):
        raise NotAGraphic(_("The SVG file holds scripts or links to the outside."))


def _local(name: object) -> str:
    return str(name).rpartition("}")[2].lower()


@transaction.atomic
def store(
    kind: str, language: str, content: bytes, *, source_url: str, moment: datetime.datetime
) -> OfficialGraphic:
    """Take the place of the graphic of this kind and language. Raises `NotAGraphic`."""
    graphic, _made = OfficialGraphic.objects.update_or_create(
        kind=kind,
        language=language,
        defaults={
            "content": content,
            "content_type": checked(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "source_url": source_url,
            "uploaded_at": moment,
        },
    )
    transaction.on_commit(forget)
    return graphic


def forget() -> None:
    """Another graphic is shown from the next page on."""
    cache.delete(_CACHE_KEY)


def url_of(kind: str) -> str:
    """The address of the graphic in the active language; empty where nobody uploaded it."""
    known: dict[tuple[str, str], str] | None = cache.get(_CACHE_KEY)
    if known is None:
        rows = OfficialGraphic.objects.order_by("pk").values_list("kind", "language", "sha256")
        known = {(a_kind, code): sha256 for a_kind, code, sha256 in rows}
        cache.set(_CACHE_KEY, known, _KEPT_SECONDS)
    sha256 = known.get((kind, languages.active()), "")
    return reverse("official_graphic", args=[sha256]) if sha256 else ""


def absent() -> list[tuple[str, str]]:
    """Kind and language of each graphic that the shop should show and that nobody uploaded."""
    there = set(OfficialGraphic.objects.values_list("kind", "language"))
    wanted = [(kind, code) for kind in GraphicKind.values for code in languages.codes()]
    return [one for one in wanted if one not in there]
