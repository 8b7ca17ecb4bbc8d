"""One page for counting shelves and for putting pieces on them: a row each, one reason for all."""

import dataclasses
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminTextInputWidget

from inventory import stock
from inventory.models import StockItem
from shop import staff_pages
from shop.kit import clock

MAX_PIECES = 1_000_000


@dataclasses.dataclass(frozen=True)
class Act:
    """What is done with a row: the words of the page, and the call of `inventory.stock`."""

    title: Any
    column: Any
    reason: Any
    help_text: Any
    is_count: bool
    do: Callable[[StockItem, int, str], None]


def _count(item: StockItem, pieces: int, reason: str) -> None:
    moment = clock.now()
    # The same words may be used for every count: the time tells them apart.
    stamp = f"{localtime(moment):%Y-%m-%d %H:%M:%S.%f}"[:-3]
    stock.set_count(item, on_hand=pieces, reference=f"{reason}, {stamp}", moment=moment)


def _receive(item: StockItem, pieces: int, reason: str) -> None:
    stock.receive(item.location, {item.variant_id: pieces}, reference=reason, moment=clock.now())


COUNT = Act(
    title=gettext_lazy("Count"),
    column=gettext_lazy("counted"),
    reason=gettext_lazy("reason"),
    help_text=gettext_lazy("Why was it counted? It stands in the ledger of movements."),
    is_count=True,
    do=_count,
)
RECEIVE = Act(
    title=gettext_lazy("Receive"),
    column=gettext_lazy("pieces"),
    reason=gettext_lazy("delivery note"),
    help_text=gettext_lazy("Its number. The same one twice is refused."),
    is_count=False,
    do=_receive,
)


class ShelvesForm(staff_pages.AskForm):
    """A number for each item; an empty one leaves its shelf alone."""

    reason = forms.CharField(max_length=50, widget=UnfoldAdminTextInputWidget)

    def __init__(self, *args: Any, items: list[StockItem], act: Act, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        self.fields["reason"].label = capfirst(act.reason)
        self.fields["reason"].help_text = act.help_text
        for item in items:
            self.fields[_name(item)] = forms.IntegerField(
                label=_("%(column)s: %(sku)s, %(location)s")
                % {"column": act.column, "sku": item.variant.sku, "location": item.location},
                required=len(items) == 1,
                min_value=0 if act.is_count else 1,
                max_value=MAX_PIECES,
                widget=UnfoldAdminIntegerFieldWidget(
                    attrs={"inputmode": "numeric", "autocomplete": "off"}
                ),
            )

    @property
    def rows(self) -> list[tuple[StockItem, Any]]:
        return [(item, self[_name(item)]) for item in self.items]

    def given(self) -> list[tuple[StockItem, int]]:
        """The rows that were filled in."""
        numbers = [(item, self.cleaned_data.get(_name(item))) for item in self.items]
        return [(item, number) for item, number in numbers if number is not None]


def _name(item: StockItem) -> str:
    return f"item_{item.pk}"


def page(admin: ModelAdmin, request: HttpRequest, act: Act) -> HttpResponse:
    """Show the chosen shelves, take the numbers. Refusals stand at the row."""
    if not admin.has_change_permission(request):
        raise PermissionDenied
    items = _items(admin, request)
    form = ShelvesForm(request.POST or None, items=items, act=act)
    if request.method == "POST" and form.is_valid() and _carry_out(form, act):
        done = form.given()
        for item, number in done:
            admin.log_change(request, item, f"{act.title}: {number}")
        text = ngettext("%(count)d shelf was noted.", "%(count)d shelves were noted.", len(done))
        messages.success(request, text % {"count": len(done)})
        return redirect("admin:inventory_stockitem_changelist")
    return staff_pages.ask(
        admin,
        request,
        title=str(act.title),
        form=form,
        submit_text=str(act.title),
        back_url=reverse("admin:inventory_stockitem_changelist"),
        template="admin/inventory/shelves.html",
        column=act.column,
    )


def _items(admin: ModelAdmin, request: HttpRequest) -> list[StockItem]:
    """The items that the address names, in the order of the shelves. Raises `Http404`."""
    keys = [key for key in request.GET.get("items", "").split(",") if key.isdecimal()][:100]
    rows = admin.get_queryset(request).filter(pk__in=keys)
    items = list(rows.order_by("location__position", "variant__sku"))
    if not items:
        raise Http404
    return items


def _carry_out(form: ShelvesForm, act: Act) -> bool:
    """All rows or none; whether it could be done."""
    if not form.given():
        form.add_error("reason", _("Fill in at least one row."))
        return False
    item = form.items[0]
    try:
        with transaction.atomic():
            for item, number in form.given():
                act.do(item, number, form.cleaned_data["reason"])
    except IntegrityError:
        if act.is_count:
            form.add_error(_name(item), _("More than that is promised to customers."))
        else:
            text = _("%(note)s was booked for this shelf already.")
            form.add_error(_name(item), text % {"note": form.cleaned_data["reason"]})
    return not form.errors
