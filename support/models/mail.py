"""The outbox of the cases."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shop.kit import mail
from support.models.case import Case
from support.models.message import Message


class CaseMailKind(models.TextChoices):
    RECEIPT = "receipt", _("message received")
    ANSWER = "answer", _("answer")
    CLOSED = "closed", _("closed, how was it?")


class CaseMail(mail.OutgoingMail):
    """One mail about a case: each answer once, the others once for a `reference`."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="mails")
    answer = models.ForeignKey(Message, models.CASCADE, null=True, blank=True, related_name="+")
    reference = models.CharField(_("reference"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("mail about a case")
        verbose_name_plural = _("mails about cases")
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["queued", "in_flight"]),
                name="case_mail_to_send",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "kind", "reference"], name="case_mail_once_per_reference"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=CaseMailKind.values), name="case_mail_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=mail.MailState.values), name="case_mail_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="answer", answer__isnull=False) | ~Q(kind="answer"),
                name="case_mail_answers_with_a_message",
            ),
        ]

    @property
    def kind_name(self) -> str:
        """What the mail is about, in the active language."""
        return str(CaseMailKind(self.kind).label)
