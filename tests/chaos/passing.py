"""Time passes: what waits for its next try is due now, so that no run waits for minutes."""

import datetime

from django.db import connection
from django.db.models import F

from orders.models import OrderMail, Payment, PaymentState, Refund, WebhookEvent


def let_pass(*, minutes: int) -> None:
    """Everything that is still to be done was planned `minutes` earlier than it was.

    Claims of workers that died run out, failed tries come again; the sweepers do the rest.
    """
    span = datetime.timedelta(minutes=minutes)
    WebhookEvent.objects.pending().update(next_try_at=F("next_try_at") - span)
    OrderMail.objects.filter(state__in=("queued", "in_flight"), tries__gt=0).update(
        next_try_at=F("next_try_at") - span, claimed_at=F("claimed_at") - span
    )
    Refund.objects.filter(state__in=("requested", "pending")).update(
        next_try_at=F("next_try_at") - span
    )
    Payment.objects.filter(state=PaymentState.PROCESSING).update(
        next_check_at=F("next_check_at") - span
    )
    connection.close()
