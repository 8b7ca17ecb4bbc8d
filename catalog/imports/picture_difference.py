"""Which images of a file the shop has, which are new, and whose words have changed."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from catalog.imports.changes import Difference, column_of
from catalog.imports.formats import parts
from catalog.imports.records import PictureRecord
from catalog.imports.variant_difference import value_of
from catalog.models import OptionValue, ProductPicture

# Also addresses from before each content had a folder: `pictures/<key>-640.webp`.
_OURS = re.compile(r"/pictures/(?:[0-9a-f]{2}/)?([0-9a-f]{20})[-/][\w.-]+\.(?:avif|webp|jpg)$")
_ALT_LENGTH = 200


def own_key(url: str) -> str:
    """The key of a picture that this shop serves itself; empty for any other address."""
    if urlsplit(url).netloc != urlsplit(settings.SITE_URL).netloc:
        return ""
    match = _OURS.search(urlsplit(url).path)
    return match[1] if match else ""


def add(found: Difference) -> None:
    """Add what `found.record` says of pictures."""
    by_key = {picture.key: picture for picture in found.known.pictures}
    for place, wanted in enumerate(found.record.pictures):
        for text in wanted.alts.values():
            if len(text) > _ALT_LENGTH:
                found.record.refuse(
                    "image_alt", _("A description has at most 200 characters."), wanted.line
                )
        picture = by_key.get(own_key(wanted.url))
        address = found.known.addresses.get(wanted.url)
        if picture is None and address is not None:
            picture = address.picture
            if picture is None:
                continue  # It waits, it is missing, or staff have taken it off.
        if picture is None:
            kind = "copy" if own_key(wanted.url) else "address"
            found.add(kind, "", _("picture"), None, wanted.url, source=(place, wanted))
        else:
            _words(found, picture, wanted)


def _words(found: Difference, picture: ProductPicture, wanted: PictureRecord) -> None:
    for language, text in wanted.alts.items():
        field = f"alt_{language}"
        old = getattr(picture, field)
        if text and text != old:
            label = str(column_of(ProductPicture, field).verbose_name)
            found.add("picture", wanted.url, label, old, text, target=picture, source=field)
    values = shown_values(found, wanted)
    if values and picture.option_value_id not in {value.pk for value in values}:
        found.add(
            "picture",
            wanted.url,
            _("shown for"),
            picture.option_value,
            values[0],
            target=picture,
            source="option_value",
        )


def shown_values(found: Difference, wanted: PictureRecord) -> list[OptionValue]:
    """The values in the shop that the picture may be the picture of."""
    options = found.known.options
    values = []
    for place, value in wanted.shows:
        if place < len(found.record.options):
            known = value_of(found, found.record.options[place], value)
            if known is not None and known.option_id in {option.pk for option in options}:
                values.append(known)
    return values


def words_for(record_alts: dict[str, str], names: dict[str, str], language: str) -> str:
    """The description of a new picture in `language`: the file's, else the product's name."""
    other = parts.text_in(record_alts, language)
    return (
        record_alts.get(language) or names.get(language) or other or next(iter(names.values()), "–")
    )[:_ALT_LENGTH]
