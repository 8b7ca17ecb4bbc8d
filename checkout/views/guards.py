"""Whose line is it? Lines of other carts do not exist for a visitor."""

from collections.abc import Callable
from functools import wraps

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse

from checkout import cart_cookie
from checkout.models import AsideLine, Cart, CartLine
from checkout.views import cart_page

type View = Callable[[HttpRequest, Cart, int], HttpResponse]


def of_line(view: View) -> Callable[..., HttpResponse]:
    """With the visitor's cart, if the line is in it; what the page showed counts as seen."""
    return _guarded(view, CartLine)


def of_aside(view: View) -> Callable[..., HttpResponse]:
    """With the visitor's cart, if the line lies beside it."""
    return _guarded(view, AsideLine)


def _guarded(view: View, model: type[models.Model]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, pk: int) -> HttpResponse:
        cart = cart_cookie.current(request)
        if cart is None or not model._default_manager.filter(cart=cart, pk=pk).exists():
            raise Http404
        cart_page.note_as_seen(request, cart)
        try:
            return view(request, cart, pk)
        except (AsideLine.DoesNotExist, CartLine.DoesNotExist):
            raise Http404 from None  # removed in another window at this very moment

    return guarded
