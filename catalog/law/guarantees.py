"""A producer's guarantee of durability in words, beside the law's own guarantee of two years.

§ 479 BGB; Art. 246a § 1 (1) No 10, 11 EGBGB; Directive (EU) 2024/825, since 27 September 2026.
"""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.law import graphics
from catalog.models import GraphicKind, Guarantee
from shop.kit import languages, money


def facts(guarantee: Guarantee, language: str) -> dict[str, str]:
    """What the product page says of it; the graphic is asked for live, see `label_url`."""
    return {
        "brand": guarantee.brand,
        "model": guarantee.model_identifier,
        "duration": duration(guarantee.months),
        "guarantor": f"{guarantee.guarantor_name}, {guarantee.guarantor_address}",
        "terms": languages.localized(guarantee, "terms", language),
    }


def sentence(guarantee: Guarantee) -> str:
    """For cart, order and mails: who guarantees what for how long."""
    return _(
        "%(duration)s guarantee of durability by the producer (%(brand)s, model %(model)s), beside"
        " your statutory rights. Guarantor: %(guarantor)s."
    ) % {
        "duration": duration(guarantee.months),
        "brand": guarantee.brand,
        "model": guarantee.model_identifier,
        "guarantor": f"{guarantee.guarantor_name}, {guarantee.guarantor_address}",
    }


def duration(months: int) -> str:
    """In years and halves of them: `3 years`, `2.5 years`."""
    years = Decimal(months) / 12
    number = money.formatted_number(years.normalize(), languages.active())
    return ngettext("%(number)s year", "%(number)s years", 1 if years == 1 else 2) % {
        "number": number
    }


def label_url() -> str:
    """The address of the GARAN label in the active language; empty where nobody uploaded it."""
    return graphics.url_of(GraphicKind.GARAN_LABEL)


def notice() -> dict[str, Any]:
    """The notice of the statutory guarantee, for the page before the order: graphic and text."""
    return {
        "url": graphics.url_of(GraphicKind.NOTICE),
        "text": notice_text(),
        "alt": _("Official notice of the European Union on the statutory guarantee"),
    }


def notice_text() -> str:
    """What the notice says (Art. 246a § 1 (1) No 10 EGBGB), in our words."""
    return _(
        "You have a statutory guarantee of at least two years: if goods are faulty, the seller"
        " repairs or replaces them at no cost; if that fails, you pay less or get your money back."
    )
