"""The page "money to look at": every kind with what to do, the proposals with one click."""

import dataclasses
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from orders import receipts
from orders.admin import bank_pages
from orders.models import BankTransaction
from orders.money import attention, candidates, matching, statements
from orders.money.attention import Item, Kind

# For kinds that are about an order: what its own page can do about it.
_ACTS = {
    "mismatch": ("refund", "cancel"),
    "underpaid": ("cancel",),
    "overpaid": ("refund",),
    "twice": ("refund",),
    "failed_refunds": ("refund",),
}
SHOWN = 25  # of each kind; the rest stands in the list behind its title


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """What one row of the page shows. `book_url` takes the proposal, `shares`, in one click."""

    when: str
    number: str
    amount: str
    text: str
    url: str
    book_url: str = ""
    shares: str = ""
    acts: tuple[tuple[str, str], ...] = ()


def page(owner: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """All kinds, each with its oldest rows. Raises `PermissionDenied`."""
    if not owner.has_view_permission(request):
        raise PermissionDenied
    groups = [group for kind in attention.KINDS if (group := _group(kind))]
    context = {
        **owner.admin_site.each_context(request),
        "title": _("Money to look at"),
        "opts": owner.opts,
        "groups": groups,
        "upload_url": reverse("admin:orders_bankstatement_upload"),
        "transfers_url": reverse("admin:orders_banktransfer_changelist"),
        "may_act": request.user.has_perm("orders.change_banktransaction"),
    }
    return render(request, "admin/orders/money.html", context)


def _group(kind: Kind) -> dict[str, Any] | None:
    found = list(kind.rows()[: SHOWN + 1])
    if not found:
        return None
    orders = _orders(found[:SHOWN]) if kind.model == "orders.banktransaction" else None
    rows = [_row(kind, one, orders) for one in found[:SHOWN]]
    more = reverse(f"admin:{kind.model.replace('.', '_')}_changelist")
    return {
        "code": kind.code,
        "title": kind.title,
        "advice": kind.advice,
        "rows": rows,
        "more_url": more if len(found) > SHOWN else "",
    }


def _orders(bookings: list[BankTransaction]) -> matching.Orders:
    """What the shown bookings are compared with, read once."""
    return candidates.orders_for(f"{one.remittance} {one.end_to_end}" for one in bookings)


def _row(kind: Kind, one: Any, orders: matching.Orders | None) -> Row:
    item: Item = kind.item(one)
    shown = item.order
    row = Row(
        when=receipts.time(item.until) if item.until else "",
        number=shown.number if shown else "",
        amount=receipts.amount(item.amount, "EUR"),
        text=item.text,
        url=reverse("admin:orders_order_change", args=[shown.pk]) if shown else "",
    )
    if isinstance(one, BankTransaction):
        return _booking(row, one, orders)
    if kind.model == "orders.banktransfer":
        url = reverse("admin:orders_banktransfer_change", args=[one.pk])
        return dataclasses.replace(row, url=row.url or url, acts=((_("Transfer"), url),))
    return dataclasses.replace(row, acts=_of_order(kind, shown.pk)) if shown else row


def _of_order(kind: Kind, pk: int) -> tuple[tuple[str, str], ...]:
    """What can be done at the order itself, each a page that asks first."""
    names = {"refund": _("Give back"), "cancel": _("Cancel order")}
    return tuple(
        (names[act], reverse(f"admin:orders_order_{act}", args=[pk]))
        for act in _ACTS.get(kind.code, ())
    )


def _booking(row: Row, one: BankTransaction, orders: matching.Orders | None) -> Row:
    def page_of(name: str) -> str:
        return reverse(f"admin:orders_banktransaction_{name}", args=[one.pk])

    shares = _one_click(one, orders)
    acts = [(_("Assign to orders"), "assign"), (_("Give back"), "give_back")]
    acts.append((_("Ignore"), "ignore"))
    if one.rule in ("returned", "refund"):
        acts.insert(0, (_("It is our transfer"), "recognise"))
    return dataclasses.replace(
        row,
        when=receipts.day(one.booked_on),
        number=shares.replace("\n", ", "),
        amount=receipts.amount(one.left, one.currency),
        url=reverse("admin:orders_banktransaction_change", args=[one.pk]),
        book_url=page_of("assign") if shares else "",
        shares=shares,
        acts=tuple((name, page_of(act)) for name, act in acts),
    )


def _one_click(one: BankTransaction, orders: matching.Orders | None) -> str:
    """The proposal, when there is exactly one and it says how much for whom."""
    if orders is None or not one.is_credit or one.currency != "EUR":
        return ""
    proposal = matching.propose(statements.as_entry(one), orders, refund_keys={})
    has_choice = proposal.rule == matching.BankRule.AMOUNT and len(proposal.shares) > 1
    is_whole = sum(amount for _number, amount in proposal.shares) == one.left
    return bank_pages.as_text(proposal) if is_whole and not has_choice else ""
