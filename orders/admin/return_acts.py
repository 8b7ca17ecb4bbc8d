"""What staff do with a return: a page that asks, then one call of a process module."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from inventory.stock import OutOfStock
from orders import payments
from orders.admin import return_forms
from orders.findings import ProviderAway, ProviderRefused
from orders.models import Order, Outcome, Return
from orders.refunding import refunds
from orders.refunding.amounts import NotReturnable
from orders.returns import asking, closing, deciding, inspecting, tracks
from orders.states import WrongState
from shop import staff_pages
from shop.kit import clock

_REFUSALS = (
    WrongState,
    NotReturnable,
    OutOfStock,
    deciding.NeedsReason,
    inspecting.NotInspected,
    closing.NotPossible,
    refunds.NotRefundable,
    tracks.TrackClosed,
)


def approve(page: ModelAdmin, request: HttpRequest, entry: Return) -> HttpResponse:
    """Agree; the customer gets the slip."""

    def act(given: dict[str, Any]) -> str:
        deciding.approve(entry, by=staff_pages.staff(request), moment=clock.now())
        return _("Agreed. The customer gets a mail with the slip.")

    return _ask(page, request, entry, staff_pages.AskForm(_posted(request)), _("Agree"), act)


def receive(page: ModelAdmin, request: HttpRequest, entry: Return) -> HttpResponse:
    """The parcel is here; on to the inspection."""

    def act(given: dict[str, Any]) -> str:
        deciding.receive(entry, by=staff_pages.staff(request), moment=clock.now())
        return _("Received. Now look at what is in the parcel.")

    form = staff_pages.AskForm(_posted(request))
    return _ask(page, request, entry, form, _("Receive"), act, to="inspect")


def refuse(page: ModelAdmin, request: HttpRequest, entry: Return) -> HttpResponse:
    """Say no, and why."""

    def act(given: dict[str, Any]) -> str:
        reason = given["decision"]
        deciding.refuse(entry, reason=reason, by=staff_pages.staff(request), moment=clock.now())
        return _("Refused. The customer gets a mail with your words.")

    form = return_forms.DecisionForm(_posted(request))
    return _ask(page, request, entry, form, _("Refuse"), act)


def call_off(page: ModelAdmin, request: HttpRequest, entry: Return) -> HttpResponse:
    """The customer keeps the goods."""

    def act(given: dict[str, Any]) -> str:
        deciding.call_off(entry, by=staff_pages.staff(request), moment=clock.now())
        return _("Called off.")

    return _ask(page, request, entry, staff_pages.AskForm(_posted(request)), _("Call off"), act)


def inspect(page: ModelAdmin, request: HttpRequest, entry: Return) -> HttpResponse:
    """Each piece gets a condition and a place; on to the end."""
    form = return_forms.InspectionForm(_posted(request), entry=entry)

    def act(given: dict[str, Any]) -> str:
        inspecting.inspect(
            entry,
            form.found(),
            deductions=form.deductions(),
            location=given["location"],
            by=staff_pages.staff(request),
            moment=clock.now(),
        )
        return _("Inspected and booked into the stock.")

    return _ask(page, request, entry, form, _("Inspect"), act, to="close")


def close(page: ModelAdmin, request: HttpRequest, entry: Return) -> HttpResponse:
    """Money back, something else instead, repaired, or sent back."""

    def act(given: dict[str, Any]) -> str:
        moment = clock.now()
        outcome = Outcome(given.pop("outcome"))
        done = closing.end(entry, outcome, **given, by=staff_pages.staff(request), moment=moment)
        if done.refund is None:
            return _("Closed. The customer gets a mail.")
        payments.carry_out(done.refund, moment=moment, patience=payments.PATIENCE)
        if done.refund.payment.by_hand:
            return _("It waits among the transfers to be made.")
        return _("Closed. The refund is on its way.")

    form = return_forms.EndForm(_posted(request), entry=entry)
    return _ask(page, request, entry, form, _("Close"), act)


def scan(page: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Find the return of a parcel by its number or that of the order, and receive it."""
    form = return_forms.ScanForm(_posted(request))
    back = reverse("admin:orders_return_changelist")
    if request.method == "POST" and form.is_valid():
        found = deciding.find(form.cleaned_data["code"])
        if len(found) == 1:
            return redirect("admin:orders_return_receive", found[0].pk)
        if found:
            return redirect(f"{back}?q={found[0].order.number}")
        form.add_error("code", _("No open return has this number."))
    return staff_pages.ask(
        page,
        request,
        title=_("Receive a parcel"),
        form=form,
        submit_text=_("Next"),
        back_url=back,
    )


def open_for(page: ModelAdmin, request: HttpRequest, order: Order) -> HttpResponse:
    """Open a return for a customer who called or wrote."""
    form = return_forms.OpenForm(_posted(request), order=order)
    back = reverse("admin:orders_order_change", args=[order.pk])
    if request.method == "POST" and form.is_valid():
        try:
            entry = asking.ask(
                order, form.wish(), by=staff_pages.staff(request), moment=clock.now()
            )
        except _REFUSALS:
            form.add_error(None, _("These pieces cannot come back on this way (any more)."))
        else:
            return redirect("admin:orders_return_change", entry.pk)
    title = _("Open a return")
    return staff_pages.ask(page, request, title=title, form=form, submit_text=title, back_url=back)


def _ask(
    page: ModelAdmin,
    request: HttpRequest,
    entry: Return,
    form: Any,
    title: str,
    act: Callable[[dict[str, Any]], str],
    *,
    to: str = "change",
) -> HttpResponse:
    back = reverse("admin:orders_return_change", args=[entry.pk])
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act(dict(form.cleaned_data)))
        except _REFUSALS as problem:
            form.add_error(None, _words(problem))
        except (ProviderAway, ProviderRefused):
            messages.error(request, _("The payment provider cannot be reached. Try again later."))
            return redirect(back)
        else:
            return redirect(f"admin:orders_return_{to}", entry.pk)
    return staff_pages.ask(
        page,
        request,
        title=f"{title}: {entry.number}",
        text=return_forms.words_of(entry),
        form=form,
        submit_text=title,
        back_url=back,
    )


def _posted(request: HttpRequest) -> QueryDict | None:
    """A form without fields is valid when it was sent, not when it holds something."""
    return request.POST if request.method == "POST" else None


def _words(problem: Exception) -> str:
    if isinstance(problem, OutOfStock):
        return _("There is no piece left to send.")
    if isinstance(problem, WrongState):
        return _("This return is not at that step (any more).")
    return str(problem)
