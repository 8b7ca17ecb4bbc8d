"""What staff do with a difference: ask the provider once more, or say why it is none."""

import datetime

from accounts.models import Customer
from orders.models import Difference, Reconciliation
from orders.money.reconciliation import running

# A movement is looked for so long before and after it happened.
AROUND = datetime.timedelta(days=1)


def look_again(difference: Difference, *, moment: datetime.datetime) -> Reconciliation | None:
    """Compare the days around it once more; closes it when it is gone. `None`: a run is going on.

    The row that comes back says when the provider did not answer.
    """
    return running.run(
        difference.gateway,
        since=difference.happened_at - AROUND,
        until=min(difference.happened_at + AROUND, moment),
        moment=moment,
    )


def close(
    difference: Difference, *, reason: str, by: Customer | None, moment: datetime.datetime
) -> bool:
    """It is explained. Returns `False` when it was closed already.

    Raises `ValueError` without a reason: the books must say why.
    """
    if not reason.strip():
        raise ValueError("A difference is closed for a reason.")
    open_one = Difference.objects.open().filter(pk=difference.pk)
    return bool(open_one.update(closed_at=moment, closed_by=by, reason=reason.strip()[:200]))
