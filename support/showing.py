"""A case in plain values, ready to be shown to its customer."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from orders import access as order_access
from orders import receipts
from shop.kit import languages
from support import access, cases
from support.models import Attachment, Case, CaseState, Message, Satisfaction, Sender

SHOWN = 50


def line(case: Case, *, language: str) -> dict[str, str]:
    """One row of the list in the account."""
    return {
        "number": case.number,
        "subject": case.subject,
        "url": access.path_of(case, language=language),
        "state_text": state_text(case),
        "date_text": receipts.day(case.created_at),
    }


def state_text(case: Case) -> str:
    """How it stands, said to the customer."""
    return {
        CaseState.OPEN: _("We are working on it"),
        CaseState.ANSWERED: _("Answered"),
        CaseState.CLOSED: _("Closed"),
    }[CaseState(case.state)]


def conversation(case: Case) -> dict[str, Any]:
    """What the page of a case shows; notes of staff are not among it."""
    token = access.token_for(case)
    rows = Message.objects.filter(case=case).exclude(sender=Sender.NOTE)
    rows = rows.prefetch_related("attachments").order_by("created_at", "pk")
    given = Satisfaction.objects.filter(case=case).first()
    return {
        "number": case.number,
        "subject": case.subject,
        "state": case.state,
        "state_text": state_text(case),
        "promise_text": receipts.time(case.due_at) if case.due_at else "",
        "order": _order(case),
        "messages_shown": [_message(one, token) for one in rows],
        "message_url": reverse("support:message", args=[token]),
        "closing_url": "" if case.state == CaseState.CLOSED else _url("closing", token),
        "satisfaction_url": _url("satisfaction", token) if cases.is_asked(case) else "",
        "score": given.score if given else 0,
    }


def _url(name: str, token: str) -> str:
    names = {"closing": "support:closing", "satisfaction": "support:satisfaction"}
    return reverse(names[name], args=[token])


def _order(case: Case) -> dict[str, str] | None:
    """The order with a link only for whoever reads its mails anyway."""
    order = case.order
    if order is None:
        return None
    is_account = case.customer_id is not None and order.customer_id == case.customer_id
    is_theirs = is_account or order.email.lower() == case.email.lower()
    url = order_access.path_of(order, language=languages.active()) if is_theirs else ""
    return {"number": order.number, "url": url}


def _message(message: Message, token: str) -> dict[str, Any]:
    files = sorted(message.attachments.all(), key=lambda one: one.pk)
    return {
        "is_ours": message.sender == Sender.STAFF,
        "from_email": message.from_email,
        "text": message.text,
        "time_text": receipts.time(message.created_at),
        "files": [_file(one, token) for one in files],
    }


def _file(file: Attachment, token: str) -> dict[str, Any]:
    return {
        "name": file.name,
        "url": reverse("support:file", args=[token, file.pk]),
        "is_picture": file.is_picture,
        "size_text": f"{max(1, round(file.size / 1000))} kB",
    }
