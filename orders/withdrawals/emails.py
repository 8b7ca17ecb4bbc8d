"""The mails about a declaration, rendered when they are sent, in the language of the declaration.

They say what came in and when, or why it was rejected; nothing of any order.
"""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation

from orders.models import WithdrawalMail
from orders.withdrawals import wording
from shop import legal
from shop.kit import mail

_LEGAL_PAGES = ("imprint", "privacy", "withdrawal")


def build(row: WithdrawalMail) -> EmailMultiAlternatives:
    """The mail of an outbox row, ready to be sent."""
    with translation.override(row.language):
        context = _context(row)
    return mail.message(
        f"orders/withdrawal_{row.kind}", context, to=row.address, language=row.language
    )


def _context(row: WithdrawalMail) -> dict[str, Any]:
    declared = row.withdrawal
    receipt = reverse("withdrawal_receipt", args=[declared.public_id])
    return {
        "number": declared.number,
        "name": declared.name,
        "statement": declared.statement,
        "received": wording.received(declared.received_at),
        "receipt_url": urljoin(settings.SITE_URL, receipt),
        "reason": declared.case.reason,
        "merchant": legal.merchant(),
        "legal_links": [
            {"name": str(one["name"]), "url": urljoin(settings.SITE_URL, one["url"])}
            for one in legal.links()
            if one["slug"] in _LEGAL_PAGES
        ],
    }
