"""Mails that came in: stored first, worked off later, never lost."""

import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer
from shop.kit import mail
from support.models.case import Case
from support.models.message import Message


class InboundState(models.TextChoices):
    NEW = "new", _("to be read")
    DONE = "done", _("in a case")
    UNDECIDED = "undecided", _("to be decided")
    IGNORED = "ignored", _("set aside")


class InboundMailQuerySet(models.QuerySet["InboundMail"]):
    def due(self, moment: datetime.datetime) -> Self:
        return self.filter(state=InboundState.NEW, next_try_at__lte=moment)

    def late(self, moment: datetime.datetime) -> Self:
        """Mails that nobody has read for a long time: the worker does not do its part."""
        return self.filter(
            state=InboundState.NEW, tries=0, received_at__lt=moment - mail.LATE_AFTER
        )

    def undecided(self) -> Self:
        """Those that staff have to look at."""
        return self.filter(state=InboundState.UNDECIDED)


class InboundMail(models.Model):
    """One mail as it came; `raw` is emptied when nobody needs it any more."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    recipient = models.CharField(_("sent to"), max_length=254, blank=True)
    raw = models.BinaryField()
    sender = models.CharField(_("from"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    header_id = models.CharField(max_length=250, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=InboundState.choices, default=InboundState.NEW
    )
    remark = models.CharField(_("why"), max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    received_at = models.DateTimeField(_("received"))
    decided_by = models.ForeignKey(
        Customer,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    case = models.ForeignKey(
        Case, models.CASCADE, null=True, blank=True, related_name="inbound", verbose_name=_("case")
    )
    message = models.ForeignKey(Message, models.CASCADE, null=True, blank=True, related_name="+")

    objects = InboundMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("incoming mail")
        verbose_name_plural = _("incoming mails")
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"], condition=Q(state="new"), name="inbound_mail_to_read"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=InboundState.values), name="inbound_mail_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender}: {self.subject}"
