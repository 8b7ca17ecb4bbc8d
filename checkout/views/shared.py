"""A cart that somebody shares by a link: looked at, and taken over."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from checkout import cart_cookie, cart_items, carts, presenting
from checkout.cart import sharing, words
from checkout.models import CartLine
from shop import chrome
from shop.kit import clock


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def shared_cart(request: HttpRequest, token: str) -> HttpResponse:
    """What the link names at today's prices; its button puts all of it into the visitor's cart."""
    try:
        lines = cart_items.for_nobody(sharing.wanted(token))
    except sharing.Unknown:
        raise Http404 from None
    if request.method == "POST":
        return _taken(request, lines)
    response = render(request, "checkout/shared_cart.html", _context(request, lines, token))
    response["Referrer-Policy"] = "same-origin"
    return response


def _taken(request: HttpRequest, lines: list[CartLine]) -> HttpResponse:
    moment = clock.now()
    cart = cart_cookie.current_or_new(request, moment)
    try:
        problems = sharing.take(cart, lines, moment=moment)
    except carts.Ordered as problem:
        problems = [problem.message]
    for text in problems:
        messages.warning(request, text)
    return cart_cookie.keep(redirect("checkout:cart"), cart)


def _context(request: HttpRequest, lines: list[CartLine], token: str) -> dict[str, Any]:
    currency = settings.CURRENCY
    items = cart_items.priced(lines, moment=clock.now(), currency=currency)
    needing_words = {line.pk for line in lines if sharing.needs_words(line)}
    goods = [
        words.goods(item, currency) | {"needs_words": item.line_id in needing_words}
        for item in items
    ]
    total = sum((one.gross for one in items if not one.is_short), Decimal("0.00"))
    return {
        "page": chrome.page(request, title=_("A shared cart"), robots="noindex, nofollow"),
        "goods": goods,
        "total_text": presenting.amount(total, currency),
        "can_be_taken": any(one["can_be_had"] and not one["needs_words"] for one in goods),
        "take_url": reverse("checkout:shared_cart", args=[token]),
    }
