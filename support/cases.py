"""Conversations with customers and guests."""

import datetime

from django.db import transaction

from accounts.models import Customer
from support.models import Case, CaseState, Message, Sender


@transaction.atomic
def open_case(
    *,
    subject: str,
    text: str,
    language: str,
    moment: datetime.datetime,
    customer: Customer | None = None,
    guest_email: str = "",
    order_number: str = "",
) -> Case:
    """Start a case with its first message, by a customer or, with an e-mail address, a guest.

    Raises `ValueError` unless exactly one of the two is given.
    """
    if (customer is None) == (not guest_email):
        raise ValueError("A case is of a customer or of a guest.")
    case = Case.objects.create(
        customer=customer,
        guest_email=guest_email,
        order_number=order_number,
        subject=subject,
        language=language,
        created_at=moment,
    )
    Message.objects.create(case=case, sender=Sender.CUSTOMER, text=text, created_at=moment)
    return case


@transaction.atomic
def add_message(case: Case, *, sender: Sender, text: str, moment: datetime.datetime) -> Message:
    """Add a message. A customer's reopens the case, the shop's answers it."""
    message = Message.objects.create(case=case, sender=sender, text=text, created_at=moment)
    if sender != Sender.NOTE:
        state = CaseState.OPEN if sender == Sender.CUSTOMER else CaseState.ANSWERED
        Case.objects.filter(pk=case.pk).update(state=state, closed_at=None)
    return message


def close(case: Case, *, moment: datetime.datetime) -> bool:
    """Nothing is left to do. Returns whether the case was open."""
    rows = Case.objects.filter(pk=case.pk).exclude(state=CaseState.CLOSED)
    return bool(rows.update(state=CaseState.CLOSED, closed_at=moment))
