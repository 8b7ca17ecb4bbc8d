"""Rows of feeds as text: Google Merchant (RSS 2.0), Meta (CSV), Pinterest (TSV).

A format is a head, a line for each row, and an end; nobody holds a whole feed in memory.
"""

import csv
import dataclasses
import datetime
import functools
import io
from collections.abc import Callable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from catalog import pricing
from catalog.machines import offers, terms
from catalog.machines.feed_rows import Row

GOOGLE_AVAILABILITY = {
    "sold_out": "out_of_stock",
    "backorder": "backorder",
    "preorder": "preorder",
}
OTHER_AVAILABILITY = {
    "sold_out": "out of stock",
    "backorder": "available for order",
    "preorder": "preorder",
}
_BASE = {"g": "1kg", "ml": "1l", "m": "1m"}


@dataclasses.dataclass(frozen=True, slots=True)
class Format:
    """`head` gets the name and the address of the shop and the language."""

    code: str
    name: str
    ending: str
    content_type: str
    head: Callable[[terms.Shop, str], str]
    line: Callable[[Row, terms.Shop], str]
    end: str


def asked(row: Row) -> tuple[str, str]:
    """`price` and `sale_price`: the 30-day lowest and the price now, where it was reduced.

    Search engines strike the first one through, so it is the one that § 11 PAngV allows.
    """
    now = money(row.price)
    if row.price.before is None:
        return now, ""
    return f"{terms.amount(row.price.before)} {row.price.currency}", now


def money(price: pricing.CurrentPrice) -> str:
    return f"{terms.amount(price.gross)} {price.currency}"


def sale_dates(row: Row) -> str:
    """From when until when the sale price holds (ISO 8601); empty while its end is open."""
    price = row.price
    if price.before is None or price.since is None or price.until is None:
        return ""
    return "/".join(_minute(one) for one in (price.since, price.until))


def _minute(moment: datetime.datetime) -> str:
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M%z")


# --- Google ---------------------------------------------------------------------------------------


def _google_head(shop: terms.Shop, language: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>\n'
        f"<title>{escape(shop.name)}</title><link>{escape(shop.url)}/{language}/</link>"
        f"<description>{escape(shop.name)}</description>\n"
    )


def _google_line(row: Row, shop: terms.Shop) -> str:
    parts = (f"<g:{name}>{escape(text)}</g:{name}>" for name, text in _google(row))
    countries = shop.countries if row.is_digital else ()
    nested = _shipping(row.shipping, row.lead_days, countries) + _certification(row)
    return f"<item>{''.join(parts)}{nested}</item>\n"


def _google(row: Row) -> Iterator[tuple[str, str]]:
    """The attributes that have a value, in the order of Google's own list."""
    price, sale = asked(row)
    unit = row.content_unit if row.content_unit in _BASE else ""
    pairs = [
        ("id", row.sku),
        ("title", row.title),
        ("description", row.description),
        ("link", row.link),
        ("image_link", row.images[0]),
        *(("additional_image_link", one) for one in row.images[1:]),
        ("availability", GOOGLE_AVAILABILITY.get(row.kind, "in_stock")),
        ("availability_date", row.expected_on.isoformat() if row.expected_on else ""),
        ("price", price),
        ("sale_price", sale),
        ("sale_price_effective_date", sale_dates(row)),
        ("unit_pricing_measure", f"{offers.plain(row.content_amount)}{unit}" if unit else ""),
        ("unit_pricing_base_measure", _BASE.get(unit, "")),
        ("product_type", row.shelf),
        ("brand", row.brand),
        ("gtin", row.gtin),
        ("identifier_exists", "" if row.gtin else "no"),
        ("condition", "new"),
        ("item_group_id", row.group),
        *row.traits.items(),
        ("shipping_weight", f"{row.weight_g} g" if row.weight_g and not row.is_digital else ""),
        *_energy(row),
    ]
    return ((name, text) for name, text in pairs if text)


def _energy(row: Row) -> list[tuple[str, str]]:
    """The class beside the offer (Regulation (EU) 2017/1369), where EPREL's number is not known."""
    if not row.energy or row.energy.get("eprel"):
        return []
    best, _dash, worst = str(row.energy["scale"]).partition("–")
    return [
        ("energy_efficiency_class", row.energy["class"]),
        ("min_energy_efficiency_class", worst),
        ("max_energy_efficiency_class", best),
    ]


def _certification(row: Row) -> str:
    number = row.energy.get("eprel", "") if row.energy else ""
    if not number:
        return ""
    facts = {"authority": "EC", "name": "EPREL", "code": number}
    inner = (f"<g:certification_{key}>{escape(text)}</g:certification_{key}>"
             for key, text in facts.items())  # fmt: skip
    return f"<g:certification>{''.join(inner)}</g:certification>"


@functools.lru_cache(maxsize=1024)
def _shipping(parcels: tuple[terms.Shipping, ...], lead_days: int, free_to: tuple[str, ...]) -> str:
    """For each country what the checkout would ask, and how long it takes; `free_to`: downloads."""
    rows = [_parcel({"country": country, "price": "0.00 EUR"}) for country in free_to]
    rows += [
        _parcel(
            {
                "country": country,
                "service": one.name,
                "price": f"{terms.amount(one.gross)} {one.currency}",
                "min_handling_time": str(lead_days),
                "max_handling_time": str(lead_days + 1),
                "min_transit_time": str(one.min_days),
                "max_transit_time": str(one.max_days),
            }
        )
        for one in parcels
        for country in one.countries
    ]
    return "".join(rows)


def _parcel(facts: dict[str, str]) -> str:
    inner = "".join(f"<g:{key}>{escape(text)}</g:{key}>" for key, text in facts.items())
    return f"<g:shipping>{inner}</g:shipping>"


# --- Tables: Meta and Pinterest -------------------------------------------------------------------

_COLUMNS = (
    "id", "title", "description", "availability", "condition", "price", "link", "image_link",
    "brand", "gtin", "sale_price", "sale_price_effective_date", "item_group_id", "product_type",
    "color", "size", "material", "pattern", "additional_image_link",
)  # fmt: skip


def _cells(row: Row, shop: terms.Shop) -> list[str]:
    """The columns that both know by the same names; who makes nothing else is the brand."""
    price, sale = asked(row)
    facts: dict[str, Any] = {
        "id": row.sku,
        "title": row.title,
        "description": row.description,
        "availability": OTHER_AVAILABILITY.get(row.kind, "in stock"),
        "condition": "new",
        "price": price,
        "link": row.link,
        "image_link": row.images[0],
        "brand": row.brand or shop.name,
        "gtin": row.gtin,
        "sale_price": sale,
        "sale_price_effective_date": sale_dates(row),
        "item_group_id": row.group,
        "product_type": row.shelf,
        "additional_image_link": ",".join(row.images[1:]),
        **row.traits,
    }
    return [" ".join(str(facts.get(name, "")).split()) for name in _COLUMNS]


def _csv_line(cells: list[str] | tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _tsv_line(cells: list[str] | tuple[str, ...]) -> str:
    return "\t".join(cells) + "\n"


GOOGLE = Format(
    code="google",
    name="Google Merchant Center",
    ending="xml",
    content_type="application/xml",
    head=_google_head,
    line=_google_line,
    end="</channel></rss>\n",
)
META = Format(
    code="meta",
    name="Meta (Facebook, Instagram)",
    ending="csv",
    content_type="text/csv",
    head=lambda shop, language: _csv_line(_COLUMNS),
    line=lambda row, shop: _csv_line(_cells(row, shop)),
    end="",
)
PINTEREST = Format(
    code="pinterest",
    name="Pinterest",
    ending="tsv",
    content_type="text/tab-separated-values",
    head=lambda shop, language: _tsv_line(_COLUMNS),
    line=lambda row, shop: _tsv_line(_cells(row, shop)),
    end="",
)
FORMATS = (GOOGLE, META, PINTEREST)
