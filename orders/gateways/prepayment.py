"""Prepayment by bank transfer: the buyer's bank brings the money, the statement tells of it."""

import datetime

from django.conf import settings

from orders.models import ByHand
from orders.receipts import transfers


class Prepayment:
    """Not offered without holder and IBAN of the seller's account."""

    code = "prepayment"
    by_hand = ByHand.TRANSFER
    is_due_later = False

    @property
    def is_offered(self) -> bool:
        return transfers.own() is not None

    @property
    def kept_for(self) -> datetime.timedelta:
        return datetime.timedelta(days=settings.PREPAYMENT_DAYS)
