"""What happens to cart and wishlist when somebody signs in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from accounts import audit
from accounts.adapter import AccountAdapter
from accounts.models import AuditAct, Customer
from checkout import cart_cookie, carts
from checkout.cart import merging
from discovery.wishlists import cookie, lists
from shop.kit import clock


class CartKeepingAdapter(AccountAdapter):
    """Signing in brings the guest's cart and wishlist along, and finds those of other devices."""

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if isinstance(user, Customer):
            if user.is_staff:
                audit.write([_signed_in(user)], by=user, moment=clock.now())
            guest = carts.find(request.COOKIES.get(cart_cookie.COOKIE, ""))
            claimed = merging.claim(user, guest, moment=clock.now())
            cart_cookie.keep(response, claimed.cart)
            if claimed.moved:
                messages.info(request, _moved(claimed.moved))
            noted = lists.find(request.COOKIES.get(cookie.COOKIE, ""))
            if wishlist := lists.claim(user, noted, moment=clock.now()):
                cookie.keep(response, wishlist)
        return response


def _signed_in(user: Customer) -> audit.Noted:
    return audit.Noted(AuditAct.SIGN_IN, object_type=user._meta.label_lower, object_id=str(user.pk))


def _moved(count: int) -> str:
    text = ngettext(
        "%(count)d line of your earlier cart is saved for later now, below the cart.",
        "%(count)d lines of your earlier cart are saved for later now, below the cart.",
        count,
    )
    return text % {"count": count}
