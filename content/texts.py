"""The words of a legal page with the facts of the shop in them: page, mail and PDF read these."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from content import merchant, placeholders, text_format, versions

# The instruction names the online function (§ 356a BGB) as soon as this route exists, never before.
_WITHDRAWAL_ROUTE = "withdraw"
_YES = "yes"
type Rows = list[dict[str, Any]]


def filled(
    version: versions.Version,
    *,
    language: str,
    is_exempt: bool = False,
    offers: Mapping[str, Rows] | None = None,
) -> str:
    """The text of `version` in `language`, complete, in the format of `text_format`.

    `is_exempt`: the seller is a small business that charges no VAT (§ 19 UStG). `offers`: what the
    shop offers at the moment, as `offered` takes it; without it those parts are left out.
    """
    with translation.override(language):
        facts = values(version.label, is_exempt=is_exempt) | offered(offers or {})
    return placeholders.fill(version.bodies[language], facts).strip() + "\n"


def values(label: str, *, is_exempt: bool) -> dict[str, str]:
    """Each fact by its placeholder, "" where it does not apply; in the active language."""
    seller = merchant.merchant()
    own = {f"merchant.{name}": getattr(seller, name) for name in merchant.FIELDS}
    return own | {
        "merchant.one_line": seller.one_line,
        "merchant.address": "\n".join(filter(None, seller.address_lines)),
        "shop.url": settings.SITE_URL,
        "withdrawal.url": withdrawal_url(),
        "text.version": label,
        "tax.small_business": _YES if is_exempt else "",
        **offered({}),
    }


def withdrawal_url() -> str:
    """The address of the online withdrawal function; "" until the shop has it."""
    try:
        return f"{settings.SITE_URL}{reverse(_WITHDRAWAL_ROUTE)}"
    except NoReverseMatch:
        return ""


def offered(offers: Mapping[str, Rows]) -> dict[str, str]:
    """What the shop offers, as parts of a text.

    delivery [{name, countries, price, free_from, time}], refused [{name, reason}] and payment
    [{name, hint}].
    """
    return {
        "table.delivery": _delivery(offers.get("delivery", [])),
        "list.not_delivered": _pairs(offers.get("refused", []), "reason"),
        "list.payment": _pairs(offers.get("payment", []), "hint"),
    }


def _delivery(rows: Rows) -> str:
    if not rows:
        return ""
    head = [_("Way of delivery"), _("Countries"), _("Price"), _("Free from"), _("Delivery time")]
    keys = ("name", "countries", "price", "free_from", "time")
    return text_format.table([head, *([row[key] for key in keys] for row in rows)])


def _pairs(rows: Rows, key: str) -> str:
    return "\n".join(f"{_line(row['name'])} :: {_line(row[key])}" for row in rows)


def _line(words: Any) -> str:
    return " ".join(str(words).split())
