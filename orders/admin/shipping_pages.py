"""The page of the day: papers, labels and tracking numbers of many orders at once."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from orders import fulfilments, receipts
from orders.carriers import formats
from orders.carriers.base import CarrierAway, CarrierRefused
from orders.models import Order, ParcelLabel
from orders.shipping import collecting, labels, papers, queue, sending
from shop import staff_pages
from shop.kit import clock

ROUTE = "admin:orders_shipping"
_SHOWN = ("", "open", "packed", "labelled", "awaited")


def page(owner: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show what waits, or do what was asked for. Raises `PermissionDenied`."""
    if not owner.has_view_permission(request):
        raise PermissionDenied
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act and not request.user.has_perm("orders.add_fulfilment"):
        raise PermissionDenied
    does = {"ship": _ship, "papers": _papers, "labels": _labels, "ready": _ready}.get(act)
    problems: dict[int, str] = {}
    if does is not None:
        answer = does(request, problems)
        if answer is not None:
            return answer
    return _shown(owner, request, problems)


def _shown(owner: ModelAdmin, request: HttpRequest, problems: dict[int, str]) -> HttpResponse:
    moment = clock.now()
    part = _page(request)
    today = clock.day_of(moment)
    rows = [
        {
            "waiting": one,
            "placed": receipts.day(one.order.placed_at),
            "days_late": queue.days_late(one.order, today),
            "number": request.POST.get(f"number_{one.order.pk}", _labelled(one)),
            "problem": problems.get(one.order.pk, ""),
            "url": reverse("admin:orders_order_change", args=[one.order.pk]),
            "packing_url": reverse("admin:orders_packing_of", args=[one.order.pk]),
        }
        for one in queue.rows(list(part))
    ]
    empty = next((one for one in rows if one["problem"] or not one["number"]), None)
    context = {
        **owner.admin_site.each_context(request),
        "title": _("Shipping"),
        "opts": owner.opts,
        "rows": rows,
        "focus": empty["waiting"].order.pk if empty else 0,  # type: ignore[attr-defined]
        "part": part,
        "is_pickup": _is_pickup(request),
        "methods": _methods(),
        "chosen": request.GET,
        "query": _query(request),
        "carriers": [(one.code, one.name) for one in formats.CARRIERS.values()],
        "doubtful": request.POST.get("doubtful", ""),
        "may_act": request.user.has_perm("orders.add_fulfilment"),
        "packing_url": reverse("admin:orders_packing"),
    }
    return render(request, "admin/orders/shipping.html", context, status=422 if problems else 200)


def _labelled(one: queue.Waiting) -> str:
    return one.label.tracking_number if one.label else ""


def _is_pickup(request: HttpRequest) -> bool:
    return request.GET.get("kind") == "pickup"


def _query(request: HttpRequest) -> str:
    given = request.GET.copy()
    given.pop("page", None)
    return given.urlencode()


def _methods() -> list[tuple[str, str]]:
    waiting = queue.to_ship().order_by("delivery_method")
    return list(dict(waiting.values_list("delivery_method", "delivery_name")).items())


def _page(request: HttpRequest) -> Page:
    orders = queue.to_set_aside() if _is_pickup(request) else queue.to_ship()
    if method := request.GET.get("method"):
        orders = orders.filter(delivery_method=method)
    shown = request.GET.get("shown", "")
    if shown == "packed":
        orders = orders.filter(packed_at__isnull=False)
    elif shown == "open":
        orders = orders.filter(packed_at__isnull=True)
    elif shown == "labelled":
        waiting = ParcelLabel.objects.filter(fulfilment__isnull=True, cancelled_at__isnull=True)
        orders = orders.filter(pk__in=waiting.values("order"))
    return Paginator(orders, queue.PAGE).get_page(request.GET.get("page"))


def _picked(request: HttpRequest) -> list[Order]:
    """The orders that were ticked; all of the page when none was."""
    ticked = {int(one) for one in request.POST.getlist("order") if one.isdecimal()}
    orders: Iterable[Order] = _page(request)
    return [one for one in orders if not ticked or one.pk in ticked]


def _ship(request: HttpRequest, problems: dict[int, str]) -> HttpResponse | None:
    numbers = {
        int(name.removeprefix("number_")): request.POST[name]
        for name in request.POST
        if name.startswith("number_")
        and name.removeprefix("number_").isdecimal()
        and request.POST[name].strip()
    }
    if not numbers:
        messages.warning(request, _("Type or scan at least one tracking number."))
        return redirect(request.get_full_path())
    outcome = sending.send(
        numbers,
        doubtful=request.POST.get("doubtful", ""),
        by=staff_pages.staff(request),
        moment=clock.now(),
    )
    if outcome.sent:
        count = len(outcome.sent)
        words = ngettext(
            "%(count)d parcel is on its way; its buyer gets a mail.",
            "%(count)d parcels are on their way; their buyers get a mail.",
            count,
        )
        messages.success(request, words % {"count": count})
    problems.update(outcome.problems)
    return None if problems else redirect(request.get_full_path())


def _papers(request: HttpRequest, problems: dict[int, str]) -> HttpResponse | None:
    orders = _picked(request)
    if not orders:
        return redirect(request.get_full_path())
    return _pdf(papers.pdf(orders, moment=clock.now()), "packing")


def _labels(request: HttpRequest, problems: dict[int, str]) -> HttpResponse | None:
    made = []
    for order in _picked(request):
        try:
            made.append(labels.make(order, by=staff_pages.staff(request), moment=clock.now()))
        except (fulfilments.NotShippable, CarrierRefused) as problem:
            problems[order.pk] = str(problem)
        except CarrierAway:
            problems[order.pk] = _("The carrier cannot be reached. Try again later.")
    return _pdf(labels.sheets(made), "labels") if made else None


def _ready(request: HttpRequest, problems: dict[int, str]) -> HttpResponse | None:
    ticked = [int(one) for one in request.POST.getlist("order") if one.isdecimal()]
    if not ticked:
        messages.warning(request, _("Tick the orders that stand at the counter."))
    for order in Order.objects.filter(pk__in=ticked).order_by("pk"):
        try:
            collecting.ready(order, by=staff_pages.staff(request), moment=clock.now())
        except fulfilments.NotShippable as problem:
            problems[order.pk] = str(problem)
    if len(ticked) > len(problems):
        messages.success(request, _("Ready; the buyers get a mail."))
    return None if problems else redirect(request.get_full_path())


def _pdf(content: bytes, name: str) -> HttpResponse:
    stamp = f"{clock.now():%Y%m%d-%H%M}"
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}-{stamp}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def context_of_packing(owner: ModelAdmin, request: HttpRequest) -> dict[str, Any]:
    """What every packing page shows around itself."""
    return {
        **owner.admin_site.each_context(request),
        "opts": owner.opts,
        "shipping_url": reverse(ROUTE),
        "packing_url": reverse("admin:orders_packing"),
    }
