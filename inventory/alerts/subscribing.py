"""Asking to be told, proving the mailbox, taking it back, being forgotten.

Whatever is asked for, the answer to the visitor is the same: nobody learns who waits for what.
"""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Variant
from inventory.alerts import outbox
from inventory.models import AlertMailKind, StockAlert
from shop.kit import languages, limits, locks

CONFIRM_WITHIN = datetime.timedelta(days=7)
AGAIN_AFTER = datetime.timedelta(hours=1)
KEPT_WAITING = datetime.timedelta(days=365)
KEPT_AFTER_TOLD = datetime.timedelta(days=30)
PER_VISITOR = limits.Limit("alerts.visitor", most=10, seconds=limits.HOUR)
PER_ADDRESS = limits.Limit("alerts.address", most=5, seconds=limits.DAY)


class Unknown(LookupError):
    """No alert has this token, or it was not confirmed in time."""


def wording(name: str, label: str) -> str:
    """What somebody agrees to, in the active language; it is kept with the request."""
    return _("Send me one e-mail when “%(name)s” is back in stock.") % {
        "name": f"{name}, {label}" if label else name
    }


@transaction.atomic
def ask(
    variant: Variant, email: str, *, language: str, source: str, moment: datetime.datetime
) -> None:
    """Note that `email` wants to be told, and send the mail that asks for the proof.

    An address that waits already is left alone; one that did not answer is asked again, once an
    hour at most.
    """
    email = email.strip().lower()
    name = languages.localized(variant.product, "name", language)
    label = languages.localized(variant, "label", language)
    StockAlert.objects.bulk_create(
        [
            StockAlert(
                variant=variant,
                email=email,
                language=language,
                wording=wording(name, label),
                source=source,
                asked_at=moment,
            )
        ],
        ignore_conflicts=True,
    )
    open_ones = StockAlert.objects.filter(variant=variant, email=email, told_at__isnull=True)
    alert = locks.locked_one(open_ones)
    if alert.confirmed_at is not None:
        return
    last = alert.mails.filter(kind=AlertMailKind.CONFIRMATION).first()
    if last is None or last.created_at <= moment - AGAIN_AFTER:
        StockAlert.objects.filter(pk=alert.pk).update(asked_at=moment)
        outbox.put(alert, AlertMailKind.CONFIRMATION, moment=moment)


def of_token(token: str, *, moment: datetime.datetime) -> StockAlert:
    """The alert with this secret. Raises `Unknown`, also where the 7 days to confirm are over."""
    alert = StockAlert.objects.filter(token=token).select_related("variant__product").first()
    if alert is None or (alert.confirmed_at is None and alert.asked_at < moment - CONFIRM_WITHIN):
        raise Unknown
    return alert


def confirm(alert: StockAlert, *, moment: datetime.datetime) -> None:
    """The mailbox is theirs. The first time counts: it is the place in the queue."""
    StockAlert.objects.pending().filter(pk=alert.pk).update(confirmed_at=moment)


def end(token: str) -> None:
    """Take it back, and forget the address. Whatever the token, nothing else happens."""
    StockAlert.objects.filter(token=token).delete()


def forget(moment: datetime.datetime) -> int:
    """Delete what is over: not confirmed in 7 days, told 30 days ago, waiting for a year.

    Returns how many alerts went.
    """
    over = (
        StockAlert.objects.pending().filter(asked_at__lt=moment - CONFIRM_WITHIN)
        | StockAlert.objects.filter(told_at__lt=moment - KEPT_AFTER_TOLD)
        | StockAlert.objects.waiting().filter(confirmed_at__lt=moment - KEPT_WAITING)
    )
    return over.delete()[1].get(StockAlert._meta.label, 0)
