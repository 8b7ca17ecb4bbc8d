"""What happens to cart and wishlist when somebody signs in."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.adapter import AccountAdapter
from accounts.models import Customer
from checkout import cart_cookie, carts
from discovery.wishlists import cookie, lists
from shop.kit import clock


class CartKeepingAdapter(AccountAdapter):
    """Signing in brings the guest's cart and wishlist along, and finds those of other devices."""

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if isinstance(user, Customer):
            guest = carts.find(request.COOKIES.get(cart_cookie.COOKIE, ""))
            cart_cookie.keep(response, carts.claim(user, guest, moment=clock.now()))
            noted = lists.find(request.COOKIES.get(cookie.COOKIE, ""))
            if wishlist := lists.claim(user, noted, moment=clock.now()):
                cookie.keep(response, wishlist)
        return response
