"""What formats share: paths of categories, contents in their units, pictures of variants."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from catalog.imports import cells
from catalog.imports.columns import Row
from catalog.imports.records import PictureRecord, ProductRecord, ValueRecord, VariantRecord

MAX_OPTIONS = 3
# The unit of a file → how many of ours it is.
CONTENTS: dict[str, tuple[Decimal, str]] = {
    "mg": (Decimal("0.001"), "g"),
    "g": (Decimal(1), "g"),
    "kg": (Decimal(1000), "g"),
    "ml": (Decimal(1), "ml"),
    "cl": (Decimal(10), "ml"),
    "l": (Decimal(1000), "ml"),
    "mm": (Decimal("0.001"), "m"),
    "cm": (Decimal("0.01"), "m"),
    "m": (Decimal(1), "m"),
    "m2": (Decimal(1), "m2"),
    "m²": (Decimal(1), "m2"),
    "m3": (Decimal(1), "m3"),
    "m³": (Decimal(1), "m3"),
}
_MAX_CONTENT = Decimal("9999999.999")


def path_of(text: str) -> tuple[str, ...]:
    """`A > B` as its parts."""
    return tuple(part.strip() for part in text.split(">") if part.strip())


def grams(row: Row, field: str, factor: Decimal = Decimal(1)) -> int | None:
    """A weight in whole grams, half up; `factor` grams are one of the file's unit."""
    amount = row.read(field, cells.measure)
    if amount is None:
        return None
    found = int((amount * factor).to_integral_value(ROUND_HALF_UP))
    if found > 2_147_483_647:
        row.refuse(field, _("This weight is too large."))
        return None
    return found


def kilograms(weight_g: int) -> Decimal:
    return Decimal(weight_g) / 1000


def content(row: Row, amount_field: str, unit_field: str) -> tuple[Decimal | None, str] | None:
    """Amount and unit of the content in our units; `None` when the file says nothing or wrong."""
    amount = row.read(amount_field, cells.measure)
    if amount is None or not amount:
        return None
    unit = row.text(unit_field).lower()
    if unit not in CONTENTS:
        row.refuse(
            unit_field, _("Contents are in g, ml, m, m² or m³, not in “%(unit)s”.") % {"unit": unit}
        )
        return None
    factor, ours = CONTENTS[unit]
    found = (amount * factor).quantize(Decimal("0.001"), rounding=ROUND_HALF_UP)
    if not 0 < found <= _MAX_CONTENT:
        row.refuse(amount_field, _("This content is too small or too large."))
        return None
    return found, ours


def number(amount: Decimal | None) -> str:
    """A number as files have it: a point, no needless noughts."""
    if amount is None:
        return ""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def flag(value: bool) -> str:
    return "TRUE" if value else "FALSE"


def address(row: Row, field: str) -> str:
    """The address of an image; anything but http and https is an error."""
    url = row.text(field)
    if not url:
        return ""
    if not is_address(url):
        row.refuse(field, _("“%(url)s” is no address of an image.") % {"url": url[:80]})
        return ""
    return url


def is_address(url: str) -> bool:
    """Could a picture lie at `url`? Whether it does is found out later."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    fits = len(url) <= 2000 and not re.search(r"\s", url)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and fits


def hang_pictures(record: ProductRecord) -> None:
    """Let each picture know which option value it may show, by the variants that name it."""
    by_url: dict[str, list[VariantRecord]] = {}
    for variant in record.variants:
        if variant.picture_url:
            by_url.setdefault(variant.picture_url, []).append(variant)
    known = {picture.url for picture in record.pictures}
    for url, variants in by_url.items():
        if url not in known:
            record.pictures.append(PictureRecord(variants[0].line, url))
    for picture in record.pictures:
        picture.shows = _shared(by_url.get(picture.url, []), record.variants)


def _shared(
    named: list[VariantRecord], variants: Iterable[VariantRecord]
) -> list[tuple[int, ValueRecord]]:
    """The values that all of `named` have; none where every variant has it."""
    if not named:
        return []
    others = [one for one in variants if one not in named]
    return [
        (place, value)
        for place, value in enumerate(named[0].values)
        if all(same(one.values[place : place + 1], value) for one in named)
        and (not others or not all(same(one.values[place : place + 1], value) for one in others))
    ]


def same(values: list[ValueRecord], value: ValueRecord) -> bool:
    """Is the one in `values` the same value?"""
    return bool(values) and (values[0].code, values[0].names) == (value.code, value.names)


def picture_of(record: ProductRecord, variant: VariantRecord) -> str:
    """The address of the first picture that shows a value of `variant`; empty: none does."""
    for picture in record.pictures:
        for place, value in picture.shows:
            if same(variant.values[place : place + 1], value):
                return picture.url
    return ""


def text_in(texts: dict[str, str], language: str) -> str:
    """The text in `language`, else in the first one that has it."""
    return texts.get(language) or next((text for text in texts.values() if text), "")
