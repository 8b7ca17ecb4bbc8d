"""Beside the cart: saved for later, moved back, removed, and a removal undone."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from checkout import carts
from checkout.cart import aside
from checkout.models import Cart
from checkout.views import cart_page, guards
from shop.kit import clock


@require_POST
@guards.of_line
def line_saving(request: HttpRequest, cart: Cart, pk: int) -> HttpResponse:
    """Lay a line of the cart aside for later."""
    try:
        aside.save_for_later(cart, pk, moment=clock.now())
    except carts.CartProblem as problem:
        return cart_page.answer(request, cart, problem=problem.message, status=409)
    return cart_page.changed(request, cart)


@require_POST
@guards.of_aside
def saved_to_cart(request: HttpRequest, cart: Cart, pk: int) -> HttpResponse:
    """Put what was saved into the cart again."""
    try:
        aside.move_to_cart(cart, pk, moment=clock.now())
    except carts.CartProblem as problem:
        return cart_page.answer(request, cart, problem=problem.message, status=409)
    return cart_page.changed(request, cart)


@require_POST
@guards.of_aside
def saved_removal(request: HttpRequest, cart: Cart, pk: int) -> HttpResponse:
    """Take something off what was saved; the page offers to put it back."""
    with suppress(carts.Ordered):
        aside.discard(cart, pk, moment=clock.now())
    return cart_page.changed(request, cart)


@require_POST
@guards.of_aside
def removal_undo(request: HttpRequest, cart: Cart, pk: int) -> HttpResponse:
    """Put the last removal back where it was."""
    with suppress(carts.Ordered):
        aside.undo(cart, pk, moment=clock.now())
    return cart_page.changed(request, cart)
