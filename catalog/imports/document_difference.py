"""Which documents of a file the shop has, which are new, and which are named otherwise."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from catalog.imports.changes import Difference, column_of, fault
from catalog.imports.formats import parts
from catalog.imports.records import DocumentRecord
from catalog.models import Document
from shop.kit import languages

_OURS = re.compile(r"^/(?:[a-z]{2}/)?documents/([0-9]{1,18})/[^/]+$")
_NAME_LENGTH = 120


def own_key(url: str) -> int:
    """The key of a document that this shop hands out itself; 0 for any other address."""
    if urlsplit(url).netloc != urlsplit(settings.SITE_URL).netloc:
        return 0
    match = _OURS.match(urlsplit(url).path)
    return int(match[1]) if match else 0


def address_of(document: Document) -> str:
    """Where this shop hands `document` out while its product is shown."""
    return settings.SITE_URL + document.get_absolute_url()


def add(found: Difference, held: dict[int, Document]) -> None:
    """Add what `found.record` says of documents; those that it does not name stay.

    `held`: documents of the whole shop that the file names, by their keys.
    """
    own = {document.pk for document in found.known.documents}
    for place, wanted in enumerate(found.record.documents):
        facts = wanted.facts | {f"name_{code}": name for code, name in wanted.names.items()}
        if _is_wrong(found, wanted, facts):
            continue
        key = own_key(wanted.url)
        document, address = held.get(key), found.known.addresses.get(wanted.url)
        if address is not None:
            document = address.document
            if document is None:
                continue  # It waits, it is missing, or staff have taken it off.
        if document is not None and (document.pk in own or address is not None):
            _compare(found, document, wanted, facts)
        elif key and document is None:
            text = _("The shop has no such document: left out.")
            found.record.remark("document", text, wanted.line)
        elif not any(_is_same(one, document) for one in found.known.documents):
            kind = "document_copy" if document else "document_address"
            source = (place, wanted, document)
            found.add(kind, "", _("document"), None, wanted.url, source=source)


def _is_same(one: Document, other: Document | None) -> bool:
    return other is not None and one.sha256 == other.sha256


def complete(wanted: DocumentRecord, product_names: dict[str, str]) -> dict[str, str]:
    """Columns of a new document: what the file does not say follows from the product."""
    facts = {"kind": "manual"} | {name: text for name, text in wanted.facts.items() if text}
    for code in languages.codes():
        name = wanted.names.get(code) or parts.text_in(wanted.names, code)
        facts[f"name_{code}"] = (name or product_names.get(code) or "–")[:_NAME_LENGTH]
    return facts


def _is_wrong(found: Difference, wanted: DocumentRecord, facts: dict[str, str]) -> bool:
    problems = {
        name: fault(column_of(Document, name), value)
        for name, value in facts.items()
        if value or name == "kind"
    }
    for name, problem in problems.items():
        if problem:
            found.record.refuse(f"document_{name}", problem, wanted.line)
    return any(problems.values())


def _compare(
    found: Difference, document: Document, wanted: DocumentRecord, facts: dict[str, str]
) -> None:
    for name, value in facts.items():
        old = getattr(document, name)
        if old != value:
            label = str(column_of(Document, name).verbose_name)
            found.add("document", wanted.url, label, old, value, target=document, source=name)
