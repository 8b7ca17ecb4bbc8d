"""The withdrawals of an order as its own page shows them."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from orders import receipts
from orders.models import Order, PieceWay, WithdrawalCase, WithdrawalState


def of_order(order: Order, token: str) -> dict[str, Any]:
    """The way to withdraw, and each declaration that is about the order. Two statements at most."""
    own = Q(order=order) | Q(withdrawal__linked_order=order, order__isnull=True)
    rows = WithdrawalCase.objects.filter(own).select_related("withdrawal").order_by("pk")
    return {
        "url": reverse("withdraw_order", args=[token]),
        "cases": [_case(one) for one in rows.prefetch_related("pieces__line")],
    }


def _case(case: WithdrawalCase) -> dict[str, Any]:
    declared = case.withdrawal
    pieces = sorted(case.pieces.all(), key=lambda one: (one.line.position, one.way))
    return {
        "number": declared.number,
        "received_text": receipts.time(declared.received_at),
        "receipt_url": reverse("withdrawal_receipt", args=[declared.public_id]),
        "state_text": _state(case),
        "goods": [f"{one.quantity} × {one.line.title}: {_way(one.way)}" for one in pieces],
        "refund_text": _refund(case),
    }


def _state(case: WithdrawalCase) -> str:
    words: dict[str, str] = {
        WithdrawalState.WAITING: _("Withdrawal received"),
        WithdrawalState.OPEN: _("Withdrawal received, we are looking at it"),
        WithdrawalState.ACCEPTED: _("Withdrawal accepted"),
        WithdrawalState.SETTLED: _("Withdrawal settled"),
        WithdrawalState.REJECTED: _("Withdrawal rejected"),
    }
    return words[case.state]


def _way(way: str) -> str:
    words: dict[str, str] = {
        PieceWay.CANCELLED: _("not sent, cancelled"),
        PieceWay.RETURN: _("please send it back within 14 days"),
        PieceWay.REFUND: _("the money goes back to you"),
        PieceWay.BY_HAND: _("we see to it and write to you"),
    }
    return words[way]


def _refund(case: WithdrawalCase) -> str:
    if case.state == WithdrawalState.REJECTED:
        return case.reason
    if case.state != WithdrawalState.ACCEPTED or case.refund_until is None:
        return ""
    text = _("The money goes back to you by %(day)s, the way you paid.")
    if case.goods_return_id:
        text = _(
            "The money goes back to you by %(day)s, the way you paid; at the latest as soon as the"
            " goods are here or you have shown us that you sent them."
        )
    return text % {"day": receipts.day(case.refund_until)}
