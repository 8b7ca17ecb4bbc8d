"""What the page of the cart shows, put together from lines, quote and what was seen before."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from checkout import cart_cookie, cart_items, delivery, placing, presenting
from checkout.cart import changes, sharing, words
from checkout.forms import CouponForm
from checkout.models import AsideKind, AsideLine, Cart, CartLine
from checkout.promotions import showing
from checkout.quoting import Item
from checkout.sending import fees
from discovery import sharing as ways
from orders import payments
from shop import chrome
from shop.kit import clock, countries, languages, pages

TEMPLATE = "checkout/cart.html"


def answer(
    request: HttpRequest, cart: Cart | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page, or the part that was asked for; a country that was chosen is remembered."""
    response = pages.answer(request, TEMPLATE, context(request, cart, **more), status=status)
    chosen = request.GET.get("country", "")
    if countries.is_known(chosen):
        cart_cookie.remember_country(response, chosen)
    return response


def changed(request: HttpRequest, cart: Cart | None, **more: Any) -> HttpResponse:
    """After a change: the part that was asked for, else the page again."""
    if pages.is_fragment(request):
        return answer(request, cart, **more)
    return redirect("checkout:cart")


def note_as_seen(request: HttpRequest, cart: Cart) -> bool:
    """Take what the page showed for seen, if everything is still like that. Returns whether."""
    shown = request.POST.get("seen", "")
    if not shown:
        return False
    lines = cart_items.lines_of(cart)
    return changes.acknowledge(lines, _priced(lines), shown=shown)


def _priced(lines: Sequence[cart_items.AnyLine]) -> list[Item]:
    return cart_items.priced(lines, moment=clock.now(), currency=settings.CURRENCY)


def context(
    request: HttpRequest,
    cart: Cart | None,
    *,
    wrong_line: int = 0,
    problem: str = "",
    coupon_form: CouponForm | None = None,
) -> dict[str, Any]:
    """`problem` is told in the summary of errors, and at the line `wrong_line` if there is one.

    `coupon_form` is what was typed into the coupon field, if it was refused.
    """
    rules = chrome.delivery_rules(chrome.content_version(request), languages.active())
    served = delivery.countries(rules)
    base = {
        "page": chrome.page(request, title=_("Cart"), robots="noindex"),
        "payment_methods": [method.name for method in payments.methods()],
        "payment_hints": [method.hint for method in payments.methods()],
        "delivery_countries_text": ", ".join(map(countries.name_of, served)),
        "checkout_url": reverse("checkout:checkout"),
        "payment_url": reverse("legal", args=["payment"]),
        "errors": _errors(wrong_line, problem, coupon_form),
    }
    if cart is None:
        return base | {"lines": []}
    lines = cart_items.lines_of(cart)
    may_be_more = cart.has_aside or request.method == "POST"  # this very change put it there
    beside = cart_items.beside(cart) if may_be_more else []
    items = _priced([*lines, *beside])
    own, others = items[: len(lines)], items[len(lines) :]
    country = chosen_country(request, cart, served)
    prepared = placing.prepare(
        cart, moment=clock.now(), country=country, delivery_rules=rules, priced=own
    )
    news = changes.of(lines, own)
    return (
        base
        | _goods(prepared, wrong_line=wrong_line, problem=problem)
        | _beside(beside, others, prepared.quote.currency)
        | {
            "coupons": showing.block(
                cart, prepared.outcome, delivery_names={one.code: one.name for one in rules}
            ),
            "coupon_form": coupon_form or CouponForm(),
            "changes": [words.change(one, prepared.quote.currency) for one in news],
            "seen": changes.digest(own),
            "seen_url": reverse("checkout:cart_seen"),
            "estimate": _estimate(prepared, country, served),
            "share": _share(lines),
        }
    )


def _errors(wrong_line: int, problem: str, coupon_form: CouponForm | None) -> list[dict[str, str]]:
    if coupon_form is not None:
        field = coupon_form["code"]
        return [{"field_id": field.auto_id, "text": str(text)} for text in field.errors]
    field_id = f"quantity-{wrong_line}" if wrong_line else ""
    return [{"field_id": field_id, "text": problem}] if problem else []


def _goods(prepared: placing.Prepared, *, wrong_line: int, problem: str) -> dict[str, Any]:
    quote, offers = prepared.quote, placing.charged_offers(prepared)
    return {
        "lines": [
            presenting.cart_line(
                line, quote.currency, problem=problem if line.item.line_id == wrong_line else ""
            )
            for line in quote.lines
        ],
        "totals": presenting.totals(quote, offers=offers),
        "free_shipping": presenting.free_shipping(offers, quote),
        "needs_shipping": quote.needs_shipping,
        "can_checkout": not quote.short_lines,
        "cart_count": str(sum(line.item.quantity for line in quote.lines) or ""),
    }


def _beside(beside: Sequence[AsideLine], items: Sequence[Item], currency: str) -> dict[str, Any]:
    pairs = list(zip(beside, items, strict=True))
    removed = next((one for one in pairs if one[0].kind != AsideKind.SAVED), None)
    return {
        "saved": [
            words.saved(item, currency) for line, item in pairs if line.kind == AsideKind.SAVED
        ],
        "removed": words.removed(*removed) if removed else None,
    }


def chosen_country(request: HttpRequest, cart: Cart, served: Sequence[str]) -> str:
    """Where to: as chosen on this page, now or before, else as typed at the checkout, else home."""
    wishes = (
        request.GET.get("country", ""),
        cart_cookie.remembered_country(request),
        str(cart.contact.get("country", "")),
    )
    return next((one for one in wishes if one in served), settings.COUNTRY)


def _estimate(
    prepared: placing.Prepared, country: str, served: Sequence[str]
) -> dict[str, Any] | None:
    """What the delivery would cost and when it would arrive; nothing for downloads alone."""
    if not prepared.quote.needs_shipping or not prepared.quote.lines:
        return None
    return {
        "url": reverse("checkout:cart"),
        "countries": [
            {"code": code, "name": countries.name_of(code), "is_selected": code == country}
            for code in served
        ],
        "country_name": countries.name_of(country),
        "options": presenting.delivery_options(
            placing.charged_offers(prepared), "", prepared.quote.currency
        ),
        "problem": prepared.outlook.problem,
        "refused": [
            {"name": languages.localized(one.method, "name"), "reason": one.text}
            for one in prepared.outlook.refused
            if one.reason != fees.Reason.NOT_THERE
        ],
    }


def _share(lines: Sequence[CartLine]) -> dict[str, str] | None:
    if not lines:
        return None
    path = reverse("checkout:shared_cart", args=[sharing.token(lines)])
    return ways.links(settings.SITE_URL + path, _("A cart at %(shop)s") % {"shop": chrome.NAME})
