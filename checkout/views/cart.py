"""The cart: shown, filled, changed."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from checkout import cart_cookie, carts, delivery, placing, presenting
from checkout.cart import aside
from checkout.forms import CartLineForm, QuantityForm
from checkout.models import Cart
from checkout.views import cart_page, guards
from shop import chrome
from shop.kit import clock, ids, languages, pages


@require_safe
def cart_detail(request: HttpRequest) -> HttpResponse:
    """What lies in the cart, at today's prices and stock."""
    return cart_page.answer(request, cart_cookie.current(request))


@require_POST
def cart_seen(request: HttpRequest) -> HttpResponse:
    """The shopper has understood what changed; what changed since then is told anew."""
    cart = cart_cookie.current(request)
    if cart is not None:
        cart_page.note_as_seen(request, cart)
    return cart_page.changed(request, cart)


@require_POST
def line_create(request: HttpRequest) -> HttpResponse:
    """Put a variant into the cart."""
    form = CartLineForm(request.POST)
    if not form.is_valid():
        return _refused(request, _first_error(form), status=422)
    moment, choice = clock.now(), form.cleaned_data
    cart = cart_cookie.current_or_new(request, moment)
    try:
        carts.add(cart, **choice, moment=moment)
    except carts.CartProblem as problem:
        return _refused(request, problem.message, status=409)
    return cart_cookie.keep(_added(request, cart, choice), cart)


@require_POST
@guards.of_line
def line_quantity(request: HttpRequest, cart: Cart, pk: int) -> HttpResponse:
    """Change how many pieces a line asks for."""
    form = QuantityForm(request.POST)
    if not form.is_valid():
        return cart_page.answer(
            request, cart, wrong_line=pk, problem=_first_error(form), status=422
        )
    try:
        carts.set_quantity(cart, pk, quantity=form.cleaned_data["quantity"], moment=clock.now())
    except carts.CartProblem as problem:
        return cart_page.answer(request, cart, wrong_line=pk, problem=problem.message, status=409)
    return cart_page.changed(request, cart)


@require_POST
@guards.of_line
def line_removal(request: HttpRequest, cart: Cart, pk: int) -> HttpResponse:
    """Take a line out of the cart; the page offers to put it back."""
    with suppress(carts.Ordered):  # the cart page tells that there is nothing in it any more
        aside.remove(cart, pk, moment=clock.now())
    return cart_page.changed(request, cart)


def _first_error(form: QuantityForm) -> str:
    return str(next(iter(form.errors.values()))[0])


def _added(request: HttpRequest, cart: Cart, choice: dict[str, Any]) -> HttpResponse:
    """A short note when the page asked for one, else the cart."""
    if not pages.is_fragment(request):
        return cart_page.changed(request, cart)
    rules = chrome.delivery_rules(chrome.content_version(request), languages.active())
    country = cart_page.chosen_country(request, cart, delivery.countries(rules))
    prepared = placing.prepare(cart, moment=clock.now(), country=country, delivery_rules=rules)
    quote = prepared.quote
    free = presenting.free_shipping(placing.charged_offers(prepared), quote)
    context = {
        "name": str(choice["variant"].product),
        "quantity": str(choice["quantity"]),
        "subtotal": presenting.amount(quote.goods_gross, quote.currency),
        "free_text": free["text"] if free else "",
        "count": str(sum(line.item.quantity for line in quote.lines)),
        "cart_url": reverse("checkout:cart"),
        "add_key": ids.form_key(),
    }
    return render(request, "components/cart_added.html", context)


def _refused(request: HttpRequest, problem: str, *, status: int) -> HttpResponse:
    """Say at the cart what was wrong; the product stays out of it."""
    if pages.is_fragment(request):
        context = {"errors": [{"text": problem}]}
        return render(request, "components/cart_refused.html", context, status=status)
    return cart_page.answer(request, cart_cookie.current(request), problem=problem, status=status)
