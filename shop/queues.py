"""What waits between the shop and the world: messages coming in, mails going out. Is it in time?

`/readyz?deep=1` and the admin's home ask. What is late is the worker's, beat's or the mail server's
doing; what was given up is for staff (`shop.retrying`).
"""

import datetime
from typing import Any

from django.db import DatabaseError
from psycopg_pool import PoolTimeout

from inventory.models import AlertMail
from orders.models import DueDocuments, OrderMail, WebhookEvent, WithdrawalMail
from shop import health
from support.models import CaseMail, InboundMail

SILENT_AFTER = datetime.timedelta(minutes=3)  # the heartbeat comes every minute
QUEUES: dict[str, Any] = {
    "inbox": WebhookEvent.objects,
    "order_mails": OrderMail.objects,
    "withdrawal_mails": WithdrawalMail.objects,
    "alert_mails": AlertMail.objects,
    "case_mails": CaseMail.objects,
    "inbound_mails": InboundMail.objects,
    "documents": DueDocuments.objects,
}


def states(moment: datetime.datetime) -> dict[str, bool]:
    """Is each queue in time, and does the background work go on? Never raises."""
    try:
        found = {name: not rows.late(moment).exists() for name, rows in QUEUES.items()}
    except (DatabaseError, PoolTimeout):
        found = dict.fromkeys(QUEUES, False)
    return found | {"background": is_alive(moment)}


def is_alive(moment: datetime.datetime) -> bool:
    """Were beat and a worker seen together within the last minutes?"""
    last = health.last_heartbeat()
    return last is not None and moment - last < SILENT_AFTER
