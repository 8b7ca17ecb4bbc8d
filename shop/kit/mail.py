"""Mails that are never lost: a row in the business transaction, sent later, sent again on failure.

An app keeps its mails in a table of its own that inherits `OutgoingMail`; the row says what is to
be told to whom, the text is rendered when it is sent. Exactly once does not exist with SMTP: a mail
can go out twice only when the process dies between the server's answer and our stamp, and then it
carries the same Message-ID, so that mailboxes can tell.
"""

import dataclasses
import datetime
import logging
import smtplib
import uuid
from collections.abc import Callable
from typing import Any, Self
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation

log = logging.getLogger(__name__)

MAX_TRIES = 12
STUCK_AFTER = datetime.timedelta(minutes=10)
LATE_AFTER = datetime.timedelta(minutes=15)  # nobody took it up
FAILING_AFTER = datetime.timedelta(hours=1)  # it is tried again and again


class MailState(models.TextChoices):
    QUEUED = "queued", "queued"
    IN_FLIGHT = "in_flight", "in flight"
    SENT = "sent", "sent"
    DEAD = "dead", "dead"


class OutgoingMailQuerySet(models.QuerySet[Any]):
    def due(self, moment: datetime.datetime) -> Self:
        """Mails to send now: queued ones whose time has come, and those whose sender died."""
        return self.filter(
            Q(state=MailState.QUEUED, next_try_at__lte=moment)
            | Q(state=MailState.IN_FLIGHT, claimed_at__lt=moment - STUCK_AFTER)
        )

    def late(self, moment: datetime.datetime) -> Self:
        """Mails that should be out by now: the worker or the mail server does not do its part."""
        is_failing = Q(tries__gt=0, created_at__lt=moment - FAILING_AFTER)
        return self.filter(
            Q(state=MailState.QUEUED, next_try_at__lt=moment - LATE_AFTER)
            | Q(state=MailState.IN_FLIGHT, claimed_at__lt=moment - LATE_AFTER - STUCK_AFTER)
            | Q(state=MailState.QUEUED) & is_failing
        )

    def dead(self) -> Self:
        """Mails that were given up."""
        return self.filter(state=MailState.DEAD)

    def revive(self, moment: datetime.datetime) -> list[uuid.UUID]:
        """Give those that were given up all their tries again. Returns their Message-IDs."""
        dead = self.dead()
        message_ids = list(dead.order_by("pk").values_list("message_id", flat=True))
        self.model._default_manager.filter(message_id__in=message_ids, state=MailState.DEAD).update(
            state=MailState.QUEUED, tries=0, next_try_at=moment
        )
        return message_ids


class OutgoingMail(models.Model):
    """One mail to one address. `kind` and the owner's reference are unique in the app's table."""

    kind = models.CharField(max_length=40)
    address = models.EmailField()
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=12, choices=MailState.choices, default=MailState.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    message_id = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"


def revive(
    mails: models.QuerySet[Any], *, wake: Callable[..., None], moment: datetime.datetime
) -> int:
    """Try those that were given up again, with all their tries. Returns how many.

    `wake` is the `delay_on_commit` of the task that sends one, by its Message-ID.
    """
    rows = mails.model._default_manager.filter(pk__in=mails.values("pk"))
    message_ids = rows.revive(moment)
    for message_id in message_ids:
        wake(mail_id=str(message_id))
    return len(message_ids)


@dataclasses.dataclass(frozen=True)
class Attachment:
    filename: str
    content: bytes
    mimetype: str


def claim(rows: OutgoingMailQuerySet, pk: int, moment: datetime.datetime) -> Any | None:
    """Take the mail `pk` for sending. `None` when another process has it or it is not due.

    One UPDATE, committed before the mail server is called.
    """
    taken = (
        rows.filter(pk=pk)
        .due(moment)
        .update(state=MailState.IN_FLIGHT, claimed_at=moment, tries=models.F("tries") + 1)
    )
    return rows.get(pk=pk) if taken else None


def deliver(
    mail: Any, build: Callable[[Any], EmailMultiAlternatives], moment: datetime.datetime
) -> bool:
    """Send a claimed mail and note the outcome. Returns whether the server took it.

    A refusal for good (5xx for this address) makes it dead at once, everything else is tried
    again, later each time, `MAX_TRIES` times.
    """
    try:
        message = build(mail)
        message.extra_headers["Message-ID"] = header_id(mail.message_id)
        message.send()
    except Exception as problem:  # Whatever went wrong, the row must say so and wait.
        _note_failure(mail, problem, moment)
        return False
    type(mail).objects.filter(pk=mail.pk).update(
        state=MailState.SENT, sent_at=moment, problem="", claimed_at=None
    )
    return True


def send(
    rows: OutgoingMailQuerySet,
    pk: int,
    build: Callable[[Any], EmailMultiAlternatives],
    moment: datetime.datetime,
) -> bool:
    """Claim and deliver the mail `pk`. Returns whether it went out; `rows` load what it needs."""
    row = claim(rows, pk, moment)
    return row is not None and deliver(row, build, moment)


def send_named(
    rows: OutgoingMailQuerySet,
    message_id: str,
    build: Callable[[Any], EmailMultiAlternatives],
    moment: datetime.datetime,
) -> bool:
    """The same for the mail with this Message-ID, if there is one."""
    pk = rows.model._default_manager.filter(message_id=message_id).values_list("pk", flat=True)
    found = pk.first()
    return found is not None and send(rows, found, build, moment)


def send_due(
    rows: OutgoingMailQuerySet,
    build: Callable[[Any], EmailMultiAlternatives],
    moment: datetime.datetime,
    *,
    most: int,
) -> int:
    """The same for `most` mails that are due, the oldest first. Returns how many went out."""
    due = rows.model._default_manager.due(moment).order_by("next_try_at")
    found = list(due.values_list("pk", flat=True)[:most])
    return sum(send(rows, pk, build, moment) for pk in found)


def header_id(message_id: uuid.UUID) -> str:
    """The Message-ID of a mail of ours, as it stands in its head and in the answers to it."""
    return f"<{message_id}@{_host()}>"


def _note_failure(mail: Any, problem: Exception, moment: datetime.datetime) -> None:
    is_final = isinstance(problem, smtplib.SMTPRecipientsRefused) and all(
        code >= 500 for code, _text in problem.recipients.values()
    )
    is_dead = is_final or mail.tries >= MAX_TRIES
    wait = datetime.timedelta(seconds=min(30 * 2 ** (mail.tries - 1), 6 * 3600))
    log.warning("mail %s not sent: %s", mail.pk, type(problem).__name__)
    type(mail).objects.filter(pk=mail.pk).update(
        state=MailState.DEAD if is_dead else MailState.QUEUED,
        next_try_at=moment + wait,
        claimed_at=None,
        problem=type(problem).__name__,
    )


def message(
    template: str,
    context: dict[str, Any],
    *,
    to: str,
    language: str,
    attachments: tuple[Attachment, ...] = (),
) -> EmailMultiAlternatives:
    """A mail from the three templates `emails/<template>.{subject.txt,txt,html}` in `language`."""
    with translation.override(language):
        # A mail that has several names for one template brings its own.
        named = {"mail": template, **context}
        full = {**named, "site_url": settings.SITE_URL, "language": language}
        subject = " ".join(render_to_string(f"emails/{template}.subject.txt", full).split())
        text = render_to_string(f"emails/{template}.txt", full)
        html = css_inline.inline(render_to_string(f"emails/{template}.html", full))
    mail = EmailMultiAlternatives(subject, text, to=[to])
    mail.attach_alternative(html, "text/html")
    for part in attachments:
        mail.attach(part.filename, part.content, part.mimetype)
    return mail


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
