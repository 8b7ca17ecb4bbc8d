"""JSON-LD of an offer: price, base price and struck price, stock, parcels, and the way back."""

import dataclasses
import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from catalog import pricing
from catalog.law import consignments
from catalog.machines import terms
from catalog.product_facts import VariantFacts
from catalog.storefront import product_page

SCHEMA = "https://schema.org/"
AVAILABILITY = {
    "in_stock": "InStock",
    "low": "InStock",
    "digital": "InStock",
    "made_to_order": "MadeToOrder",
    "backorder": "BackOrder",
    "preorder": "PreOrder",
    "sold_out": "OutOfStock",
}
# UN/CEFACT codes of the units of content, and of what base prices are per.
_UNITS = {"g": "GRM", "ml": "MLT", "m": "MTR"}
_BASES = {"kg": "KGM", "l": "LTR", "m": "MTR"}
CUT_OFF_DAYS = 1  # What is ordered in the evening leaves the next working day.


def offer(
    variant: VariantFacts,
    *,
    price: pricing.CurrentPrice,
    stock: Any | None,
    url: str,
    is_digital: bool,
    is_returnable: bool,
    shop: terms.Shop,
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The offer of a variant, and the nodes that it refers to: parcels, policy of returns."""
    kind = product_page.availability_kind(stock, is_digital=is_digital)
    policy = returns(shop) if is_returnable else no_returns(shop)
    node: dict[str, Any] = {
        "@type": "Offer",
        "url": url,
        "price": terms.amount(price.gross),
        "priceCurrency": price.currency,
        "availability": SCHEMA + AVAILABILITY[kind],
        "itemCondition": f"{SCHEMA}NewCondition",
        "seller": {"@id": f"{shop.url}/#shop"},
        "priceSpecification": _specifications(price, variant),
        "hasMerchantReturnPolicy": {"@id": policy["@id"]},
    }
    if price.until:
        node["priceValidUntil"] = last_day(price.until).isoformat()
    if is_digital:
        return node, [policy]
    sent = dataclasses.replace(variant.sent, goods_gross=price.gross)
    expected_on = stock.awaited_until(1) if stock else None
    if expected_on:
        node["availabilityStarts"] = expected_on.isoformat()
    parcels = _parcels(
        shop, sent, lead_days=stock.lead_days if stock else 0, is_awaited=bool(expected_on)
    )
    node["shippingDetails"] = [{"@id": one["@id"]} for one in parcels]
    return node, [policy, *parcels]


def last_day(until: datetime.datetime) -> datetime.date:
    """The last day, where the shop is, on which something holds that ends at `until`."""
    return (
        (until - datetime.timedelta(microseconds=1)).astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    )


def _specifications(price: pricing.CurrentPrice, variant: VariantFacts) -> list[dict[str, Any]]:
    """The price with the content that it is for (base price); the 30-day lowest, struck through."""
    asked: dict[str, Any] = {
        "@type": "UnitPriceSpecification",
        "price": terms.amount(price.gross),
        "priceCurrency": price.currency,
        "valueAddedTaxIncluded": True,
    }
    base = pricing.base_price(price.gross, variant.content_amount, variant.content_unit)
    if base and variant.content_unit in _UNITS and base[1] in _BASES:
        asked["referenceQuantity"] = {
            "@type": "QuantitativeValue",
            "value": plain(variant.content_amount),
            "unitCode": _UNITS[variant.content_unit],
            "valueReference": {
                "@type": "QuantitativeValue",
                "value": "1",
                "unitCode": _BASES[base[1]],
            },
        }
    if price.before is None:
        return [asked]
    struck = {
        "@type": "UnitPriceSpecification",
        "priceType": f"{SCHEMA}StrikethroughPrice",
        "price": terms.amount(price.before),
        "priceCurrency": price.currency,
        "valueAddedTaxIncluded": True,
    }
    return [asked, struck]


def plain(number: Any) -> str:
    """A quantity without needless digits: `250`, `0.75`."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _parcels(
    shop: terms.Shop, sent: consignments.Consignment, *, lead_days: int, is_awaited: bool
) -> list[dict[str, Any]]:
    def days(least: int, most: int) -> dict[str, Any]:
        bounds = {"minValue": least, "maxValue": most}
        return {"@type": "QuantitativeValue", **bounds, "unitCode": "DAY"}

    def times(one: terms.Shipping) -> dict[str, Any]:
        """Days from the order on; of awaited goods the offer says the day on which they come."""
        return {
            "deliveryTime": {
                "@type": "ShippingDeliveryTime",
                "handlingTime": days(lead_days, lead_days + CUT_OFF_DAYS),
                "transitTime": days(one.min_days, one.max_days),
            }
        }

    ending = "-awaited" if is_awaited else ""
    return [
        {
            "@type": "OfferShippingDetails",
            "@id": f"{shop.url}/#parcel-{one.code}-{terms.amount(one.gross)}-{lead_days}{ending}",
            "shippingRate": {
                "@type": "MonetaryAmount",
                "value": terms.amount(one.gross),
                "currency": one.currency,
            },
            "shippingDestination": [
                {"@type": "DefinedRegion", "addressCountry": code} for code in one.countries
            ],
            **({} if is_awaited else times(one)),
        }
        for one in shop.shipping(sent)
    ]


def returns(shop: terms.Shop) -> dict[str, Any]:
    """The right of withdrawal (§§ 312g, 355 BGB), in schema.org's words."""
    return {
        "@type": "MerchantReturnPolicy",
        "@id": f"{shop.url}/#returns",
        "applicableCountry": list(shop.countries) or [shop.country],
        "returnPolicyCountry": shop.country,
        "returnPolicyCategory": f"{SCHEMA}MerchantReturnFiniteReturnWindow",
        "merchantReturnDays": terms.WITHDRAWAL_DAYS,
        "merchantReturnLink": shop.withdrawal_url,
        "returnMethod": f"{SCHEMA}ReturnByMail",
        "returnFees": f"{SCHEMA}ReturnFeesCustomerResponsibility",
        "refundType": f"{SCHEMA}FullRefund",
    }


def no_returns(shop: terms.Shop) -> dict[str, Any]:
    """For goods that cannot be withdrawn from (§ 312g (2) BGB)."""
    return {
        "@type": "MerchantReturnPolicy",
        "@id": f"{shop.url}/#no-returns",
        "applicableCountry": list(shop.countries) or [shop.country],
        "returnPolicyCategory": f"{SCHEMA}MerchantReturnNotPermitted",
        "merchantReturnLink": shop.withdrawal_url,
    }
