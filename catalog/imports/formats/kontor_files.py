"""Pictures and documents of Kontor's own format: an address on each line."""

from django.utils.translation import gettext as _

from catalog.imports.columns import Row
from catalog.imports.formats import parts
from catalog.imports.records import DocumentRecord, PictureRecord, ProductRecord
from shop.kit import languages


def read(found: ProductRecord, rows: list[Row]) -> None:
    """Take in the addresses of all lines, each once."""
    _pictures(found, rows)
    _documents(found, rows)


def _pictures(found: ProductRecord, rows: list[Row]) -> None:
    for row in rows:
        url = parts.address(row, "picture")
        if not url or any(one.url == url for one in found.pictures):
            continue
        alts = {code: row.text(f"picture_alt_{code}") for code in languages.codes()}
        picture = PictureRecord(row.line, url, {c: alt for c, alt in alts.items() if alt})
        code = row.text("picture_value")
        for variant in found.variants if code else []:
            for place, value in enumerate(variant.values):
                if code == value.code and not picture.shows:
                    picture.shows.append((place, value))
        if code and not picture.shows:
            row.refuse("picture_value", _("No variant has this value."))
        found.pictures.append(picture)


def _documents(found: ProductRecord, rows: list[Row]) -> None:
    for row in rows:
        url = parts.address(row, "document")
        if not url or any(one.url == url for one in found.documents):
            continue
        names = {code: row.text(f"document_name_{code}") for code in languages.codes()}
        told = {name: row.text(f"document_{name}").lower() for name in ("kind", "language")}
        facts = {"kind": told["kind"]} if told["kind"] else {}
        if row.has("document_language"):
            facts["language"] = told["language"]  # Empty: for every language.
        filled = {code: name for code, name in names.items() if name}
        found.documents.append(DocumentRecord(row.line, url, filled, facts))
