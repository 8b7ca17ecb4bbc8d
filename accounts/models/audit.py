"""Who of the staff did or read what: rows only ever added, each sealed by the one before."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Customer


class AuditAct(models.TextChoices):
    READ = "read", _("read")
    ADD = "add", _("added")
    CHANGE = "change", _("changed")
    DELETE = "delete", _("deleted")
    ACT = "act", _("acted")
    EXPORT = "export", _("exported")
    SIGN_IN = "sign_in", _("signed in")
    TRIM = "trim", _("old entries removed")


class AuditEntry(models.Model):
    """One act of staff. Ids, names of fields and plain facts; never a personal value.

    `digest` is SHA-256 over the digest of the entry before and everything in this one, so that
    nobody can change, insert or remove an entry without breaking the chain.
    """

    number = models.BigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("when"), db_index=True)
    actor = models.ForeignKey(
        Customer,
        models.PROTECT,
        null=True,
        related_name="audit_entries",
        verbose_name=_("who"),
    )
    act = models.CharField(_("act"), max_length=20, choices=AuditAct.choices)
    page = models.CharField(_("page"), max_length=100, blank=True)
    object_type = models.CharField(_("kind of object"), max_length=60, blank=True)
    object_id = models.CharField(_("key of the object"), max_length=60, blank=True)
    facts = models.JSONField(_("facts"), default=dict)
    previous = models.CharField(_("digest before"), max_length=64, blank=True)
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("audit log")
        indexes: ClassVar = [
            models.Index(fields=["object_type", "object_id"], name="audit_of_object"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(act__in=AuditAct.values), name="audit_act_known"),
            models.CheckConstraint(condition=Q(number__gte=1), name="audit_number_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.act}"


class AuditHead(models.Model):
    """The end of the chain: one row. Its lock is the turn of who writes next, its digest tells
    whether entries were cut off at the end.
    """

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="audit_head_is_one"),
        ]

    def __str__(self) -> str:
        return str(self.number)
