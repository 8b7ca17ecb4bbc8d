"""What support knows about a customer (Art. 15, 17 and 20 GDPR)."""

from typing import Any

from accounts.models import Customer
from support.models import Case, Message


def export(customer: Customer) -> dict[str, Any]:
    """Every case with its messages; notes of staff too, for they are about the customer."""
    cases = Case.objects.for_customer(customer).prefetch_related("messages").order_by("pk")
    return {"cases": [_exported(case) for case in cases]}


def _exported(case: Case) -> dict[str, Any]:
    return {
        "subject": case.subject,
        "order_number": case.order_number,
        "state": case.state,
        "opened_at": case.created_at.isoformat(),
        "messages": [
            {
                "from": message.sender,
                "text": message.text,
                "sent_at": message.created_at.isoformat(),
            }
            for message in sorted(case.messages.all(), key=lambda message: message.pk)
        ],
    }


def erase(customer: Customer) -> None:
    """Conversations go with the account."""
    Message.objects.filter(case__customer=customer).delete()
    Case.objects.for_customer(customer).delete()
