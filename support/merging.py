"""Two cases of one customer about one thing become one. It cannot be undone."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Customer
from shop.kit import locks
from support.models import Case, CaseState, InboundMail, Message, Sender


class NotMergeable(Exception):
    """They are of different people, the same, or merged already."""

    def __str__(self) -> str:
        return _("These two cases cannot be merged.")


@transaction.atomic
def merge(case: Case, *, into: Case, by: Customer | None, moment: datetime.datetime) -> None:
    """Move what was said in `case` to `into`; links and reply addresses of both lead there.

    The clock is that of whoever waits longer. Raises `NotMergeable`.
    """
    rows = {one.pk: one for one in locks.locked(Case.objects.filter(pk__in=[case.pk, into.pk]))}
    if len(rows) < 2 or any(one.merged_into_id for one in rows.values()):
        raise NotMergeable
    gone, kept = rows[case.pk], rows[into.pk]
    if (gone.customer_id, gone.guest_email.lower()) != (kept.customer_id, kept.guest_email.lower()):
        raise NotMergeable
    Message.objects.filter(case=gone).update(case=kept)
    InboundMail.objects.filter(case=gone).update(case=kept)
    Case.objects.filter(merged_into=gone).update(merged_into=kept)
    if CaseState.OPEN in (gone.state, kept.state):
        waits = [one for one in (gone, kept) if one.state == CaseState.OPEN]
        Case.objects.filter(pk=kept.pk).update(
            state=CaseState.OPEN,
            closed_at=None,
            waiting_since=_first(one.waiting_since for one in waits),
            due_at=_first(one.due_at for one in waits),
        )
    if kept.order_id is None and gone.order_id is not None:
        Case.objects.filter(pk=kept.pk).update(order=gone.order_id, order_number=gone.order_number)
    Case.objects.filter(pk=gone.pk).update(
        state=CaseState.CLOSED, closed_at=moment, merged_into=kept, waiting_since=None, due_at=None
    )
    text = _("%(number)s was merged into this case.") % {"number": gone.number}
    Message.objects.create(case=kept, sender=Sender.NOTE, text=text, author=by, created_at=moment)


def _first(moments: Iterable[datetime.datetime | None]) -> datetime.datetime | None:
    return min((one for one in moments if one), default=None)
