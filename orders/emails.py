"""The mails about an order, rendered when they are sent, in the order's language."""

from django.core.mail import EmailMultiAlternatives

from orders.models import OrderMail
from orders import access
from shop.kit import mail


def build(row: OrderMail) -> EmailMultiAlternatives:
    return mail.message(
        f"orders/{row.kind}",
        {"order": row.order, "order_url": access.url_of(row.order)},
        to=row.address,
        language=row.language,
    )
