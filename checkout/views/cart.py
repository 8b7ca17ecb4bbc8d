"""The cart: shown, filled, changed."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from checkout import cart_cookie, carts, delivery, placing, presenting
from checkout.forms import CartLineForm, QuantityForm
from checkout.models import Cart, CartLine
from orders import payments
from shop import chrome
from shop.kit import clock, countries, languages, pages

TEMPLATE = "checkout/cart.html"


@require_safe
def cart_detail(request: HttpRequest) -> HttpResponse:
    """What lies in the cart, at today's prices and stock."""
    cart = cart_cookie.current(request)
    return pages.answer(request, TEMPLATE, _context(request, cart))


@require_POST
def line_create(request: HttpRequest) -> HttpResponse:
    """Put a variant into the cart."""
    form = CartLineForm(request.POST)
    if not form.is_valid():
        return _refused(request, form, _first_error(form), status=422)
    moment, choice = clock.now(), form.cleaned_data
    cart = cart_cookie.current_or_new(request, moment)
    quantity, engraving = choice["quantity"], choice["engraving"]
    try:
        carts.add(cart, choice["variant"], quantity=quantity, engraving=engraving, moment=moment)
    except carts.CartProblem as problem:
        return _refused(request, form, problem.message, status=409)
    return cart_cookie.keep(_added(request, cart, choice), cart)


def _of_cart(view: Callable[[HttpRequest, Cart, int], HttpResponse]) -> Callable[..., HttpResponse]:
    """With the visitor's cart, if the line is in it; lines of other carts do not exist for them."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int) -> HttpResponse:
        cart = cart_cookie.current(request)
        if cart is None or not CartLine.objects.filter(cart=cart, pk=pk).exists():
            raise Http404
        try:
            return view(request, cart, pk)
        except CartLine.DoesNotExist:  # removed in another window at this very moment
            raise Http404 from None

    return guarded


@require_POST
@_of_cart
def line_quantity(request: HttpRequest, cart: Cart, pk: int) -> HttpResponse:
    """Change how many pieces a line asks for."""
    form = QuantityForm(request.POST)
    if not form.is_valid():
        context = _context(request, cart, wrong_line=pk, problem=_first_error(form))
        return pages.answer(request, TEMPLATE, context, status=422)
    try:
        carts.set_quantity(cart, pk, quantity=form.cleaned_data["quantity"], moment=clock.now())
    except carts.CartProblem as problem:
        context = _context(request, cart, wrong_line=pk, problem=problem.message)
        return pages.answer(request, TEMPLATE, context, status=409)
    return _changed(request, cart)


@require_POST
@_of_cart
def line_removal(request: HttpRequest, cart: Cart, pk: int) -> HttpResponse:
    """Take a line out of the cart."""
    with suppress(carts.Ordered):  # the cart page tells that there is nothing in it any more
        carts.remove(cart, pk, moment=clock.now())
    return _changed(request, cart)


def _first_error(form: QuantityForm) -> str:
    return str(next(iter(form.errors.values()))[0])


def _changed(request: HttpRequest, cart: Cart) -> HttpResponse:
    if pages.is_fragment(request):
        return pages.answer(request, TEMPLATE, _context(request, cart))
    return redirect("checkout:cart")


def _added(request: HttpRequest, cart: Cart, choice: dict[str, Any]) -> HttpResponse:
    """A short note when the page asked for one, else the cart."""
    if not pages.is_fragment(request):
        return redirect("checkout:cart")
    quote = placing.prepare(cart, moment=clock.now()).quote
    context = {
        "name": str(choice["variant"].product),
        "quantity": str(choice["quantity"]),
        "subtotal": presenting.amount(quote.goods_gross, quote.currency),
        "count": str(sum(line.item.quantity for line in quote.lines)),
        "cart_url": reverse("checkout:cart"),
    }
    return render(request, "components/cart_added.html", context)


def _refused(
    request: HttpRequest, form: CartLineForm, problem: str, *, status: int
) -> HttpResponse:
    """Say at the cart what was wrong; the product stays out of it."""
    cart = cart_cookie.current(request)
    context = _context(request, cart)
    context["errors"] = [{"field_id": "", "text": problem}]
    if pages.is_fragment(request):
        return render(request, "components/cart_refused.html", context, status=status)
    return render(request, TEMPLATE, context, status=status)


def _context(
    request: HttpRequest, cart: Cart | None, *, wrong_line: int = 0, problem: str = ""
) -> dict[str, Any]:
    rules = chrome.delivery_rules(chrome.content_version(request), languages.active())
    base = {
        "page": chrome.page(request, title=_("Cart"), robots="noindex"),
        "payment_methods": [method.name for method in payments.methods()],
        "payment_hints": [method.hint for method in payments.methods()],
        "delivery_countries_text": ", ".join(map(countries.name_of, delivery.countries(rules))),
        "checkout_url": reverse("checkout:checkout"),
        "payment_url": reverse("legal", args=["payment"]),
        "errors": [{"field_id": f"quantity-{wrong_line}", "text": problem}] if problem else [],
    }
    if cart is None:
        return base | {"lines": []}
    prepared = placing.prepare(cart, moment=clock.now(), delivery_rules=rules)
    quote, offers = prepared.quote, placing.charged_offers(prepared)
    return base | {
        "lines": [
            presenting.cart_line(
                line, quote.currency, problem=problem if line.item.line_id == wrong_line else ""
            )
            for line in quote.lines
        ],
        "totals": presenting.totals(quote, offers=offers),
        "free_shipping_text": presenting.free_shipping(offers, quote.currency),
        "needs_shipping": quote.needs_shipping,
        "can_checkout": not quote.short_lines,
        "cart_count": str(sum(line.item.quantity for line in quote.lines) or ""),
    }
