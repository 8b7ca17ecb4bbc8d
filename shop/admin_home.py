"""The admin's home: what is to be done, how trade goes, and the way to every list.

`UNFOLD` in the settings names these functions. All counts of a page are read in one statement and
kept on the request, however many badges and lines show them.
"""

import dataclasses
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet, Value
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import PictureFile, Product, ProductStatus
from catalog.vat import schemes
from inventory import availability
from inventory.models import AlertMail, StockItem
from inventory.models.stock import free_expression
from orders.models import (
    COVERED,
    DueDocuments,
    FulfilmentStatus,
    Order,
    OrderMail,
    OrderStatus,
    PaymentStatus,
    Return,
    WebhookEvent,
    WithdrawalCase,
    WithdrawalMail,
)
from orders.money import attention
from reviews.models import Review
from shop import admin_checklist
from shop.kit import clock
from support.models import Case, CaseMail, InboundMail

# The shop's brick, from paper to night; links and buttons are 600 by day, links 500 by night.
_BRICK = {
    "50": "#fdf6f3",
    "100": "#f9e8e1",
    "200": "#f2d0c4",
    "300": "#e8b09d",
    "400": "#e2937b",
    "500": "#dd7e66",
    "600": "#9a3826",
    "700": "#7c2a1b",
    "800": "#642318",
    "900": "#4f1d15",
    "950": "#2c0f0a",
}
TO_SHIP = (
    f"status__exact={OrderStatus.CONFIRMED}"
    f"&payment_status__in={','.join(COVERED)}"
    f"&fulfilment_status__in={FulfilmentStatus.UNFULFILLED},{FulfilmentStatus.PARTLY}&o=2"
)
MONEY = "admin:orders_money"
SHIPPING = "admin:orders_shipping"
PACKING = "admin:orders_packing"
MISMATCHED = f"payment_status__exact={PaymentStatus.MISMATCH}"


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu: the list of a model, perhaps filtered, perhaps with a count beside it."""

    model: str
    title: str | Promise
    icon: str
    query: str = ""
    count: str = ""
    style: str = "primary"
    route: str = ""  # of a page that is no list


_MENU: list[tuple[str | Promise, list[Entry]]] = [
    (
        gettext_lazy("Orders"),
        [
            Entry("orders.order", gettext_lazy("All orders"), "receipt_long"),
            Entry(
                "orders.fulfilment",
                gettext_lazy("To ship"),
                "local_shipping",
                count="to_ship",
                route=SHIPPING,
            ),
            Entry("orders.fulfilment", gettext_lazy("Parcels"), "package_2"),
            Entry(
                "orders.return",
                gettext_lazy("Returns"),
                "assignment_return",
                count="returns",
            ),
            Entry(
                "orders.payment",
                gettext_lazy("Payments"),
                "payments",
                count="mismatched",
                style="danger",
            ),
            Entry("orders.refund", gettext_lazy("Refunds"), "currency_exchange"),
            Entry("orders.document", gettext_lazy("Invoices and documents"), "description"),
            Entry(
                "orders.duedocuments",
                gettext_lazy("documents due"),
                "pending_actions",
                count="dead_documents",
                style="danger",
            ),
            Entry(
                "orders.withdrawalcase",
                gettext_lazy("withdrawals"),
                "undo",
                count="withdrawals_open",
                style="danger",
            ),
            Entry(
                "orders.banktransaction",
                gettext_lazy("Money to look at"),
                "account_balance",
                count="money",
                style="danger",
                route=MONEY,
            ),
            Entry("orders.bankstatement", gettext_lazy("bank statements"), "upload_file"),
            Entry("orders.banktransaction", gettext_lazy("bank bookings"), "list_alt"),
            Entry("orders.banktransfer", gettext_lazy("transfers to be made"), "send_money"),
            Entry("orders.dispute", gettext_lazy("disputes"), "gavel"),
            Entry("orders.difference", gettext_lazy("Differences"), "difference"),
            Entry("orders.reconciliation", gettext_lazy("Reconciliations"), "balance"),
            Entry("checkout.cart", gettext_lazy("Carts"), "shopping_cart"),
        ],
    ),
    (
        gettext_lazy("Catalogue"),
        [
            Entry("catalog.product", gettext_lazy("products"), "inventory_2"),
            Entry("catalog.variant", gettext_lazy("Variants"), "style"),
            Entry("catalog.category", gettext_lazy("Categories"), "account_tree"),
            Entry("catalog.producttype", gettext_lazy("Product types"), "category"),
            Entry("catalog.attribute", gettext_lazy("Attributes"), "tune"),
            Entry("catalog.collection", gettext_lazy("Collections"), "collections_bookmark"),
            Entry("catalog.price", gettext_lazy("Prices"), "sell"),
            Entry("catalog.brand", gettext_lazy("Brands"), "verified"),
            Entry("catalog.manufacturer", gettext_lazy("Manufacturers"), "factory"),
            Entry("catalog.sizeguide", gettext_lazy("Size guides"), "straighten"),
            Entry("catalog.searchmiss", gettext_lazy("Searches in vain"), "search_off"),
            Entry("catalog.synonym", gettext_lazy("Synonyms"), "compare_arrows"),
            Entry("catalog.searchredirect", gettext_lazy("Search redirects"), "shortcut"),
            Entry("catalog.redirect", gettext_lazy("Redirects"), "fork_right"),
            Entry("catalog.officialgraphic", gettext_lazy("Official graphics"), "gavel"),
            Entry(
                "catalog.picturefile",
                gettext_lazy("Picture files"),
                "photo_library",
                count="failed_pictures",
                style="danger",
            ),
            Entry("catalog.hero", gettext_lazy("Home page"), "web"),
            Entry("catalog.import", gettext_lazy("Imports"), "upload_file"),
            Entry("discovery.productaffinity", gettext_lazy("Recommendations"), "recommend"),
        ],
    ),
    (
        gettext_lazy("Discounts"),
        [
            Entry("checkout.promotion", gettext_lazy("Promotions"), "percent"),
            Entry("catalog.reduction", gettext_lazy("Catalogue promotions"), "price_change"),
            Entry("checkout.coupon", gettext_lazy("Coupons"), "confirmation_number"),
        ],
    ),
    (
        gettext_lazy("Stock"),
        [
            Entry("inventory.stockitem", gettext_lazy("Stock"), "shelves"),
            Entry("inventory.stockmovement", gettext_lazy("Movements"), "swap_vert"),
            Entry("inventory.reservation", gettext_lazy("Reservations"), "bookmark"),
            Entry("inventory.wantedvariant", gettext_lazy("Wanted"), "notifications"),
            Entry("inventory.stocklocation", gettext_lazy("Locations"), "warehouse"),
        ],
    ),
    (
        gettext_lazy("Customers"),
        [
            Entry("accounts.customer", gettext_lazy("Customers"), "group"),
            Entry("accounts.customergroup", gettext_lazy("Customer groups"), "groups"),
            Entry("loyalty.loyaltyaccount", gettext_lazy("Points"), "loyalty"),
            Entry("accounts.privacyrequest", gettext_lazy("Privacy requests"), "shield_person"),
        ],
    ),
    (
        gettext_lazy("Service"),
        [
            Entry("reviews.review", gettext_lazy("Reviews"), "reviews", count="reviews"),
            Entry("support.case", gettext_lazy("Cases"), "support_agent", count="cases"),
            Entry(
                "support.inboundmail",
                gettext_lazy("Incoming mails"),
                "inbox",
                count="inbound",
                style="danger",
            ),
            Entry("support.cannedreply", gettext_lazy("Canned replies"), "quickreply"),
            Entry("support.topicpromise", gettext_lazy("Promised times"), "timer"),
            Entry(
                "support.casemail",
                gettext_lazy("Mails about cases"),
                "outgoing_mail",
                count="dead_case_mails",
                style="danger",
            ),
            Entry(
                "orders.ordermail",
                gettext_lazy("Mails"),
                "mail",
                count="dead_mails",
                style="danger",
            ),
            Entry(
                "orders.withdrawalmail",
                gettext_lazy("mails about withdrawals"),
                "mark_email_read",
                count="dead_withdrawal_mails",
                style="danger",
            ),
            Entry(
                "inventory.alertmail",
                gettext_lazy("Mails about stock"),
                "forward_to_inbox",
                count="dead_alert_mails",
                style="danger",
            ),
        ],
    ),
    (
        gettext_lazy("Settings"),
        [
            Entry("content.legalversion", gettext_lazy("Legal texts"), "policy"),
            Entry("content.mailwording", gettext_lazy("Words of mails"), "edit_note"),
            Entry("checkout.deliverymethod", gettext_lazy("Delivery"), "package_2"),
            Entry("orders.carrierchoice", gettext_lazy("Carriers"), "local_post_office"),
            Entry("checkout.deliveryzone", gettext_lazy("Delivery zones"), "public"),
            Entry("catalog.vatrate", gettext_lazy("VAT rates"), "percent"),
            Entry("catalog.vatschemechange", gettext_lazy("VAT scheme"), "account_balance"),
            Entry("auth.group", gettext_lazy("Roles"), "admin_panel_settings"),
            Entry("mfa.authenticator", gettext_lazy("Second factors"), "key"),
            Entry("accounts.auditentry", gettext_lazy("Audit log"), "policy"),
            Entry(
                "orders.webhookevent",
                gettext_lazy("Messages of providers"),
                "webhook",
                count="dead_events",
                style="danger",
            ),
            Entry("insights.experiment", gettext_lazy("Experiments"), "science"),
            Entry("insights.event", gettext_lazy("Events"), "monitoring"),
        ],
    ),
]


def colours(request: HttpRequest) -> dict[str, dict[str, str]]:
    """Unfold's own greys with the shop's brick as the first colour."""
    from unfold.settings import CONFIG_DEFAULTS

    own: dict[str, dict[str, str]] = CONFIG_DEFAULTS["COLORS"]
    return {**{name: dict(shades) for name, shades in own.items()}, "primary": dict(_BRICK)}


def stylesheet(request: HttpRequest) -> str:
    """What Unfold's own sheet leaves to be wished."""
    return static("admin/kontor.css")


def environment(request: HttpRequest) -> list[Any] | None:
    """The badge that tells a demo from the real shop."""
    return [_("Demo"), "warning"] if settings.DEMO else None


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The menu: what this person may see, with live counts."""
    home = {
        "title": _("Overview"),
        "icon": "dashboard",
        "link": reverse("admin:index"),
        "active": request.path == reverse("admin:index"),
    }
    first = [home, *admin_checklist.menu(request)]
    groups = [
        {"title": title, "items": [_item(request, one) for one in entries if _sees(request, one)]}
        for title, entries in _MENU
    ]
    return [{"items": first}, *groups]


def _item(request: HttpRequest, entry: Entry) -> dict[str, Any]:
    link = reverse(entry.route) if entry.route else link_to(entry.model, entry.query)
    path = link if entry.route else link_to(entry.model)
    is_here = request.path.startswith(path) and (bool(entry.route) or not _is_page(request))
    is_filtered = entry.query == request.GET.urlencode(safe=",")
    item: dict[str, Any] = {
        "title": capfirst(str(entry.title)),
        "icon": entry.icon,
        "link": link,
        "active": is_here and (is_filtered or not entry.query),
    }
    if entry.count:
        item |= {"badge": counts(request).get(entry.count, 0), "badge_variant": entry.style}
    return item


def _is_page(request: HttpRequest) -> bool:
    """Is it a page of its own that lies below the address of a list?"""
    return request.path.startswith(tuple(reverse(route) for route in (MONEY, SHIPPING, PACKING)))


def _sees(request: HttpRequest, entry: Entry) -> bool:
    return may_see(request, entry.model) and bool(link_to(entry.model))


def may_see(request: HttpRequest, model: str) -> bool:
    """May this person look at the rows of `app.model`?"""
    app, name = model.split(".")
    user = request.user
    return bool(user.has_perm(f"{app}.view_{name}") or user.has_perm(f"{app}.change_{name}"))


def link_to(model: str, query: str = "") -> str:
    """The address of the list of `app.model`; empty where it has no page."""
    try:
        path = reverse(f"admin:{model.replace('.', '_')}_changelist")
    except NoReverseMatch:
        return ""
    return f"{path}?{query}" if query else path


def counts(request: HttpRequest) -> dict[str, int]:
    """How much waits for staff, by name; one statement for the whole request."""
    kept: dict[str, int] | None = getattr(request, "_staff_counts", None)
    if kept is None:
        first, *others = [_counted(name, rows) for name, rows in _waiting().items()]
        kept = dict(first.union(*others, all=True))
        kept["money"] = sum(kept.get(name, 0) for name in attention.waiting())
        request._staff_counts = kept  # type: ignore[attr-defined]
    return kept


def _waiting() -> dict[str, QuerySet[Any]]:
    moment = clock.now()
    confirmed = Order.objects.filter(status=OrderStatus.CONFIRMED)
    today = clock.day_of(moment)
    shelves = StockItem.objects.on_sale().annotate(free_now=free_expression(today))
    return {
        "to_ship": confirmed.filter(
            payment_status__in=COVERED,
        ).exclude(fulfilment_status=FulfilmentStatus.FULFILLED),
        "mismatched": Order.objects.filter(payment_status=PaymentStatus.MISMATCH),
        **attention.waiting(),
        "returns": Return.objects.waiting_for_us(),
        "reviews": Review.objects.waiting(),
        "cases": Case.objects.waiting_for_us(),
        "overdue_cases": Case.objects.overdue(moment),
        "inbound": InboundMail.objects.undecided(),
        "dead_case_mails": CaseMail.objects.dead(),
        "late_case_mails": CaseMail.objects.late(moment),
        "dead_documents": DueDocuments.objects.dead(),
        "late_documents": DueDocuments.objects.late(moment),
        "withdrawals_open": WithdrawalCase.objects.undecided(),
        "withdrawals_due": WithdrawalCase.objects.due(clock.day_of(moment)),
        "dead_withdrawal_mails": WithdrawalMail.objects.dead(),
        "late_withdrawal_mails": WithdrawalMail.objects.late(moment),
        "dead_mails": OrderMail.objects.dead(),
        "dead_alert_mails": AlertMail.objects.dead(),
        "dead_events": WebhookEvent.objects.filter(is_dead=True),
        "late_mails": OrderMail.objects.late(moment),
        "late_alert_mails": AlertMail.objects.late(moment),
        "late_events": WebhookEvent.objects.late(moment),
        "failed_pictures": PictureFile.objects.failed(),
        "sold_out": shelves.filter(free_now__lte=0),
        "overdue": shelves.overdue(today),
        "low": shelves.filter(free_now__gt=0, free_now__lte=availability.LOW),
        "held_back": Product.objects.exclude(publish_problem=""),
        "small_business": schemes.small_now(),
        "drafts": Product.objects.filter(status=ProductStatus.DRAFT),
    }


def _counted(name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    named = rows.order_by().annotate(waiting=Value(name)).values("waiting")
    return named.annotate(number=Count("pk")).values_list("waiting", "number")
