"""The shop's own words in mails: every saving is a row, the newest one counts."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MailWordingQuerySet(models.QuerySet["MailWording"]):
    def of(self, mail: str, language: str) -> Self:
        """What was ever said in a mail, the newest first."""
        return self.filter(mail=mail, language=language).order_by("-pk")


class MailWording(models.Model):
    """Subject, opening and closing of one mail in one language; an empty part is the default."""

    mail = models.CharField(_("mail"), max_length=80)
    language = models.CharField(_("language"), max_length=5)
    subject = models.CharField(_("subject"), max_length=150, blank=True)
    intro = models.TextField(_("opening words"), blank=True, max_length=2000)
    closing = models.TextField(_("closing words"), blank=True, max_length=2000)
    created_at = models.DateTimeField(_("saved at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )

    objects = MailWordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("words of a mail")
        verbose_name_plural = _("words of mails")
        indexes = [models.Index(fields=["mail", "language", "-id"], name="mail_wording_newest")]

    def __str__(self) -> str:
        return f"{self.mail} ({self.language})"
