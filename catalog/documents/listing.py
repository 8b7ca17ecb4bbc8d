"""The documents of a product as its page lists them, in ready words."""

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils import translation
from django.utils.text import capfirst

from catalog.models import Document, Product


def rows(product: Product, language: str) -> list[dict[str, Any]]:
    """What may be opened: papers in `language` and those for every language, then the others.

    `foreign` names the language of a paper that is not in the visitor's.
    """
    found = sorted(product.documents.all(), key=lambda one: (one.position, one.pk))
    own = [one for one in found if one.language in ("", language)]
    return [_row(one, "") for one in own] + [
        _row(one, _name_of(one.language)) for one in found if one not in own
    ]


def _row(document: Document, foreign: str) -> dict[str, Any]:
    return {
        "kind": document.kind,
        "kind_text": capfirst(str(document.get_kind_display())),
        "name": str(document),
        "type": str(document.get_content_type_display()),
        "size": filesizeformat(document.size),
        "language": document.language,
        "foreign": foreign,
        "url": document.get_absolute_url(),
    }


def _name_of(code: str) -> str:
    return str(translation.get_language_info(code)["name_translated"])
