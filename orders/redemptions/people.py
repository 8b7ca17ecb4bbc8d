"""Who counts as one person: an account, and a mailbox however its address is written."""

from django.db.models import Q
from django.utils.crypto import salted_hmac

from orders.models import Order, OrderStatus, mailbox

_SALT = "orders.redemptions.people"


def keys(*, customer_id: int | None, email: str) -> list[str]:
    """The ends of keys under which a person is counted: the account's id, the mailbox's hash."""
    found = [f"account:{customer_id}"] if customer_id else []
    return [*found, f"mail:{mail_hash(email)}"] if email else found


def mail_hash(email: str) -> str:
    """A keyed hash of the mailbox: the same for each way to write it, telling nothing of it."""
    return salted_hmac(_SALT, mailbox.of(email), algorithm="sha256").hexdigest()[:32]


def has_ordered(*, customer_id: int | None, email: str) -> bool:
    """Is there an order of this account or mailbox that was not cancelled? One statement."""
    own = Q(customer=customer_id) if customer_id else Q()
    same = Q(mailbox=mailbox.of(email)) if email else Q()
    if not (own or same):
        return False
    orders = Order.objects.exclude(status=OrderStatus.CANCELLED)
    return orders.alias(mailbox=mailbox.expression()).filter(own | same).exists()
