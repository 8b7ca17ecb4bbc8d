"""The coupon field of cart and checkout: a code goes in, a code comes out."""

import dataclasses

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from checkout import cart_cookie
from checkout.forms import CouponForm
from checkout.models import Cart
from checkout.promotions import entering
from checkout.views import cart_page
from shop.kit import clock, limits

CHECKOUT_FORM = "checkout-form"
_PREFIX = "coupon"


@dataclasses.dataclass(frozen=True, slots=True)
class Act:
    """What was done with a code: the form to show next, and the status of the answer."""

    form: CouponForm
    status: int = 200


@require_POST
def coupon_create(request: HttpRequest) -> HttpResponse:
    """Keep a code in the cart; say in words why not."""
    cart = cart_cookie.current(request)
    if cart is None:
        return redirect("checkout:cart")
    act = _entered(request, cart, CouponForm(request.POST))
    if act.form.errors:
        return cart_page.answer(request, cart, coupon_form=act.form, status=act.status)
    return cart_page.changed(request, cart)


@require_POST
def coupon_removal(request: HttpRequest) -> HttpResponse:
    """Take a code out of the cart."""
    cart = cart_cookie.current(request)
    if cart is None:
        return redirect("checkout:cart")
    entering.remove(cart, request.POST.get("key", ""), moment=clock.now())
    return cart_page.changed(request, cart)


def at_checkout(request: HttpRequest, cart: Cart) -> Act | None:
    """What the form of the checkout asked for a code; `None` if it was about everything else.

    A code that is typed is redeemed by every button: a line feed in the field presses the first.
    """
    if request.method != "POST":
        return None
    if key := request.POST.get(f"{_PREFIX}-removal"):
        entering.remove(cart, key, moment=clock.now())
        return Act(checkout_form())
    typed = request.POST.get(f"{_PREFIX}-code", "").strip()
    if not typed and f"{_PREFIX}-entry" not in request.POST:
        return None
    form = CouponForm(request.POST, prefix=_PREFIX, sent_with=CHECKOUT_FORM)
    act = _entered(request, cart, form)
    return act if act.form.errors else Act(checkout_form())


def checkout_form() -> CouponForm:
    """The empty field beside the form of the checkout."""
    return CouponForm(prefix=_PREFIX, sent_with=CHECKOUT_FORM)


def _entered(request: HttpRequest, cart: Cart, form: CouponForm) -> Act:
    if not form.is_valid():
        return Act(form, 422)
    code, network = form.cleaned_data["code"], limits.network_of(request)
    try:
        entering.enter(cart, code, network=network, moment=clock.now())
    except entering.Refused as problem:
        form.add_error("code", problem.message)
        return Act(form, problem.status)
    return Act(form)
