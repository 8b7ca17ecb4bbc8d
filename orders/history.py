"""What was bought, and what happened to it."""

import dataclasses
import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Customer
from catalog.models import Product
from orders import receipts
from orders.models import (
    DisputeState,
    DocumentKind,
    EventKind,
    KnownBy,
    Order,
    OrderEvent,
    OrderLine,
    OrderQuerySet,
    OrderStatus,
    PaymentState,
    RefundState,
    ReturnState,
    WithdrawalState,
)
from orders.settling import TO_BE_PAID

_BOUGHT = [OrderStatus.CONFIRMED, OrderStatus.COMPLETED]


@dataclasses.dataclass(frozen=True, slots=True)
class Happening:
    """One row of the timeline: `kind` and `words` for staff, `facts` are ids."""

    moment: datetime.datetime
    kind: str
    words: str
    by: str
    facts: dict[str, Any]


def orders_of(customer: Customer) -> OrderQuerySet:
    """The orders of a customer, the newest first."""
    return Order.objects.filter(customer=customer).newest_first()


def has_bought(customer: Customer, product: Product) -> bool:
    """Did this customer buy this product, alone or in a bundle, paid and not cancelled?"""
    alone, in_a_bundle = Q(variant__product=product), Q(components__variant__product=product)
    return OrderLine.objects.filter(
        alone | in_a_bundle, order__customer=customer, order__status__in=_BOUGHT
    ).exists()


def timeline(order: Order) -> list[Happening]:
    """Everything that happened to the order, in the order in which it happened."""
    return [
        Happening(
            moment=event.created_at,
            kind=event.kind,
            words=words_of(event),
            by=event.actor.email if event.actor else "",
            facts=event.facts,
        )
        for event in order.events.select_related("actor", "order").order_by("pk")
    ]


def for_customer(order: Order) -> list[dict[str, str]]:
    """The timeline in the customer's words, the oldest first: {title, text, time_text}."""
    told = []
    for event in order.events.order_by("pk"):
        title = _told(event)
        if title:
            told.append(
                {
                    "title": title,
                    "text": event.facts.get("file", ""),
                    "time_text": receipts.time(event.created_at),
                }
            )
    return told


def _told(event: OrderEvent) -> str:
    """What a customer is told of an event; empty for what concerns staff alone."""
    by_status: dict[str, str] = {
        OrderStatus.CONFIRMED: _("Confirmed")
        if event.facts.get("reason") == TO_BE_PAID
        else _("Paid and confirmed"),
        OrderStatus.CANCELLED: _("Cancelled"),
        OrderStatus.COMPLETED: _("Complete"),
    }
    if event.kind == EventKind.STATUS:
        return by_status.get(event.to_status, "")
    if event.kind == EventKind.PAYMENT and event.facts.get("state") == PaymentState.PROCESSING:
        return _("Payment on its way")
    if event.kind == EventKind.PAYMENT and event.facts.get("state") == PaymentState.PARTIAL:
        amount = receipts.amount(Decimal(event.facts["amount"]), event.order.currency)
        return _("%(amount)s received") % {"amount": amount}
    if event.kind == EventKind.WITHDRAWAL:
        return _withdrawn(event.facts.get("state", ""))
    if event.kind == EventKind.DISPUTE:
        return _disputed(event.facts.get("state", ""))
    if event.kind == EventKind.REFUND and event.facts.get("state") == RefundState.SUCCEEDED:
        amount = receipts.amount(Decimal(event.facts["amount"]), event.order.currency)
        return _("%(amount)s refunded") % {"amount": amount}
    if event.kind == EventKind.PACKED:
        return _packed(event)
    if event.kind == EventKind.DELIVERED:
        is_assumed = event.facts.get("known_by") == KnownBy.TIME
        return "" if is_assumed else _("Parcel delivered")
    return {
        EventKind.PLACED: _("Order received"),
        EventKind.SHIPPED: _("Parcel handed over"),
        EventKind.DOWNLOAD: _("First download"),
        EventKind.COLLECTED: _("Collected"),
        EventKind.RETURN: _returned(event.facts.get("state", "")),
        EventKind.DOCUMENT: _issued(event),
    }.get(EventKind(event.kind), "")


def _packed(event: OrderEvent) -> str:
    if event.facts.get("is_ready"):
        return _("Ready to be collected")
    return "" if event.facts.get("is_undone") else _("Packed")


def _issued(event: OrderEvent) -> str:
    kind = event.facts.get("document_kind")
    return f"{DocumentKind(kind).label} {event.facts['document']}" if kind else ""


def _returned(state: str) -> str:
    words: dict[str, str] = {
        ReturnState.REQUESTED: _("Return asked for"),
        ReturnState.APPROVED: _("Return agreed"),
        ReturnState.REFUSED: _("Return refused"),
        ReturnState.RECEIVED: _("Return received"),
        ReturnState.CLOSED: _("Return closed"),
        ReturnState.CANCELLED: _("Return called off"),
    }
    return words.get(state, "")


def _disputed(state: str) -> str:
    words: dict[str, str] = {
        DisputeState.OPEN: _("Payment disputed at your bank"),
        DisputeState.WON: _("Dispute of the payment ended"),
        DisputeState.LOST: _("Payment taken back by your bank"),
    }
    return words.get(state, "")


def _withdrawn(state: str) -> str:
    words: dict[str, str] = {
        WithdrawalState.ACCEPTED: _("Withdrawal accepted"),
        WithdrawalState.REJECTED: _("Withdrawal rejected"),
        WithdrawalState.SETTLED: _("Withdrawal settled"),
    }
    return words.get(state, "")


def words_of(event: OrderEvent) -> str:
    """An event in one line, for staff."""
    parts = [str(EventKind(event.kind).label)]
    if event.kind == EventKind.STATUS:
        parts = [str(OrderStatus(event.to_status).label)]
    facts = event.facts
    if facts.get("state"):
        parts.append(str(_LABELS.get((event.kind, facts["state"]), facts["state"])))
    if facts.get("known_by"):
        parts.append(str(KnownBy(facts["known_by"]).label))
    if facts.get("is_undone"):
        parts.append(_("undone"))
    if facts.get("amount"):
        parts.append(receipts.amount(Decimal(facts["amount"]), event.order.currency))
    if facts.get("pieces"):
        parts.append(_("%(count)s pieces") % {"count": facts["pieces"]})
    parts += [
        str(facts[name])
        for name in ("mail", "file", "document", "reason", "problem")
        if facts.get(name)
    ]
    return " · ".join(parts)


_LABELS = (
    {(EventKind.PAYMENT.value, state.value): state.label for state in PaymentState}
    | {(EventKind.DISPUTE.value, state.value): state.label for state in DisputeState}
    | {(EventKind.WITHDRAWAL.value, state.value): state.label for state in WithdrawalState}
    | {(EventKind.REFUND.value, state.value): state.label for state in RefundState}
    | {(EventKind.RETURN.value, state.value): state.label for state in ReturnState}
)
