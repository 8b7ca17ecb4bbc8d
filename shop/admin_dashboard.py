"""The page that staff see first: what is to be done, and how trade goes."""

import dataclasses
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orders.money import attention
from orders.money.taxing import turnover
from shop import admin_checklist, admin_home, admin_sales, health, open_work, queues
from shop.kit import clock


@dataclasses.dataclass(frozen=True, slots=True)
class Task:
    text: str
    url: str
    icon: str


def context(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What admin/index.html shows; sales are for those who may see orders."""
    context |= {"title": _("Overview"), "tasks": tasks(request)}
    if admin_home.may_see(request, "orders.order"):
        context |= admin_sales.context(request)
    return context


def tasks(request: HttpRequest) -> list[Task]:
    """What waits for this person, the most urgent first. Empty: nothing does."""
    found = admin_home.counts(request)
    known = _standstill(request) + _checklist(request) + _money(request, found)
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


def _checklist(request: HttpRequest) -> list[Task]:
    """Owners are told while something is missing before the shop may sell."""
    if not admin_checklist.may_see(request):
        return []
    count = admin_checklist.open_points()
    text = ngettext(
        "%(count)d point of the checklist is open",
        "%(count)d points of the checklist are open",
        count,
    )
    url = reverse("admin:checklist")
    return [Task(text=text % {"count": count}, url=url, icon="checklist")] if count else []


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
