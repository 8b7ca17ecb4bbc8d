"""The order page, reached by its signed link: for guests too, and the way back from the payment."""

import logging
from collections.abc import Callable
from functools import wraps

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from orders import access, payments
from orders.models import Order, Payment
from orders.states import WrongState
from orders.views import order_page
from shop.kit import clock, pages

log = logging.getLogger(__name__)

ASK_AGAIN_SECONDS = 4  # One reload, one question to the provider; ten reloads are not ten.


def private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The order of the token or 404; an answer that nobody keeps, indexes or sees in a Referer."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        try:
            order = access.order_for(token)
        except Order.DoesNotExist as problem:
            raise Http404 from problem
        response = view(request, token, order)
        response["Cache-Control"] = "no-store"
        # Not `no-referrer`: browsers would send `Origin: null` with our own form, which is refused.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


@require_safe
@private
def order(request: HttpRequest, token: str, order: Order) -> HttpResponse:
    """The order as it stands; `?session=` is the return from the payment page."""
    session = request.GET.get("session", "")
    if session and order.is_payable:
        order = _asked(order, session)
    context = order_page.context(
        order,
        token,
        moment=clock.now(),
        is_return=bool(session or request.GET.get("returned")),
        is_unreachable="unreachable" in request.GET,
    )
    return pages.answer(request, "orders/order_detail.html", context)


@require_POST
@private
def payment(request: HttpRequest, token: str, order: Order) -> HttpResponse:
    """Pay, or pay again: on to the payment page, or back to the order when there is none."""
    try:
        url = payments.start(order, moment=clock.now())
    except payments.CannotStart as problem:
        log.warning("payment page not reached: %s", type(problem.__cause__).__name__)
        is_away = not isinstance(problem.__cause__, payments.NotPayable)
        url = access.path_in(token) + ("?unreachable=1" if is_away else "")
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def _asked(order: Order, session: str) -> Order:
    """Ask the provider once, shortly; the page shows what the database says then."""
    attempt = Payment.objects.live().filter(order=order, provider_session=session).first()
    if attempt and cache.add(f"settle:{attempt.public_id}", 1, ASK_AGAIN_SECONDS):
        try:
            payments.settle(attempt.pk, moment=clock.now(), patience=payments.SHORT_PATIENCE)
        except (payments.ProviderAway, payments.ProviderRefused, WrongState) as problem:
            log.warning("not settled on return: %s", type(problem).__name__)
        order.refresh_from_db()
    return order
