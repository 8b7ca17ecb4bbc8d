"""The page that staff see first: to do, today, seven days, fourteen days as bars and as a table."""

import dataclasses
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from orders.money import attention
from orders.money.taxing import turnover
from shop import admin_home, health, queues, trade
from shop.kit import clock, languages, money

BAR_STEP = 40
BAR_HEIGHT = 250


@dataclasses.dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of task: the count that it is about, and the list that shows what is counted."""

    count: str
    model: str
    query: str
    icon: str
    text: Any


# The most urgent first.
_KINDS = [
    _Kind(
        "mismatched",
        "orders.order",
        admin_home.MISMATCHED,
        "warning",
        ngettext_lazy(
            "%(count)d order was paid with another amount than agreed",
            "%(count)d orders were paid with another amount than agreed",
            "count",
        ),
    ),
    _Kind(
        "withdrawals_open",
        "orders.withdrawalcase",
        "state__exact=open",
        "undo",
        ngettext_lazy(
            "%(count)d withdrawal is to be decided",
            "%(count)d withdrawals are to be decided",
            "count",
        ),
    ),
    _Kind(
        "withdrawals_due",
        "orders.withdrawalcase",
        "state__exact=accepted",
        "event_upcoming",
        ngettext_lazy(
            "%(count)d withdrawal has to be refunded within three days",
            "%(count)d withdrawals have to be refunded within three days",
            "count",
        ),
    ),
    _Kind(
        "dead_withdrawal_mails",
        "orders.withdrawalmail",
        "state__exact=dead",
        "unsubscribe",
        ngettext_lazy(
            "%(count)d receipt of a withdrawal could not be delivered",
            "%(count)d receipts of withdrawals could not be delivered",
            "count",
        ),
    ),
    _Kind(
        "late_withdrawal_mails",
        "orders.withdrawalmail",
        "age=late",
        "schedule_send",
        ngettext_lazy(
            "%(count)d receipt of a withdrawal should have been sent long ago",
            "%(count)d receipts of withdrawals should have been sent long ago",
            "count",
        ),
    ),
    _Kind(
        "to_ship",
        "orders.order",
        admin_home.TO_SHIP,
        "local_shipping",
        ngettext_lazy(
            "%(count)d order is to be shipped", "%(count)d orders are to be shipped", "count"
        ),
    ),
    _Kind(
        "dead_mails",
        "orders.ordermail",
        "state__exact=dead",
        "unsubscribe",
        ngettext_lazy(
            "%(count)d mail could not be delivered",
            "%(count)d mails could not be delivered",
            "count",
        ),
    ),
    _Kind(
        "late_mails",
        "orders.ordermail",
        "age=late",
        "schedule_send",
        ngettext_lazy(
            "%(count)d mail about an order should have been sent long ago",
            "%(count)d mails about orders should have been sent long ago",
            "count",
        ),
    ),
    _Kind(
        "late_events",
        "orders.webhookevent",
        "age=late",
        "webhook",
        ngettext_lazy(
            "%(count)d message of a payment provider has been waiting for a long time",
            "%(count)d messages of payment providers have been waiting for a long time",
            "count",
        ),
    ),
    _Kind(
        "dead_alert_mails",
        "inventory.alertmail",
        "state__exact=dead",
        "unsubscribe",
        ngettext_lazy(
            "%(count)d mail about stock could not be delivered",
            "%(count)d mails about stock could not be delivered",
            "count",
        ),
    ),
    _Kind(
        "late_alert_mails",
        "inventory.alertmail",
        "age=late",
        "schedule_send",
        ngettext_lazy(
            "%(count)d mail about stock should have been sent long ago",
            "%(count)d mails about stock should have been sent long ago",
            "count",
        ),
    ),
    _Kind(
        "dead_events",
        "orders.webhookevent",
        "is_dead__exact=1",
        "webhook",
        ngettext_lazy(
            "%(count)d message of a payment provider could not be processed",
            "%(count)d messages of payment providers could not be processed",
            "count",
        ),
    ),
    _Kind(
        "dead_documents",
        "orders.duedocuments",
        "is_dead__exact=1",
        "description",
        ngettext_lazy(
            "%(count)d order lacks a document that could not be issued",
            "%(count)d orders lack documents that could not be issued",
            "count",
        ),
    ),
    _Kind(
        "late_documents",
        "orders.duedocuments",
        "age=late",
        "description",
        ngettext_lazy(
            "%(count)d order has been waiting for its document for a long time",
            "%(count)d orders have been waiting for their documents for a long time",
            "count",
        ),
    ),
    _Kind(
        "cases",
        "support.case",
        "state__exact=open",
        "support_agent",
        ngettext_lazy(
            "%(count)d case waits for an answer", "%(count)d cases wait for an answer", "count"
        ),
    ),
    _Kind(
        "reviews",
        "reviews.review",
        "state__exact=pending",
        "reviews",
        ngettext_lazy(
            "%(count)d review waits for a decision",
            "%(count)d reviews wait for a decision",
            "count",
        ),
    ),
    _Kind(
        "held_back",
        "catalog.product",
        "held=yes",
        "event_busy",
        ngettext_lazy(
            "%(count)d product could not go live at its time",
            "%(count)d products could not go live at their time",
            "count",
        ),
    ),
    _Kind(
        "failed_pictures",
        "catalog.picturefile",
        "state__exact=failed",
        "broken_image",
        ngettext_lazy(
            "%(count)d picture could not be made", "%(count)d pictures could not be made", "count"
        ),
    ),
    _Kind(
        "overdue",
        "inventory.stockitem",
        "expected=over&sale=yes",
        "event_busy",
        ngettext_lazy(
            "%(count)d delivery did not come on its day: enter a new one",
            "%(count)d deliveries did not come on their day: enter new ones",
            "count",
        ),
    ),
    _Kind(
        "sold_out",
        "inventory.stockitem",
        "level=out&sale=yes",
        "remove_shopping_cart",
        ngettext_lazy("%(count)d shelf is empty", "%(count)d shelves are empty", "count"),
    ),
    _Kind(
        "low",
        "inventory.stockitem",
        "level=low&sale=yes",
        "trending_down",
        ngettext_lazy("%(count)d shelf runs low", "%(count)d shelves run low", "count"),
    ),
    _Kind(
        "drafts",
        "catalog.product",
        "status__exact=draft",
        "edit_note",
        ngettext_lazy("%(count)d product is a draft", "%(count)d products are drafts", "count"),
    ),
]


@dataclasses.dataclass(frozen=True, slots=True)
class Task:
    text: str
    url: str
    icon: str


def context(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What admin/index.html shows; sales are for those who may see orders."""
    context |= {"title": _("Overview"), "tasks": tasks(request)}
    if admin_home.may_see(request, "orders.order"):
        days = trade.days(clock.now())
        context |= {"figures": _figures(days), "bars": _bars(days), "table": _table(days)}
        context |= {"chart_width": BAR_STEP * len(days), "chart_height": BAR_HEIGHT}
        context |= {"label_y": BAR_HEIGHT + 18, "picture_height": BAR_HEIGHT + 30}
    return context


def tasks(request: HttpRequest) -> list[Task]:
    """What waits for this person, the most urgent first. Empty: nothing does."""
    found = admin_home.counts(request)
    known = _standstill(request) + _money(request, found)
    counted = known + [
        Task(text=str(one.text % {"count": found[one.count]}), url=url, icon=one.icon)
        for one in _KINDS
        if found.get(one.count)
        and admin_home.may_see(request, one.model)
        and (url := admin_home.link_to(one.model, one.query))
    ]
    return [*_of_small_business(request), *counted] if found.get("small_business") else counted


def _of_small_business(request: HttpRequest) -> list[Task]:
    """Whoever turns over more than § 19 UStG allows has to decide what follows."""
    model = "catalog.vatschemechange"
    if not admin_home.may_see(request, model) or not turnover.of(clock.now()).is_above:
        return []
    text = _("The turnover is above the limits of small businesses (§ 19 UStG)")
    return [Task(text=text, url=admin_home.link_to(model), icon="account_balance")]


def _standstill(request: HttpRequest) -> list[Task]:
    """A line while beat or the workers are away: mails, payments and stock wait for them."""
    last = health.last_heartbeat()
    if last is None or queues.is_alive(clock.now()):
        return []
    text = _("The background work has stood still since %(moment)s: start worker and beat.")
    url = admin_home.link_to("orders.ordermail", "age=late")
    since = date_format(timezone.localtime(last), "DATETIME_FORMAT")
    return [Task(text=text % {"moment": since}, url=url, icon="warning")]


def _money(request: HttpRequest, found: dict[str, int]) -> list[Task]:
    """The kinds of money to look at, all on one page; the mismatch has a list of its own."""
    page = reverse(admin_home.MONEY)
    return [
        Task(
            text=str(kind.count_text % {"count": count}),
            url=f"{page}#money-{kind.code}",
            icon=kind.icon,
        )
        for kind in attention.KINDS
        if (count := found.get(f"money_{kind.code}"))
        and kind.code != "mismatch"
        and admin_home.may_see(request, kind.model)
    ]


def _figures(days: list[trade.Day]) -> list[dict[str, str]]:
    """Today and seven days, each beside what it is compared with."""
    today, yesterday = days[-1], days[-2]
    week, week_before = trade.total(days[-trade.WEEK :]), trade.total(days[: -trade.WEEK])
    average, average_before = week.average, week_before.average
    return [
        _figure(_("Orders today"), str(today.orders), _("yesterday"), str(yesterday.orders)),
        _figure(_("Sales today"), _euros(today.gross), _("yesterday"), _euros(yesterday.gross)),
        _figure(
            _("Orders in 7 days"),
            str(week.orders),
            _("7 days before"),
            str(week_before.orders),
        ),
        _figure(
            _("Sales in 7 days"),
            _euros(week.gross),
            _("7 days before"),
            _euros(week_before.gross),
        ),
        _figure(
            _("Average order in 7 days"),
            _euros(average),
            _("7 days before"),
            _euros(average_before),
        ),
    ]


def _figure(title: str, value: str, compared_with: str, before: str) -> dict[str, str]:
    return {"title": title, "value": value, "compared_with": compared_with, "before": before}


def _euros(amount: Decimal | None) -> str:
    return "–" if amount is None else money.formatted(amount, "EUR", languages.active())


def _bars(days: list[trade.Day]) -> list[dict[str, Any]]:
    """Bars for an SVG picture of sales; whole units, so that no locale puts commas in."""
    highest = max((one.gross for one in days), default=Decimal(0)) or Decimal(1)
    bars = []
    for place, one in enumerate(days):
        height = int(one.gross / highest * BAR_HEIGHT)
        bars.append(
            {
                "x": str(place * BAR_STEP + 4),
                "y": str(BAR_HEIGHT - height),
                "width": str(BAR_STEP - 8),
                "height": str(height),
                "middle": str(place * BAR_STEP + BAR_STEP // 2),
                "label": date_format(one.day, "j.n." if languages.active() == "de" else "j M"),
            }
        )
    return bars


def _table(days: list[trade.Day]) -> list[dict[str, str]]:
    return [
        {
            "day": date_format(one.day, "D, j. N" if languages.active() == "de" else "D j N"),
            "orders": str(one.orders),
            "gross": _euros(one.gross),
        }
        for one in reversed(days)
    ]
