"""The account of a customer. Signing in and out, passwords and e-mail addresses are allauth's."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts import addresses
from accounts.models import Customer
from orders import access, history, receipts
from orders.models import FulfilmentStatus, Order, OrderStatus
from shop import chrome
from shop.kit import languages, pages

SHOWN_ORDERS = 20


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def overview(request: HttpRequest) -> HttpResponse:
    """Who somebody is here, what they ordered and where it goes."""
    customer = cast("Customer", request.user)
    orders = history.orders_of(customer).prefetch_related("lines")[:SHOWN_ORDERS]
    context = {
        "customer": {"name": customer.name, "email": customer.email},
        "orders": [_order(order) for order in orders],
        "address": addresses.default_for(customer),
        "page": chrome.page(request, title=_("Your account"), robots="noindex"),
    }
    return pages.answer(request, "accounts/overview.html", context)


def _order(order: Order) -> dict[str, str]:
    return {
        "number": order.number,
        "url": access.path_of(order, language=languages.active()),
        "date_text": receipts.day(order.placed_at),
        "status_text": _status(order),
        "goods_text": _goods(order),
        "total": receipts.amount(order.total_gross, order.currency),
    }


def _status(order: Order) -> str:
    """How it stands with an order, in one word: cancelled, shipped, in work or not paid."""
    if order.status == OrderStatus.CANCELLED:
        return _("Cancelled")
    if order.fulfilment_status == FulfilmentStatus.FULFILLED:
        return _("Shipped")
    if order.status == OrderStatus.PLACED:
        return _("Waiting for payment")
    return _("Being prepared")


def _goods(order: Order) -> str:
    """The first product by name, the others by number."""
    lines = sorted(order.lines.all(), key=lambda line: line.position)
    if len(lines) < 2:
        return lines[0].title if lines else ""
    others = len(lines) - 1
    words = ngettext("%(name)s and one more", "%(name)s and %(count)d more", others)
    return words % {"name": lines[0].title, "count": others}
