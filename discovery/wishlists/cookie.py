"""Whose list is it? As with the cart, the cookie names it; a customer's answers to that one only.

It is set when somebody puts the first thing on a list, and not before: whoever asks for a list
needs it to be found again (§ 25 (2) no. 2 TDDDG).
"""

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.models import Customer
from discovery.models import Wishlist
from discovery.models.wishlist import KEPT_DAYS
from discovery.wishlists import lists
from shop.kit import pages

COOKIE = "__Host-wishlist" if settings.IS_HTTPS else "wishlist"


def wished(request: HttpRequest) -> lists.Wished:
    """What is on the visitor's list; read once a request, and not at all without a cookie."""
    if not hasattr(request, "_wished"):
        request._wished = _read(request)  # type: ignore[attr-defined]
    return request._wished  # type: ignore[attr-defined]


def _read(request: HttpRequest) -> lists.Wished:
    token = request.COOKIES.get(COOKIE, "")
    if not token:
        return lists.NOTHING
    found = lists.wished(token)
    if found.customer_id is not None and found.customer_id != request.user.pk:
        return lists.NOTHING
    return found


def changed(request: HttpRequest, wishlist: Wishlist) -> lists.Wished:
    """What is on the list after a change of it in this very request."""
    request._wished = lists.wished(wishlist.token)  # type: ignore[attr-defined]
    return wished(request)


def current(request: HttpRequest) -> Wishlist | None:
    """The visitor's list, if there is one. Reads only."""
    found = lists.find(request.COOKIES.get(COOKIE, ""))
    if found is not None and found.customer_id in (None, request.user.pk):
        return found
    return lists.of(request.user) if isinstance(request.user, Customer) else None


def current_or_new(request: HttpRequest, moment: datetime.datetime) -> Wishlist:
    """The visitor's list, made when there is none."""
    customer = request.user if isinstance(request.user, Customer) else None
    return current(request) or lists.create(customer=customer, moment=moment)


def keep[Response: HttpResponse](response: Response, wishlist: Wishlist) -> Response:
    """Remember the list in the visitor's browser for as long as it is kept."""
    return pages.with_token(response, COOKIE, wishlist.token, days=KEPT_DAYS)
