"""What staff decide about a withdrawal: a page that asks, then one call of the process."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from orders.models import Order, WithdrawalCase, WithdrawalState
from orders.withdrawals import accepting, chain, deciding, matching
from shop import staff_pages
from shop.kit import clock

Act = Callable[[dict[str, Any]], str]


class AssignForm(staff_pages.AskForm):
    """The number of the order that is meant."""

    number = forms.CharField(
        label=gettext_lazy("order number"), max_length=20, widget=UnfoldAdminTextInputWidget
    )

    def clean_number(self) -> Order:
        typed = self.cleaned_data["number"].strip()
        order = Order.objects.filter(number__iexact=typed).first()
        if order is None:
            raise forms.ValidationError(_("There is no order with this number."))
        return order


class PiecesForm(staff_pages.AskForm):
    """How many pieces of each line; filled with what was declared and is left."""

    def __init__(self, *args: Any, order: Order, pieces: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = chain.left_of(order)
        for line in order.lines.order_by("position"):
            if left.get(line.pk):
                self.fields[f"line_{line.pk}"] = forms.IntegerField(
                    label=f"{line.title} ({_('of %(quantity)s') % {'quantity': left[line.pk]}})",
                    min_value=0,
                    max_value=left[line.pk],
                    initial=pieces.get(line.pk, 0),
                    widget=UnfoldAdminIntegerFieldWidget,
                )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        pieces = {int(name.partition("_")[2]): count for name, count in given.items() if count}
        if not pieces and not self.errors:
            raise forms.ValidationError(_("Choose at least one piece, or reject the withdrawal."))
        return {"pieces": pieces}


class RejectForm(staff_pages.AskForm):
    reason = forms.CharField(
        label=gettext_lazy("reason"),
        max_length=2000,
        help_text=gettext_lazy("It is kept, and the customer reads it if you tell them."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
    )
    is_told = forms.BooleanField(
        label=gettext_lazy("tell the customer by e-mail"),
        initial=True,
        required=False,
        widget=UnfoldBooleanSwitchWidget,
    )


def assign(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Say which order is meant; accepting is another step."""
    case = _case(page, request, object_id)
    found = matching.find(case.withdrawal).orders
    initial = {"number": found[0].number} if len(found) == 1 else {}
    form = AssignForm(request.POST or None, initial=initial)

    def act(given: dict[str, Any]) -> str:
        deciding.assign(case, given["number"])
        return _("Assigned. Now accept or reject it.")

    return _ask(page, request, case, form, _("Assign to an order"), act)


def accept(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Say which pieces are withdrawn from; then it takes its course."""
    case = _case(page, request, object_id)
    if case.order is None:
        messages.info(request, _("Say first which order is meant."))
        return redirect("admin:orders_withdrawalcase_assign", object_id)
    order = case.order
    pieces, _remarks = chain.look(case.withdrawal, order)
    form = PiecesForm(request.POST or None, order=order, pieces=pieces)

    def act(given: dict[str, Any]) -> str:
        deciding.accept(
            case, order, given["pieces"], by=staff_pages.staff(request), moment=clock.now()
        )
        return _("Accepted. The customer is told how it goes on.")

    return _ask(page, request, case, form, _("Accept withdrawal"), act)


def reject(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask why; the reason is kept."""
    case = _case(page, request, object_id)

    def act(given: dict[str, Any]) -> str:
        accepting.reject(case, **given, by=staff_pages.staff(request), moment=clock.now())
        return _("Rejected; the reason is kept.")

    form = RejectForm(request.POST or None)
    return _ask(page, request, case, form, _("Reject withdrawal"), act)


def settle(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """The pieces are out of the order and the money is on its way."""
    case = _case(page, request, object_id)

    def act(given: dict[str, Any]) -> str:
        accepting.settle(case, by=staff_pages.staff(request), moment=clock.now())
        return _("Settled.")

    form = staff_pages.AskForm(request.POST if request.method == "POST" else None)
    return _ask(page, request, case, form, _("Mark as settled"), act)


def _case(page: ModelAdmin, request: HttpRequest, object_id: str) -> WithdrawalCase:
    case: WithdrawalCase | None = page.get_object(request, object_id)
    if case is None:
        raise Http404
    if not request.user.has_perm("orders.change_order"):
        raise PermissionDenied
    return case


def _ask(
    page: ModelAdmin,
    request: HttpRequest,
    case: WithdrawalCase,
    form: forms.Form,
    title: str,
    act: Act,
) -> HttpResponse:
    back = reverse("admin:orders_withdrawalcase_change", args=[case.pk])
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act(form.cleaned_data))
        except accepting.NotNow as problem:
            messages.error(request, str(problem))
        return redirect(back)
    return staff_pages.ask(
        page,
        request,
        title=f"{title}: {case.withdrawal.number}",
        form=form,
        submit_text=title,
        back_url=back,
        text=_advice(case),
    )


def _advice(case: WithdrawalCase) -> str:
    """The declaration, and what has to be known about the order."""
    words = case.withdrawal.statement.replace("\n", " · ")
    if case.state == WithdrawalState.ACCEPTED:
        return f"{words} — " + _(
            "First take what was not sent out of the order and refund its pieces on the page of the"
            " order; then it is settled."
        )
    return words
