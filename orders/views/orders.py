"""The order page, reached by its signed link: for guests too, and the way back from the payment."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.core.files.base import File
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.views.decorators.http import require_POST, require_safe

from catalog.documents import digital_files
from orders import access, fulfilments, payments
from orders.models import Download, Order, Payment
from orders.money import paying
from orders.states import WrongState
from orders.views import order_page
from shop.kit import clock, pages

log = logging.getLogger(__name__)

BLOCK_BYTES = 65_536
ASK_AGAIN_SECONDS = 4  # One reload, one question to the provider; ten reloads are not ten.


def private(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The order of the token or 404; an answer that nobody keeps, indexes or sees in a Referer."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **parts: Any) -> HttpResponseBase:
        try:
            order = access.order_for(token)
        except Order.DoesNotExist as problem:
            raise Http404 from problem
        return pages.kept_private(view(request, token, order, **parts))

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
        limited=request.GET.get("limited", ""),
        is_uncancelled="uncancelled" in request.GET,
    )
    return pages.answer(request, "orders/order_detail.html", context)


@require_POST
@private
def payment(request: HttpRequest, token: str, order: Order) -> HttpResponse:
    """Pay, or pay again: on to the payment page, or back to the order when there is none."""
    try:
        url = paying.start(order, payer=paying.payer(request), moment=clock.now())
    except paying.TooMany as problem:
        url = access.path_in(token) + f"?limited={problem.minutes}"
    except payments.CannotStart as problem:
        log.warning("payment page not reached: %s", type(problem.__cause__).__name__)
        is_away = not isinstance(problem.__cause__, payments.NotPayable)
        url = access.path_in(token) + ("?unreachable=1" if is_away else "")
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


@require_safe
@private
def download(request: HttpRequest, token: str, order: Order, pk: int) -> HttpResponseBase:
    """A file that was bought, as often as its buyer asks; 404 for whatever is not theirs now."""
    try:
        bought = fulfilments.download_of(order, pk)
        content = digital_files.open_content(bought.sha256)
    except Download.DoesNotExist as problem:
        raise Http404 from problem
    except FileNotFoundError as problem:
        log.error("the file of download %s is gone from the private storage", pk)
        raise Http404 from problem
    if request.method == "GET":
        fulfilments.note_download(bought, moment=clock.now())
    return _attachment(bought, content)


def _attachment(bought: Download, content: File) -> FileResponse:
    """The content as a file that browsers keep, never show, and believe to be what we say."""
    response = FileResponse(
        content, as_attachment=True, filename=bought.filename, content_type=bought.content_type
    )
    response.block_size = BLOCK_BYTES
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
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
