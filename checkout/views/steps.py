"""The checkout: one page for all that has to be known, one to look at it once more, one press."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import humans
from checkout import cart_cookie, placing
from checkout.details_form import CheckoutForm
from checkout.forms import PlacementForm
from checkout.models import Cart
from checkout.views import closed, contexts, coupons
from orders import access, payments
from orders.models import Order
from orders.money import paying
from shop import legal
from shop.kit import clock

log = logging.getLogger(__name__)


@closed.while_selling
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """Contact, address, delivery and payment on one page; nothing is ordered yet."""
    cart = cart_cookie.current(request)
    if cart is None or not cart.lines.exists():
        return redirect("checkout:cart")
    act = coupons.at_checkout(request, cart)
    form, prepared = contexts.checkout_form(request, cart, clock.now(), is_checked=act is None)
    if form.is_valid() and _is_human(request, form):
        contexts.save(cart, form, clock.now())
        return redirect("checkout:review")
    status = act.status if act else (422 if form.is_bound else 200)
    context = contexts.checkout_page(request, form, prepared, act.form if act else None)
    context["trap"] = humans.trap(form)
    return render(request, "checkout/checkout.html", context, status=status)


def _is_human(request: HttpRequest, form: CheckoutForm) -> bool:
    return humans.passes(form, is_suspect=paying.is_suspect(paying.payer(request)))


@closed.while_selling
@never_cache
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Everything once more, with the order button below it."""
    cart = cart_cookie.current(request)
    if cart is None:
        return redirect("checkout:cart")
    return _review(request, cart)


@closed.while_selling
@never_cache
@require_POST
def place(request: HttpRequest) -> HttpResponse:
    """The order button: one order for each token, then on to the payment."""
    form = PlacementForm(request.POST)
    if not form.is_valid():
        return redirect("checkout:review")
    agreed = form.cleaned_data
    cart = cart_cookie.current(request)
    if cart is None:
        order = placing.placed_order(agreed["token"], customer_id=request.user.pk)
        return _pay(request, order) if order else redirect("checkout:cart")
    try:
        order = _placed(request, cart, agreed)
    except (placing.CannotPlace, paying.TooMany) as problem:
        return _review(request, cart, problem)
    return _pay(request, order, cart)


def _placed(request: HttpRequest, cart: Cart, agreed: dict[str, Any]) -> Order:
    moment = clock.now()
    texts, seen_texts = legal.contract_versions(moment), agreed.pop("seen_texts")
    with paying.placing(paying.payer(request), agreed["token"]):
        if seen_texts and seen_texts != legal.seen(texts):
            raise placing.OtherThanSeen
        return placing.place(
            cart,
            **agreed,
            terms_version=texts["terms"],
            withdrawal_version=texts["withdrawal"],
            moment=moment,
        )


def _pay(request: HttpRequest, order: Order, cart: Cart | None = None) -> HttpResponse:
    """On to the payment page; when it cannot be reached, to the order, which can be paid later."""
    url = access.path_of(order)
    if order.is_payable:
        try:
            url = paying.start(order, payer=paying.payer(request), moment=clock.now())
        except paying.TooMany as problem:
            url += f"?limited={problem.minutes}"
        except payments.CannotStart as problem:
            log.warning("payment page not reached: %s", type(problem.__cause__).__name__)
    response = HttpResponseRedirect(url)
    response.status_code = 303
    if cart is not None and cart.has_aside:  # The next cart goes by its name: `aside.carry_over`.
        return response
    return cart_cookie.forget(response)


def _review(
    request: HttpRequest, cart: Cart, problem: placing.CannotPlace | paying.TooMany | None = None
) -> HttpResponse:
    prepared = placing.prepare(cart, moment=clock.now())
    if not prepared.quote.lines:
        return redirect("checkout:cart")
    if not cart.contact.get("email") or prepared.quote.delivery is None:
        return redirect("checkout:checkout")
    if prepared.quote.short_lines and problem is None:
        return redirect("checkout:cart")
    context = contexts.review_page(request, prepared, problem)
    status = 429 if isinstance(problem, paying.TooMany) else 409 if problem else 200
    return render(request, "checkout/review.html", context, status=status)
