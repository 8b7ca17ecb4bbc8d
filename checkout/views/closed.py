"""A shop that may not sell yet says so before anybody types in an address; the cart is kept."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from content import selling
from shop import chrome, legal
from shop.kit import clock

type View = Callable[..., HttpResponse]


def while_selling(view: View) -> View:
    """The page only where orders may be placed (`content.selling`), else 503 with the reason."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if selling.is_open(clock.now()):
            return view(request, *args, **kwargs)
        return _closed(request)

    return answer


def _closed(request: HttpRequest) -> HttpResponse:
    email = legal.merchant().email
    context = {
        "page": chrome.page(request, title=_("No orders yet"), robots="noindex"),
        "contact_email": "" if email.startswith("[[") else email,
        "cart_url": reverse("checkout:cart"),
    }
    return render(request, "checkout/closed.html", context, status=503)
