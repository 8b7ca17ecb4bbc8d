"""What the page of a case shows to staff, as plain values."""

from typing import Any

from django.urls import reverse

from orders import receipts
from orders.carriers import formats
from orders.models import Order
from support.models import Attachment, Case, Message, Satisfaction, Sender


def of(case: Case) -> dict[str, Any]:
    """The conversation, the order beside it, and what the customer thought of it."""
    rows = Message.objects.filter(case=case).select_related("author")
    rows = rows.prefetch_related("attachments").order_by("created_at", "pk")
    return {
        "conversation": [_message(one) for one in rows],
        "order": _order(case.order) if case.order else None,
        "due_text": receipts.time(case.due_at) if case.due_at else "",
        "given": Satisfaction.objects.filter(case=case).first(),
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "kind": message.sender,
        "is_note": message.sender == Sender.NOTE,
        "is_ours": message.sender == Sender.STAFF,
        "author": (message.author.name or message.author.email) if message.author else "",
        "sender_name": message.get_sender_display(),
        "from_email": message.from_email,
        "text": message.text,
        "time_text": receipts.time(message.created_at),
        "files": [_file(one) for one in sorted(message.attachments.all(), key=lambda one: one.pk)],
    }


def _file(file: Attachment) -> dict[str, Any]:
    return {
        "name": file.name,
        "url": reverse("admin:support_case_file", args=[file.pk]),
        "is_picture": file.is_picture,
    }


def _order(order: Order) -> dict[str, Any]:
    parcels = order.fulfilments.exclude(carrier="").order_by("pk")
    return {
        "number": order.number,
        "url": reverse("admin:orders_order_change", args=[order.pk]),
        "states": [
            order.get_status_display(),
            order.get_payment_status_display(),
            order.get_fulfilment_status_display(),
        ],
        "total": receipts.amount(order.total_gross, order.currency),
        "placed_text": receipts.day(order.placed_at),
        "lines": [
            {"quantity": one.quantity, "title": one.title}
            for one in order.lines.order_by("position")
        ],
        "parcels": [
            {
                "carrier": one.carrier,
                "number": one.tracking_number,
                "url": formats.tracking_url(one.carrier_code, one.tracking_number),
            }
            for one in parcels
        ],
    }
