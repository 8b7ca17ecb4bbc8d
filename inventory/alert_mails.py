"""The two mails of an alert, rendered when they are sent: please confirm, and it is back."""

import datetime
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from babel import dates
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone, translation

from catalog import browsing, cards, pricing
from catalog.vat import schemes
from inventory.models import AlertMail, AlertMailKind, StockAlert
from shop import legal
from shop.kit import languages, mail

HEAD_START = datetime.timedelta(hours=24)
_LEGAL_PAGES = ("imprint", "privacy")


def build(row: AlertMail) -> EmailMultiAlternatives:
    """The mail of an outbox row. Both can be ended by one click (RFC 8058)."""
    alert = row.alert
    with translation.override(row.language):
        end_url = _absolute("inventory:alert_end", alert.token)
        context = _goods(alert) | _PARTS[AlertMailKind(row.kind)](alert, row)
        context |= {
            "end_url": end_url,
            "wording": alert.wording,
            "merchant": legal.merchant(),
            "legal_links": [
                {"name": str(one["name"]), "url": urljoin(settings.SITE_URL, one["url"])}
                for one in legal.links()
                if one["slug"] in _LEGAL_PAGES
            ],
        }
    message = mail.message(
        f"inventory/alert_{row.kind}", context, to=row.address, language=row.language
    )
    message.extra_headers["List-Unsubscribe"] = f"<{end_url}>"
    message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


def _goods(alert: StockAlert) -> dict[str, Any]:
    variant, product = alert.variant, alert.variant.product
    name, label = languages.localized(product, "name"), languages.localized(variant, "label")
    picture = browsing.picture_urls([variant.pk], width=320).get(variant.pk, "")
    return {
        "name": f"{name}, {label}" if label else name,
        "summary": languages.localized(product, "summary"),
        "picture": urljoin(settings.SITE_URL, picture) if picture else "",
        "url": f"{settings.SITE_URL}{product.get_absolute_url()}?variant={variant.sku}",
    }


def _confirmation(alert: StockAlert, row: AlertMail) -> dict[str, Any]:
    return {"confirm_url": _absolute("inventory:alert_confirmation", alert.token)}


def _back(alert: StockAlert, row: AlertMail) -> dict[str, Any]:
    """The price is that of the moment when the mail is written."""
    price = pricing.price_of([alert.variant_id], row.created_at).get(alert.variant_id)
    until = timezone.localtime(row.created_at) + HEAD_START
    region = languages.region()
    day = dates.format_date(until.date(), "long", locale=region)
    return {
        "price": cards.price_texts(price, alert.variant, languages.active()) if price else None,
        "is_exempt": schemes.at(row.created_at).is_small_business,
        "until": f"{day}, {dates.format_time(until.time(), 'short', locale=region)}",
    }


def _absolute(name: str, token: str) -> str:
    return urljoin(settings.SITE_URL, reverse(name, args=[token]))


_PARTS: dict[AlertMailKind, Callable[[StockAlert, AlertMail], dict[str, Any]]] = {
    AlertMailKind.CONFIRMATION: _confirmation,
    AlertMailKind.BACK: _back,
}
