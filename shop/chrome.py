"""What every page shows around its content: menu, footer, cart count, languages.

Menu and footer are rendered once per content version and language and kept in the memory of the
process; a page costs one statement for the version and one for the cart, if there is one.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog import categories
from catalog.collections import showing
from catalog.vat import schemes
from checkout import cart_cookie, carts, delivery
from discovery.wishlists import cookie as wishlist_cookie
from discovery.wishlists import hearts
from orders import payments
from shop.kit import clock, languages, pages

NAME = "Kontor"
THEMES = ("light", "dark")
_OG_LOCALES = {"de": "de_DE", "en": "en_GB"}


def context(request: HttpRequest) -> dict[str, Any]:
    """The context processor of all pages."""
    language = languages.active()
    version = content_version(request)
    shared = _shared(version, language)
    return {
        "shop": shared["shop"],
        "urls": shared["urls"],
        "menu_html": shared["menu_html"],
        "footer_html": shared["footer_html"],
        "shipping_url": shared["shipping_url"],
        "is_exempt": is_exempt(request),
        # Lazy: the cart's own page knows the number already.
        "cart_count": SimpleLazyObject(lambda: cart_count(request)),
        "wish_count": SimpleLazyObject(lambda: hearts.count(wishlist_cookie.wished(request))),
        "languages": _languages(request, language),
        "theme": theme_of(request),
        "is_demo": settings.DEMO,
        "search_query": request.GET.get("q", "")[:100],
    }


def content_version(request: HttpRequest) -> int:
    """The version of the content, read once per request."""
    if not hasattr(request, "_content_version"):
        request._content_version = categories.version()  # type: ignore[attr-defined]
    return request._content_version  # type: ignore[attr-defined]


def is_exempt(request: HttpRequest) -> bool:
    """Is the shop a small business, so that no VAT is told beside a price (§ 19 UStG)?"""
    return schemes.is_small_in(content_version(request))


def delivery_days(request: HttpRequest) -> tuple[int, int]:
    """Working days that the standard delivery takes, at least and at most."""
    days: tuple[int, int] = _shared(content_version(request), languages.active())["delivery_days"]
    return days


def delivery_rules(version: int, language: str) -> delivery.Rules:
    """The ways of delivery on offer in this content version."""
    rules: delivery.Rules = _shared(version, language)["delivery_rules"]
    return rules


def theme_of(request: HttpRequest) -> str:
    """The look that the visitor chose; empty: as the device says."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else ""


def cart_count(request: HttpRequest) -> str:
    """The pieces in the visitor's cart as text, empty for none. Never those of somebody else."""
    token = request.COOKIES.get(cart_cookie.COOKIE, "")
    if not token:
        return ""
    found = carts.count(token)
    if found.customer_id is not None and found.customer_id != request.user.pk:
        return ""
    return str(found.pieces) if found.pieces else ""


def page(
    request: HttpRequest,
    *,
    title: str,
    description: str = "",
    robots: str = "",
    query: str = "",
    og: dict[str, str] | None = None,
    structured: Callable[[], dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """The head of a page: title, canonical address, the same page in other languages.

    `og` says more to those who show a link with a picture; an empty `title` is the home page's.
    `structured` makes the JSON-LD of the page, once its head is rendered.
    """
    path = request.path
    alternates = [
        {"lang": code, "url": f"{settings.SITE_URL}/{code}{path[3:]}{query}"}
        for code in languages.codes()
    ]
    url = f"{settings.SITE_URL}{path}{query}"
    return {
        "title": title,
        "description": description,
        "robots": robots,
        "canonical_url": url,
        "alternates": [] if robots else alternates,
        "og": {
            "og:site_name": NAME,
            "og:type": "website",
            "og:title": title or f"{NAME} · {claim()}",
            "og:url": url,
            **_og_locales(),
            **{name: text for name, text in (og or {}).items() if text},
        },
        "card": "summary_large_image" if og and og.get("og:image") else "summary",
        "structured": structured,
    }


def _og_locales() -> dict[str, str]:
    """This page's language and the other one, as Open Graph writes them."""
    other = next(code for code in _OG_LOCALES if code != languages.active())
    return {
        "og:locale": _OG_LOCALES[languages.active()],
        "og:locale:alternate": _OG_LOCALES[other],
    }


def claim() -> str:
    """What the shop says of itself in one line."""
    return _("Good things from the harbour")


def _languages(request: HttpRequest, language: str) -> list[dict[str, Any]]:
    path = request.get_full_path()
    has_prefix = languages.of_path(path) == path[1:3] and path[3:4] == "/"
    return [
        {
            "code": code,
            "name": translation.get_language_info(code)["name_local"].capitalize(),
            "url": f"/{code}{path[3:]}" if has_prefix else f"/{code}/",
            "is_current": code == language,
        }
        for code in languages.codes()
    ]


@functools.lru_cache(maxsize=8)
def _shared(version: int, language: str) -> dict[str, Any]:
    with translation.override(language):
        shop = {"name": NAME, "claim": claim()}
        shop["favicon_url"] = static("img/favicon.svg")
        shop["manifest_url"], shop["news_url"] = reverse("manifest"), reverse("news")
        shop["touch_icon_url"] = static("img/icon-192.png")
        rules = delivery.rules()
        standard = next(iter(rules.shipped), None)
        return {
            "shop": shop,
            "urls": {
                "home": reverse("home"),
                "search": reverse("catalog:search"),
                "account": reverse("account"),
                "cart": reverse("checkout:cart"),
                "wishlist": reverse("discovery:wishlist"),
                "recent": reverse("discovery:recent"),
                "theme": reverse("theme"),
            },
            "menu_html": _menu(version, language),
            "footer_html": _footer(shop, is_exempt=schemes.is_small_in(version)),
            "shipping_url": reverse("legal", args=["shipping"]),
            "delivery_rules": rules,
            "delivery_days": (standard.min_days, standard.max_days) if standard else (2, 4),
        }


def _menu(version: int, language: str) -> SafeString:
    tree = categories.tree(version, language)
    entries = [
        {
            "name": node.name,
            "url": node.url,
            "children": [
                {"name": child.name, "url": child.url} for child in tree.children(node.path)
            ],
        }
        for node in tree.children("")
    ]
    # Which are open is looked at again when the version of the content changes: see catalog.jobs.
    collections = showing.all_of(version, language, moment=clock.now())
    entries += [
        {"name": one.name, "url": one.url, "children": []} for one in collections if one.is_in_menu
    ]
    return pages.tight(render_to_string("components/menu.html", {"categories": entries}))


def _footer(shop: dict[str, str], *, is_exempt: bool) -> SafeString:
    def links(*pairs: tuple[str, str]) -> list[dict[str, str]]:
        return [{"name": name, "url": reverse("legal", args=[slug])} for slug, name in pairs]

    groups = [
        {
            "title": _("Service"),
            "links": [
                {"name": _("Contact"), "url": reverse("support:contact")},
                *links(
                    ("shipping", _("Shipping and delivery")),
                    ("payment", _("Payment methods")),
                    ("guarantee", _("Guarantee")),
                    ("reviews", _("Reviews")),
                    ("batteries-packaging", _("Batteries and packaging")),
                ),
            ],
        },
        {
            "title": _("Legal"),
            "links": links(
                ("imprint", _("Imprint")),
                ("privacy", _("Privacy")),
                ("terms", _("Terms and conditions")),
                ("withdrawal", _("Right of withdrawal")),
                ("accessibility", _("Accessibility")),
            ),
        },
    ]
    note = _("All prices include VAT, plus shipping.")
    if is_exempt:
        note = _("Small business: no VAT is charged (§ 19 UStG). Plus shipping.")
    context = {
        "shop": shop,
        "groups": groups,
        "withdrawal_url": reverse("withdraw"),
        "payments": [method.name for method in payments.methods()],
        "legal_note": note,
    }
    return pages.tight(render_to_string("components/footer.html", context))
