"""JSON-LD of the pages: what search engines read beside the words (schema.org).

Made when the head of a page is rendered, never for a part of a page.
"""

import functools
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse

from catalog.law import consignments
from catalog.machines import offers, structured, terms
from checkout import delivery
from shop import chrome, legal
from shop.kit import languages

CONTEXT = "https://schema.org"
Graph = dict[str, Any]


def of_home(request: HttpRequest) -> Callable[[], Graph]:
    """The shop itself: who sells, where to ask, how goods come back."""
    return lambda: _graph([_store(shop_of(request))])


def of_ways(ways: Sequence[dict[str, str]]) -> Callable[[], Graph]:
    """The way to a page, as its breadcrumbs show it."""
    return lambda: _graph(structured.breadcrumbs(ways, site_url=settings.SITE_URL))


def of_product(
    request: HttpRequest, seen: structured.Seen, ways: Sequence[dict[str, str]]
) -> Callable[[], Graph]:
    """A product with its variants and their offers, and the way to it."""

    def graph() -> Graph:
        nodes = structured.product(seen, shop_of(request))
        return _graph([*nodes, *structured.breadcrumbs(ways, site_url=settings.SITE_URL)])

    return graph


def shop_of(request: HttpRequest) -> terms.Shop:
    """The terms of this shop as machines are told them."""
    return terms_in(chrome.content_version(request), languages.active())


@functools.lru_cache(maxsize=4)
def terms_in(version: int, language: str) -> terms.Shop:
    """The terms of this content version; `language` is the active one."""
    rules = chrome.delivery_rules(version, language)
    return terms.Shop(
        url=settings.SITE_URL,
        name=chrome.NAME,
        country=settings.COUNTRY,
        countries=tuple(delivery.countries(rules)),
        withdrawal_url=settings.SITE_URL + reverse("legal", args=["withdrawal"]),
        shipping=functools.lru_cache(maxsize=512)(lambda sent: delivery_terms(rules, sent)),
    )


def delivery_terms(rules: delivery.Rules, sent: consignments.Consignment) -> list[terms.Shipping]:
    """The cheapest way to each country, as the checkout would ask it for these goods alone."""
    by_country = delivery.cheapest(rules, sent)
    return [
        terms.Shipping(
            code=way.method.code,
            name=languages.localized(way.method, "name"),
            countries=tuple(code for code, chosen in by_country.items() if chosen == way),
            gross=way.gross,
            currency=settings.CURRENCY,
            min_days=way.days[0],
            max_days=way.days[1],
        )
        for way in dict.fromkeys(by_country.values())
    ]


def _graph(nodes: list[dict[str, Any]]) -> Graph:
    return {"@context": CONTEXT, "@graph": nodes} if nodes else {}


def _store(shop: terms.Shop) -> dict[str, Any]:
    """Facts about the merchant that nobody has set are left out, never guessed."""
    merchant = legal.merchant()
    node: dict[str, Any] = {
        "@type": "OnlineStore",
        "@id": f"{shop.url}/#shop",
        "name": shop.name,
        "url": settings.SITE_URL + reverse("home"),
        "logo": settings.SITE_URL + static("img/icon-512.png"),
        "hasMerchantReturnPolicy": offers.returns(shop),
    }
    facts = {
        "legalName": _known(merchant.name),
        "vatID": _known(merchant.vat_id),
        "email": _known(merchant.email),
        "telephone": _known(merchant.phone),
    }
    address = {
        "streetAddress": _known(merchant.street),
        "postalCode": _known(merchant.postcode),
        "addressLocality": _known(merchant.city),
    }
    if all(address.values()):
        country = {"addressCountry": settings.COUNTRY}
        node["address"] = {"@type": "PostalAddress", **address, **country}
    ways = {name: facts[name] for name in ("email", "telephone") if facts[name]}
    if ways:
        spoken = {"contactType": "customer service", "availableLanguage": languages.codes()}
        node["contactPoint"] = {"@type": "ContactPoint", **ways, **spoken}
    return node | {name: value for name, value in facts.items() if value}


def _known(value: str) -> str:
    return "" if value.startswith("[[") else value
