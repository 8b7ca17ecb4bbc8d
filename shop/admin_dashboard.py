"""The page that staff see first: to do, today, seven days, fourteen days as bars and as a table."""

import dataclasses
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from orders.money import attention
from orders.money.taxing import turnover
from shop import admin_home, health, open_work, queues, trade
from shop.kit import clock, languages, money

BAR_STEP = 40
BAR_HEIGHT = 250


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
        for one in open_work.KINDS
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
