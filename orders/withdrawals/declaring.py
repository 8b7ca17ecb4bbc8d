"""A declaration comes in: kept word for word, with its receipt, in one transaction.

Which order is meant is looked for later, so that every answer is the same and takes as long.
"""

import datetime
import hashlib
import json

from django.db import transaction

from orders.models import (
    Withdrawal,
    WithdrawalCase,
    WithdrawalChannel,
    WithdrawalMailKind,
    mailbox,
)
from orders.withdrawals import outbox, wording
from shop.kit import clock, limits

PER_NETWORK = limits.Limit("withdrawals.network", most=20, seconds=limits.HOUR)
PER_MAILBOX = limits.Limit("withdrawals.mailbox", most=5, seconds=limits.DAY)
# Of declarations that come in heaps the receipts wait, so that nobody fills a stranger's mailbox
# before staff have looked.
QUIET_WAIT = datetime.timedelta(hours=1)


@transaction.atomic
def declare(
    declaration: wording.Declaration,
    *,
    moment: datetime.datetime,
    network: str = "",
    is_quiet: bool = False,
    channel: WithdrawalChannel = WithdrawalChannel.ONLINE,
) -> Withdrawal:
    """Keep it and note the receipt. The same words once more on the same day change nothing.

    `moment`: when it came in; `network`: where from, shortened; `is_quiet`: staff look first.
    """
    row, is_new = Withdrawal.objects.get_or_create(
        digest=_digest(declaration, moment),
        defaults={
            "name": declaration.name,
            "reference": declaration.reference,
            "email": declaration.email,
            "comment": declaration.comment,
            "pieces": {str(pk): count for pk, count in declaration.pieces.items()},
            "linked_order": declaration.order,
            "statement": declaration.statement,
            "received_at": moment,
            "channel": channel,
            "network": network,
            "text_version": wording.TEXT_VERSION,
            "language": declaration.language,
            "is_quiet": is_quiet,
        },
    )
    if is_new:
        WithdrawalCase.objects.create(withdrawal=row)
        wait = QUIET_WAIT if is_quiet else datetime.timedelta(0)
        outbox.put(row, WithdrawalMailKind.RECEIPT, moment=moment, wait=wait)
    return row


def _digest(declaration: wording.Declaration, moment: datetime.datetime) -> str:
    parts = [
        clock.day_of(moment).isoformat(),
        declaration.reference.casefold(),
        mailbox.of(declaration.email),
        declaration.statement,
        declaration.order.pk if declaration.order else None,
        sorted(declaration.pieces.items()),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
