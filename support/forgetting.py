"""What is over is deleted: conversations with all that hangs on them, and mails that were read.

Ground and time limits: docs/algorithms/support.md
"""

import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from shop.kit import clock
from support import attachments
from support.models import (
    Attachment,
    Case,
    CaseState,
    InboundMail,
    InboundState,
    Message,
    Satisfaction,
)

YEARS = 3  # §§ 195, 199 BGB: from the end of the year in which the case was closed
RAW_KEPT = datetime.timedelta(days=30)
_AT_ONCE = 200


@transaction.atomic
def forget(cases: QuerySet[Case]) -> int:
    """Delete cases with messages, files, mails and those merged into them. Returns how many."""
    keys = list(cases.values_list("pk", flat=True))
    both = Case.objects.filter(Q(pk__in=keys) | Q(merged_into__in=keys))
    attachments.remove(Attachment.objects.filter(message__case__in=both))
    InboundMail.objects.filter(case__in=both).delete()
    Satisfaction.objects.filter(case__in=both).delete()
    for case in both:
        case.mails.all().delete()
    Message.objects.filter(case__in=both).delete()
    return both.delete()[1].get(Case._meta.label, 0)


def forget_closed(*, moment: datetime.datetime) -> int:
    """Delete cases that were closed three years ago or earlier, counted to the year's end."""
    first_kept = clock.day_of(moment).year - YEARS
    zone = clock.zone()
    limit = datetime.datetime(first_kept, 1, 1, tzinfo=zone)
    over = Case.objects.filter(state=CaseState.CLOSED, merged_into=None, closed_at__lt=limit)
    count = 0
    while keys := list(over.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]):
        count += forget(Case.objects.filter(pk__in=keys))
    return count


def forget_raw(*, moment: datetime.datetime) -> int:
    """Delete mails that were set aside, and the sources of those that are in a case.

    Undecided ones stay: they are lost only if nobody looks at them. Returns how many rows changed.
    """
    old = InboundMail.objects.filter(received_at__lt=moment - RAW_KEPT)
    gone = old.filter(state=InboundState.IGNORED, case=None).delete()[0]
    read = old.filter(state__in=[InboundState.DONE, InboundState.IGNORED]).exclude(raw=b"")
    return gone + read.update(raw=b"")
