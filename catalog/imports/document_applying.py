"""Carries out what a file says of documents: copies, changes, addresses to be fetched."""

from typing import Any

from catalog.imports.changes import Change
from catalog.imports.document_difference import complete
from catalog.imports.work import Work
from catalog.models import Document, ImportPicture
from shop.kit import languages


def carry_out(work: Work, changes: list[Change]) -> None:
    """What is ours is taken over, what is elsewhere waits in the queue of the pictures."""
    addresses = []
    for change in changes:
        if change.kind == "document":
            _set_field(work, change)
        elif change.kind in ("document_copy", "document_address"):
            place, wanted, twin = change.source
            names = {code: getattr(work.product, f"name_{code}") for code in languages.codes()}
            facts = complete(wanted, names)
            if twin is not None:
                _copy(work, twin, facts, place)
            else:
                addresses.append(_address(work, wanted, facts, place))
    for address in ImportPicture.objects.bulk_create(addresses):
        work.created("address", address.pk)


def _set_field(work: Work, change: Change) -> None:
    document: Any = change.target
    setattr(document, change.source, change.new)
    document.save(update_fields=[change.source])
    before, after = {change.source: change.old}, {change.source: change.new}
    work.changed("document", document.pk, before, after)


def _copy(work: Work, twin: Document, facts: dict[str, str], place: int) -> None:
    columns = {name: getattr(twin, name) for name in ("sha256", "size", "content_type")}
    document = Document.objects.create(product=work.product, position=place, **columns, **facts)
    work.created("document", document.pk)


def _address(work: Work, wanted: Any, facts: dict[str, str], place: int) -> ImportPicture:
    return ImportPicture(
        batch=work.batch,
        product=work.product,
        line=wanted.line,
        url=wanted.url,
        position=place,
        alt_de=facts["name_de"],
        alt_en=facts["name_en"],
        document_kind=facts["kind"],
        document_language=facts.get("language", ""),
        next_try_at=work.moment,
    )
