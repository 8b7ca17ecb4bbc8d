"""Withdrawing from a contract online (§ 356a BGB): declare, confirm, get the receipt.

No session, no cookie and no order is asked for, so nothing can be too old: what counts is that
exactly the words which are kept were shown before (`wording.seal`). docs/adr/0033.
"""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts import humans
from orders import access, history, receipts
from orders.models import Order, Withdrawal
from orders.withdrawals import declaring, wording
from orders.withdrawals.forms import WithdrawalForm
from shop import chrome
from shop.kit import clock, limits

OWN_ORDERS = 10
_Words = wording.Declaration


@csrf_exempt  # Nothing of a session counts: a form from elsewhere does what its author could.
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str = "") -> HttpResponse:
    """The form; sent, the page that repeats it; confirmed, on to the receipt."""
    order = _order_of(token)
    if request.method != "POST":
        return _form(request, WithdrawalForm(order=order, initial=_known(request, order)))
    form = WithdrawalForm(request.POST, order=order)
    if not form.is_valid():
        return _form(request, form)
    words = form.declaration()
    if not wording.is_sealed(words, request.POST.get("seal", "")):
        return _confirm(request, form, words)
    return _receipt(request, words)


@require_safe
def withdrawal_receipt(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What came in and when, to be printed; the address is as secret as a signed link."""
    row = get_object_or_404(Withdrawal, public_id=public_id)
    context = {
        "number": row.number,
        "statement": row.statement,
        "received": wording.received(row.received_at),
        "email": row.email,
        "page": _page(request, _("Receipt of your withdrawal")),
    }
    return _private(render(request, "orders/withdrawal_receipt.html", context))


def _form(request: HttpRequest, form: WithdrawalForm) -> HttpResponse:
    page = chrome.page(request, title=_("Withdraw from contract"))
    context = {
        "form": form,
        "trap": humans.trap(form),
        "number": form.order.number if form.order else "",
        "own_orders": [] if form.order else _own_orders(request),
        "instruction_url": reverse("legal", args=["withdrawal"]),
        "page": page | {"has_errors": bool(form.errors)},
    }
    status = 422 if form.errors else 200
    response = render(request, "orders/withdrawal_form.html", context, status=status)
    return _private(response) if form.order or request.user.is_authenticated else response


def _confirm(request: HttpRequest, form: WithdrawalForm, words: _Words) -> HttpResponse:
    context = {
        "statement": words.statement,
        "seal": wording.seal(words),
        "sent": [*form.sent, (humans.FIELD, request.POST.get(humans.FIELD, "")[:200])],
        "page": _page(request, _("Confirm withdrawal")),
    }
    return _private(render(request, "orders/withdrawal_confirm.html", context))


def _receipt(request: HttpRequest, words: _Words) -> HttpResponse:
    row = declaring.declare(
        words,
        moment=clock.now(),
        network=limits.network_of(request),
        is_quiet=_is_quiet(request, words),
    )
    response = HttpResponseRedirect(reverse("withdrawal_receipt", args=[row.public_id]))
    response.status_code = 303
    return response


def _page(request: HttpRequest, title: str) -> dict[str, Any]:
    return chrome.page(request, title=title, robots="noindex, nofollow")


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _order_of(token: str) -> Order | None:
    """The order of a signed link. One that is no longer good shows the form for any contract."""
    try:
        return access.order_for(token) if token else None
    except Order.DoesNotExist:
        return None


def _known(request: HttpRequest, order: Order | None) -> dict[str, str]:
    """What need not be typed: of the link's order, or of who is signed in."""
    if order is not None:
        bills_first = order.addresses.order_by("kind").first()
        name = bills_first.name if bills_first else ""
        return {"name": name, "reference": order.number, "email": order.email}
    if request.user.is_authenticated:
        customer = request.user
        return {"name": customer.name, "email": customer.email}
    return {}


def _own_orders(request: HttpRequest) -> list[dict[str, str]]:
    """The newest orders of who is signed in, each with the way to its own form."""
    if not request.user.is_authenticated:
        return []
    orders = history.orders_of(request.user)[:OWN_ORDERS]
    return [
        {
            "number": one.number,
            "date_text": receipts.day(one.placed_at),
            "url": reverse("withdraw_order", args=[access.token_for(one)]),
        }
        for one in orders
    ]


def _is_quiet(request: HttpRequest, words: _Words) -> bool:
    """Do heaps of it come, or does a machine send it? Staff look first, nobody is refused."""
    is_within = limits.allows(
        (declaring.PER_NETWORK, limits.network_of(request)),
        (declaring.PER_MAILBOX, words.email),
    )
    return bool(request.POST.get(humans.FIELD)) or not is_within
