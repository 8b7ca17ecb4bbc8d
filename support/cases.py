"""Conversations with customers and guests: opened, gone on with, closed.

States and the clock: docs/algorithms/support.md
"""

import datetime
from collections.abc import Sequence

from django.db import transaction

from accounts.models import Customer
from orders.models import Order
from shop.kit import locks
from support import attachments, hours, outbox
from support.models import (
    Case,
    CaseMailKind,
    CaseState,
    Message,
    Priority,
    Satisfaction,
    Sender,
    Topic,
    TopicPromise,
)


class NotAsked(Exception):
    """Nobody asks how it was: the case is not closed, or it was said already."""


@transaction.atomic
def open_case(
    *,
    subject: str,
    text: str,
    language: str,
    moment: datetime.datetime,
    customer: Customer | None = None,
    guest_email: str = "",
    name: str = "",
    topic: str = Topic.OTHER,
    order: Order | None = None,
    order_number: str = "",
    files: Sequence[attachments.Checked] = (),
) -> Case:
    """Start a case with its first message, by a customer or, with an e-mail address, a guest.

    Raises `ValueError` unless exactly one of the two is given.
    """
    if (customer is None) == (not guest_email):
        raise ValueError("A case is of a customer or of a guest.")
    case = Case.objects.create(
        customer=customer,
        guest_email=guest_email,
        name=name,
        topic=topic,
        order=order,
        order_number=order.number if order else order_number,
        subject=subject,
        language=language,
        created_at=moment,
        waiting_since=moment,
        due_at=_due(topic, Priority.NORMAL, since=moment),
    )
    message = Message.objects.create(
        case=case, sender=Sender.CUSTOMER, text=text, created_at=moment
    )
    attachments.store(message, files)
    return case


@transaction.atomic
def add_message(
    case: Case,
    *,
    sender: Sender,
    text: str,
    moment: datetime.datetime,
    author: Customer | None = None,
    from_email: str = "",
    files: Sequence[attachments.Checked] = (),
) -> Message:
    """Add a message. A customer's reopens the case; the shop's answers it and is sent by mail."""
    row = locks.locked_one(Case.objects.all(), pk=case.pk)
    message = Message.objects.create(
        case=row,
        sender=sender,
        text=text,
        created_at=moment,
        author=author,
        from_email=from_email,
    )
    attachments.store(message, files)
    if sender == Sender.CUSTOMER and row.state != CaseState.OPEN:
        due_at = _due(row.topic, row.priority, since=moment)
        _move(row, CaseState.OPEN, waiting_since=moment, due_at=due_at)
    elif sender == Sender.STAFF:
        _move(row, CaseState.ANSWERED)
        outbox.put(row, CaseMailKind.ANSWER, answer=message, moment=moment)
    return message


@transaction.atomic
def close(case: Case, *, moment: datetime.datetime, tells: bool = False) -> bool:
    """Nothing is left to do; `tells` has the customer asked by mail how it was, once a case.

    Returns whether the case was open.
    """
    row = locks.locked_one(Case.objects.all(), pk=case.pk)
    if row.state == CaseState.CLOSED:
        return False
    _move(row, CaseState.CLOSED, closed_at=moment)
    if tells:
        outbox.put(row, CaseMailKind.CLOSED, moment=moment)
    return True


@transaction.atomic
def rate(case: Case, *, score: int, text: str, moment: datetime.datetime) -> None:
    """What the customer thought of it, once, after the case was closed. Raises `NotAsked`."""
    row = locks.locked_one(Case.objects.all(), pk=case.pk)
    if not is_asked(row):
        raise NotAsked
    Satisfaction.objects.create(case=row, score=score, text=text, created_at=moment)


def is_asked(case: Case) -> bool:
    """Is the customer asked how it was?"""
    is_over = case.state == CaseState.CLOSED
    return is_over and not Satisfaction.objects.filter(case=case).exists()


@transaction.atomic
def set_up(case: Case, *, topic: str, priority: str, assignee: Customer | None) -> None:
    """Change what staff decide about a case; the clock counts anew from when it began to wait."""
    row = locks.locked_one(Case.objects.all(), pk=case.pk)
    due_at = _due(topic, priority, since=row.waiting_since) if row.waiting_since else None
    Case.objects.filter(pk=row.pk).update(
        topic=topic, priority=priority, assignee=assignee, due_at=due_at
    )


def _move(case: Case, to: CaseState, **facts: datetime.datetime) -> None:
    """Moments that are not named are over."""
    times = {"waiting_since": None, "due_at": None, "closed_at": None, **facts}
    Case.objects.filter(pk=case.pk).update(state=to, **times)


def _due(topic: str, priority: str, *, since: datetime.datetime) -> datetime.datetime:
    own = TopicPromise.objects.filter(topic=topic).values_list("hours", flat=True).first()
    within = hours.allowed(own or hours.PROMISED[Topic(topic)], priority)
    return hours.due(since, within=within, at=hours.office())
