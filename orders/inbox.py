"""The providers' messages: stored once, worked off later, given up after some tries."""

import datetime
import uuid

from django.db.models import F, QuerySet

from orders.findings import Message
from orders.models import Payment, Refund, WebhookEvent

MAX_TRIES = 8
CLAIM = datetime.timedelta(minutes=2)  # a worker that died holds a message no longer than this


def record(gateway: str, message: Message, *, moment: datetime.datetime) -> int | None:
    """Store a message once. Returns its row's id while there is still something to do about it."""
    row = WebhookEvent(
        gateway=gateway,
        event_id=message.event_id,
        type=message.type,
        object_id=message.object_id,
        payload=message.hint,
        received_at=moment,
        next_try_at=moment,
    )
    WebhookEvent.objects.bulk_create([row], ignore_conflicts=True)
    pending = WebhookEvent.objects.pending().filter(gateway=gateway, event_id=message.event_id)
    return pending.values_list("pk", flat=True).first()


def claim(event_pk: int, *, moment: datetime.datetime) -> WebhookEvent | None:
    """Take a message for work. `None` when it is done, dead, not due or in other hands."""
    taken = (
        WebhookEvent.objects.due(moment)
        .filter(pk=event_pk)
        .update(next_try_at=moment + CLAIM, tries=F("tries") + 1)
    )
    return WebhookEvent.objects.get(pk=event_pk) if taken else None


def done(event: WebhookEvent, *, moment: datetime.datetime, remark: str = "") -> None:
    """The message has had its effect, or none."""
    WebhookEvent.objects.filter(pk=event.pk).update(processed_at=moment, problem=remark)


def failed(event: WebhookEvent, problem: Exception, *, moment: datetime.datetime) -> None:
    """Try again later, each time later; after `MAX_TRIES` staff must look."""
    wait = datetime.timedelta(seconds=10 * 3 ** (event.tries - 1))
    WebhookEvent.objects.filter(pk=event.pk, processed_at__isnull=True).update(
        next_try_at=moment + wait,
        is_dead=event.tries >= MAX_TRIES,
        problem=f"{type(problem).__name__}: {problem}"[:200],
    )


def revive(events: QuerySet[WebhookEvent], *, moment: datetime.datetime) -> int:
    """Try messages that were given up again, with all their tries. Returns how many."""
    dead = WebhookEvent.objects.filter(pk__in=events.values("pk"), is_dead=True)
    return dead.update(is_dead=False, tries=0, next_try_at=moment)


def payment_of(event: WebhookEvent) -> Payment | None:
    """The attempt that a message is about, by session, by intent, or by the id we gave it."""
    payments = Payment.objects.filter(gateway=event.gateway)
    by_id = payments.filter(public_id=own_id(event.payload.get("metadata", {}).get("payment")))
    by_session = payments.filter(provider_session=event.object_id).exclude(provider_session="")
    intents = [event.object_id, event.payload.get("payment_intent") or ""]
    by_intent = payments.filter(provider_intent__in=intents).exclude(provider_intent="")
    return by_session.first() or by_intent.first() or by_id.first()


def refund_of(event: WebhookEvent) -> Refund | None:
    """Our refund that a message is about; `None` for one that was made at the provider itself."""
    return refund_known_as(
        event.object_id, own_id=event.payload.get("metadata", {}).get("refund") or ""
    )


def refund_known_as(provider_id: str, *, own_id: object) -> Refund | None:
    """Our refund with this id at the provider, or with the key that we gave along."""
    known = Refund.objects.filter(provider_refund=provider_id).first()
    given = str(own_id)
    if known is None and given.isdigit():
        known = Refund.objects.filter(pk=int(given)).first()
    return known


def own_id(text: object) -> uuid.UUID:
    """The public id that we gave a payment, as a provider repeats it; else one nobody has."""
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return uuid.UUID(int=0)
