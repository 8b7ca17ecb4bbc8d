"""Whose cart is it? The cookie names a cart; a customer's cart answers to that customer only."""

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.models import Customer
from checkout import carts
from checkout.models import KEPT_DAYS, Cart
from shop.kit import pages

COOKIE = "__Host-cart" if settings.IS_HTTPS else "cart"


COUNTRY_COOKIE = "__Host-country" if settings.IS_HTTPS else "country"


def current(request: HttpRequest) -> Cart | None:
    """The visitor's open cart, if there is one. Reads only."""
    cart = carts.find(request.COOKIES.get(COOKIE, ""))
    if cart is not None and cart.customer_id is not None and cart.customer_id != request.user.pk:
        return None
    return cart


def current_or_new(request: HttpRequest, moment: datetime.datetime) -> Cart:
    """The visitor's open cart, made when there is none."""
    cart = current(request)
    if cart is not None:
        return cart
    customer = request.user if isinstance(request.user, Customer) else None
    return carts.create(customer=customer, moment=moment)


def keep(response: HttpResponse, cart: Cart) -> HttpResponse:
    """Remember `cart` in the visitor's browser for as long as it is kept."""
    return pages.with_token(response, COOKIE, cart.token, days=KEPT_DAYS)


def forget(response: HttpResponse) -> HttpResponse:
    """Take the cart out of the visitor's browser."""
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def remembered_country(request: HttpRequest) -> str:
    """The country that was chosen in this browser to deliver to; anything, or empty."""
    return request.COOKIES.get(COUNTRY_COOKIE, "")


def remember_country(response: HttpResponse, code: str) -> HttpResponse:
    """Remember where to deliver to for as long as a cart is kept: two letters, no person."""
    return pages.with_token(response, COUNTRY_COOKIE, code, days=KEPT_DAYS)
