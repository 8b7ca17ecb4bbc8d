"""What support knows about a customer (Art. 15, 17 and 20 GDPR).

Cases of guests hold nothing but a mailbox, so they are found by the proved addresses of the
account. Closed cases are kept for three years, to the end of the year: until then claims out of
what was said can be made (§§ 195, 199 BGB; Art. 6 (1) f GDPR). Erasure does not wait for that.
"""

import base64
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from accounts.models import Customer
from support import attachments, forgetting
from support.models import Attachment, Case, InboundMail, Message, Satisfaction


def export(customer: Customer) -> dict[str, Any]:
    """Every case with its messages and files; notes of staff too, for they are about the customer.

    And what the customer did as staff, if anything.
    """
    rows = _of(customer).prefetch_related("messages__attachments").order_by("pk")
    return {
        "cases": [_case(case) for case in rows],
        "mails_not_in_a_case": [
            {"subject": one.subject, "received_at": one.received_at.isoformat()}
            for one in _mails_of(customer).filter(case=None).order_by("pk")
        ],
        "acts_as_staff": {
            "answers": Message.objects.filter(author=customer).count(),
            "assigned": Case.objects.filter(assignee=customer).count(),
            "mails_decided": InboundMail.objects.filter(decided_by=customer).count(),
        },
    }


def _case(case: Case) -> dict[str, Any]:
    given = Satisfaction.objects.filter(case=case).first()
    return {
        "number": case.number,
        "subject": case.subject,
        "name": case.name,
        "email": case.guest_email,
        "topic": case.topic,
        "order_number": case.order_number,
        "state": case.state,
        "opened_at": case.created_at.isoformat(),
        "closed_at": case.closed_at.isoformat() if case.closed_at else None,
        "satisfaction": {"score": given.score, "text": given.text} if given else None,
        "messages": [
            {
                "from": message.sender,
                "from_email": message.from_email,
                "text": message.text,
                "sent_at": message.created_at.isoformat(),
                "files": [_file(one) for one in message.attachments.all()],
            }
            for message in sorted(case.messages.all(), key=lambda message: message.pk)
        ],
        "mails": [
            {"kind": one.kind, "address": one.address, "state": one.state}
            for one in case.mails.order_by("pk")
        ],
    }


def _file(file: Attachment) -> dict[str, Any]:
    """The content goes along, as text that JSON can hold."""
    try:
        with attachments.opened(file) as content:
            data = base64.b64encode(content.read()).decode()
    except FileNotFoundError:
        data = ""
    return {"name": file.name, "content_type": file.content_type, "content_base64": data}


def erase(customer: Customer) -> None:
    """Conversations go with the account, their files too. What staff did stays without a name."""
    forgetting.forget(_of(customer))
    _mails_of(customer).delete()
    Message.objects.filter(author=customer).update(author=None)
    Case.objects.filter(assignee=customer).update(assignee=None)
    InboundMail.objects.filter(decided_by=customer).update(decided_by=None)


def _of(customer: Customer) -> QuerySet[Case]:
    return Case.objects.filter(Q(customer=customer) | Q(guest_email__in=_proved(customer)))


def _mails_of(customer: Customer) -> QuerySet[InboundMail]:
    return InboundMail.objects.filter(sender__in=_proved(customer))


def _proved(customer: Customer) -> QuerySet[EmailAddress, str]:
    """Others may have typed an address that is not theirs."""
    proved = EmailAddress.objects.filter(user=customer, verified=True)
    return proved.annotate(lower=Lower("email")).values_list("lower", flat=True)
