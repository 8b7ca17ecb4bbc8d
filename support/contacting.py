"""Writing to the shop: which order it is about, and the receipt.

What somebody types proves nothing: a case is bound to an order by the order's signed link, the own
account, or the order's own mailbox. The answer to the visitor is the same in all cases; whatever
there is to be read goes to the mailbox.
"""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Customer
from orders import access as order_access
from orders.models import Order, mailbox
from shop.kit import languages, limits
from support import attachments, cases, outbox
from support.models import Case, CaseMailKind, Topic

PER_VISITOR = limits.Limit("contact.visitor", most=10, seconds=limits.HOUR)
PER_ADDRESS = limits.Limit("contact.address", most=6, seconds=limits.DAY)
PER_CASE = limits.Limit("contact.case", most=20, seconds=limits.HOUR)


def order_of_token(token: str) -> Order | None:
    """The order of a signed link, if it is one."""
    try:
        return order_access.order_for(token) if token else None
    except Order.DoesNotExist:
        return None


def order_of_number(number: str, *, customer: Customer | None, email: str) -> Order | None:
    """The order with this number, if it is theirs; silent otherwise."""
    order = Order.objects.filter(number=number.strip().upper()).first() if number else None
    if order is None:
        return None
    is_theirs = customer is not None and order.customer_id == customer.pk
    is_their_mailbox = mailbox.of(order.email) == mailbox.of(email)
    return order if is_theirs or is_their_mailbox else None


@transaction.atomic
def write(
    *,
    topic: str,
    text: str,
    moment: datetime.datetime,
    customer: Customer | None,
    email: str,
    name: str,
    order: Order | None,
    order_number: str,
    files: Sequence[attachments.Checked],
) -> Case:
    """Open a case in the active language, and send its receipt to the writer's mailbox."""
    bound = order or order_of_number(order_number, customer=customer, email=email)
    label = str(Topic(topic).label)
    words = {"topic": label, "number": bound.number if bound else ""}
    case = cases.open_case(
        subject=_("%(topic)s – order %(number)s") % words if bound else label,
        text=text,
        language=languages.active(),
        moment=moment,
        customer=customer,
        guest_email="" if customer else email.strip().lower(),
        name=name or (customer.name if customer else ""),
        topic=topic,
        order=bound,
        order_number=order_number.strip().upper()[:20],
        files=files,
    )
    outbox.put(case, CaseMailKind.RECEIPT, moment=moment)
    return case
