"""JSON-LD of a product, as search engines read offers (schema.org; Google's merchant listings).

It is made of the very values that the page shows: nothing is asked or computed a second time.
"""

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from catalog import pricing
from catalog.machines import offers, terms
from catalog.product_facts import Facts, VariantFacts
from catalog.storefront import product_page

# In what variants of a product may differ, in schema.org's words; others are told as properties.
VARIES_BY = {
    "color": "color",
    "colour": "color",
    "farbe": "color",
    "size": "size",
    "groesse": "size",
    "weight": "size",
    "content": "size",
    "material": "material",
    "pattern": "pattern",
    "muster": "pattern",
}


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What the page has in its hands: kept facts, and price and stock of all variants as of now.

    Equal are those of which the same is told, so that it can be kept.
    """

    facts: Facts
    prices: Mapping[int, pricing.CurrentPrice]
    free: Mapping[int, Any]
    url: str
    rating: Mapping[str, str] | None
    revision: int

    @property
    def _mark(self) -> tuple[Any, ...]:
        stars = (self.rating["value"], self.rating["count"]) if self.rating else ()
        stocks = (
            (
                pk,
                product_page.availability_kind(one, is_digital=False),
                one.lead_days,
                one.awaited_until(1),
            )
            for pk, one in sorted(self.free.items())
        )
        prices = tuple(sorted(self.prices.items()))
        return self.facts.pk, self.revision, self.url, prices, tuple(stocks), stars

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seen) and self._mark == other._mark

    def __hash__(self) -> int:
        return hash(self._mark)


@functools.lru_cache(maxsize=512)
def product(seen: Seen, shop: terms.Shop) -> list[dict[str, Any]]:
    """The nodes of a product: itself, its variants with an offer each, what offers refer to.

    Kept while nothing of it changes: not to be altered.
    """
    facts = seen.facts
    policies: dict[str, dict[str, Any]] = {}
    offered = [one for one in facts.variants if one.pk in seen.prices]
    if len(facts.variants) > 1 and offered:
        node = _base(seen, "ProductGroup") | {
            "productGroupID": str(facts.pk),
            "variesBy": _varies_by(facts),
            "hasVariant": [_variant(seen, one, shop, policies) for one in offered],
        }
    else:
        node = _base(seen, "Product")
        for one in facts.variants[:1]:
            node |= _identity(one) | _offers(seen, one, shop, policies)
        if facts.pictures:
            node["image"] = _images(facts.pictures, shop)
    return [node, *policies.values()]


def breadcrumbs(ways: Sequence[Mapping[str, str]], *, site_url: str) -> list[dict[str, Any]]:
    """The way to a page, as it stands above it; nothing for fewer than two steps."""
    items = [
        {
            "@type": "ListItem",
            "position": number,
            "name": way["name"],
            "item": site_url + way["url"],
        }
        for number, way in enumerate(ways, start=1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": items}] if len(items) > 1 else []


def _base(seen: Seen, kind: str) -> dict[str, Any]:
    product = seen.facts.product
    node: dict[str, Any] = {"@type": kind, "@id": f"{seen.url}#product", "name": product["name"]}
    node |= {"url": seen.url, "description": _description(product)}
    if product["brand"]:
        node["brand"] = {"@type": "Brand", "name": product["brand"]}
    if product["energy"]:
        node["hasCertification"] = _energy(product["energy"])
    if seen.rating:
        node["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": seen.rating["value"],
            "reviewCount": int(seen.rating["count"]),
            "bestRating": "5",
            "worstRating": "1",
        }
    return node


def _description(product: Mapping[str, Any]) -> str:
    return "\n\n".join(filter(None, [product["summary"], *product["paragraphs"]]))[:5000]


def _energy(energy: Mapping[str, str]) -> dict[str, Any]:
    """The energy label of the EU; its number in the register EPREL where it is known."""
    best, _dash, worst = energy["scale"].partition("–")
    node: dict[str, Any] = {
        "@type": "Certification",
        "issuedBy": {"@type": "Organization", "name": "European Commission"},
        "name": "EPREL",
        "certificationRating": {
            "@type": "Rating",
            "ratingValue": energy["class"],
            "bestRating": best,
            "worstRating": worst,
        },
    }
    if energy.get("eprel"):
        node["certificationIdentification"] = energy["eprel"]
    return node


def _varies_by(facts: Facts) -> list[str]:
    names = {VARIES_BY.get(one["code"], "additionalProperty"): None for one in facts.options}
    return [f"{offers.SCHEMA}{name}" for name in names] or [f"{offers.SCHEMA}sku"]


def _variant(
    seen: Seen, variant: VariantFacts, shop: terms.Shop, policies: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    facts = seen.facts
    name = ", ".join(filter(None, [facts.product["name"], variant.label]))
    node: dict[str, Any] = {"@type": "Product", "name": name, "url": address(seen.url, variant.sku)}
    node |= _identity(variant) | _chosen(facts, variant)
    node["inProductGroupWithID"] = str(facts.pk)
    if pictures := product_page.gallery(facts, variant):
        node["image"] = _images(pictures[:3], shop)
    return node | _offers(seen, variant, shop, policies)


def address(url: str, sku: str) -> str:
    """The page of a variant."""
    return f"{url}?variant={quote(sku)}"


def _identity(variant: VariantFacts) -> dict[str, Any]:
    gtin = terms.public_gtin(variant.gtin)
    return {"sku": variant.sku} | ({"gtin": gtin} if gtin else {})


def _chosen(facts: Facts, variant: VariantFacts) -> dict[str, Any]:
    """The values of the options: colour and size by their own names, the rest as properties."""
    node: dict[str, Any] = {}
    for option in facts.options:
        wanted = variant.values.get(option["pk"])
        value = next((one["name"] for one in option["values"] if one["pk"] == wanted), "")
        if not value:
            continue
        name = VARIES_BY.get(option["code"])
        if name and name not in node:
            node[name] = value
        else:
            pair = {"@type": "PropertyValue", "name": option["name"], "value": value}
            node.setdefault("additionalProperty", []).append(pair)
    return node


def _images(pictures: Sequence[Mapping[str, Any]], shop: terms.Shop) -> list[str]:
    return [shop.url + one["zoom_url"] for one in pictures]


def _offers(
    seen: Seen, variant: VariantFacts, shop: terms.Shop, policies: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """An offer where there is a price; what is free is no offer to search engines."""
    price, facts = seen.prices.get(variant.pk), seen.facts
    if price is None or not price.gross:
        return {}
    node, referred = offers.offer(
        variant,
        price=price,
        stock=seen.free.get(variant.pk),
        url=address(seen.url, variant.sku) if len(facts.variants) > 1 else seen.url,
        is_digital=facts.is_digital,
        is_returnable=facts.product["has_withdrawal_right"],
        shop=shop,
    )
    policies.update({one["@id"]: one for one in referred})
    return {"offers": node}
