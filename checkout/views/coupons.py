"""The coupon field of the cart: a code goes in, a code comes out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from checkout import cart_cookie
from checkout.forms import CouponForm
from checkout.promotions import entering
from checkout.views import cart_page
from shop.kit import clock, limits


@require_POST
def coupon_create(request: HttpRequest) -> HttpResponse:
    """Keep a code in the cart; say in words why not."""
    cart = cart_cookie.current(request)
    if cart is None:
        return redirect("checkout:cart")
    form, network = CouponForm(request.POST), limits.network_of(request)
    if not form.is_valid():
        return cart_page.answer(request, cart, coupon_form=form, status=422)
    try:
        entering.enter(cart, form.cleaned_data["code"], network=network, moment=clock.now())
    except entering.Refused as problem:
        form.add_error("code", problem.message)
        return cart_page.answer(request, cart, coupon_form=form, status=problem.status)
    return cart_page.changed(request, cart)


@require_POST
def coupon_removal(request: HttpRequest) -> HttpResponse:
    """Take a code out of the cart."""
    cart = cart_cookie.current(request)
    if cart is None:
        return redirect("checkout:cart")
    entering.remove(cart, request.POST.get("key", ""), moment=clock.now())
    return cart_page.changed(request, cart)
