"""What a product page says beside the product: to this visitor, and of this very moment."""

import datetime
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts import humans
from accounts.models import Customer
from catalog import product_facts
from catalog.law import consignments
from checkout import delivery
from discovery import sharing
from discovery.wishlists import cookie, hearts
from inventory import availability
from inventory.alerts import subscribing
from inventory.forms import AlertForm
from orders import receipts
from shop import chrome
from shop.kit import ids, languages


def by_visitor(
    request: HttpRequest,
    facts: product_facts.Facts,
    variant: product_facts.VariantFacts,
    *,
    is_sold_out: bool,
) -> dict[str, Any]:
    """What differs from visitor to visitor, and how to tell others of this variant."""
    address = f"{request.path}?variant={variant.sku}"
    return {
        "add_key": ids.form_key(),
        "heart": hearts.of_variant(facts.pk, variant.pk, cookie.wished(request)),
        "address": address,
        "alert": _alert(request, facts, variant) if is_sold_out and variant.pk else None,
        "share": sharing.links(settings.SITE_URL + address, facts.product["name"]),
    }


def _alert(
    request: HttpRequest, facts: product_facts.Facts, variant: product_facts.VariantFacts
) -> dict[str, Any]:
    """Asks for an address, to be told when this variant is back; customers need not type theirs."""
    email = request.user.email if isinstance(request.user, Customer) else ""
    return {
        "url": reverse("inventory:alert_create"),
        "variant": str(variant.pk),
        "email": email,
        "wording": subscribing.wording(facts.product["name"], variant.label),
        "privacy_url": reverse("legal", args=["privacy"]),
        "trap": humans.trap(AlertForm(initial={"email": email})),
    }


def arrival(
    request: HttpRequest, moment: datetime.datetime
) -> Callable[[consignments.Consignment, availability.Availability], str]:
    """Says from when until when the cheapest way within the country brings it, ordered now."""
    rules = chrome.delivery_rules(chrome.content_version(request), languages.active())

    def words(sent: consignments.Consignment, stock: availability.Availability) -> str:
        days = delivery.arrival_of_cheapest(
            rules,
            sent,
            lead_days=stock.lead_days,
            expected_on=stock.awaited_until(1),
            moment=moment,
        )
        return receipts.window(*days) if days else ""

    return words
