"""The account of a customer. Signing in and out, passwords and e-mail addresses are allauth's."""

from typing import Any

from babel.dates import format_date
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts import addresses
from accounts.models import Customer
from orders import access
from orders.models import Order
from shop import chrome
from shop.kit import countries, languages, money, pages

SHOWN_ORDERS = 20


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def overview(request: HttpRequest) -> HttpResponse:
    """Who somebody is here, and what they ordered."""
    orders = Order.objects.filter(customer_id=request.user.pk).newest_first()[:SHOWN_ORDERS]
    context = {
        "customer": {"name": request.user.name, "email": request.user.email},  # type: ignore[union-attr]
        "orders": [_order(order) for order in orders],
        "address_lines": _address_lines(request.user),  # type: ignore[arg-type]
        "links": _links(),
        "logout_url": reverse("account_logout"),
        "page": chrome.page(request, title=_("Your account"), robots="noindex"),
    }
    return pages.answer(request, "accounts/overview.html", context)


def _order(order: Order) -> dict[str, Any]:
    language = languages.active()
    return {
        "number": order.number,
        "url": access.path_of(order, language=language),
        "date_text": str(format_date(order.placed_at, "long", locale=language)),
        "status_text": order.get_status_display(),
        "total": money.formatted(order.total_gross, order.currency, language),
    }


def _address_lines(customer: Customer) -> list[str]:
    address = addresses.default_for(customer)
    if address is None:
        return []
    town = f"{address.postcode} {address.city}"
    lines = [address.name, address.company, address.street, address.extra, town]
    return [line for line in [*lines, countries.name_of(address.country)] if line]


def _links() -> list[dict[str, str]]:
    return [
        {"name": _("E-mail addresses"), "url": reverse("account_email")},
        {"name": _("Change the password"), "url": reverse("account_change_password")},
    ]
