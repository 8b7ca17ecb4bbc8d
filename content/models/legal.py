"""Versions of the legal pages: drafts that staff write, and what was published, for ever."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LegalPage(models.TextChoices):
    """The address of each page, in the order of the footer, and its title."""

    IMPRINT = "imprint", _("Imprint")
    PRIVACY = "privacy", _("Privacy notice")
    TERMS = "terms", _("Terms")
    WITHDRAWAL = "withdrawal", _("Right of withdrawal")
    SHIPPING = "shipping", _("Delivery")
    PAYMENT = "payment", _("Payment")
    GUARANTEE = "guarantee", _("Statutory guarantee")
    REVIEWS = "reviews", _("Reviews and their authenticity")
    BATTERIES = "batteries-packaging", _("Batteries, old devices, packaging")
    ACCESSIBILITY = "accessibility", _("Accessibility")


class LegalState(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")


class LegalVersionQuerySet(models.QuerySet["LegalVersion"]):
    def published(self) -> Self:
        return self.filter(state=LegalState.PUBLISHED)

    def in_force(self, moment: datetime.datetime) -> Self:
        """Of each page the newest version whose time has come."""
        begun = self.published().filter(valid_from__lte=moment)
        return begun.order_by("page", "-valid_from").distinct("page")


class LegalVersion(models.Model):
    """The words of one page in all languages. A trigger keeps what was published unchanged."""

    page = models.CharField(_("page"), max_length=30, choices=LegalPage)
    # The name that orders keep; empty until it is published.
    label = models.CharField(_("version"), max_length=20, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=LegalState, default=LegalState.DRAFT
    )
    body_de = models.TextField(_("German text"))
    body_en = models.TextField(_("English text"))
    note = models.CharField(_("what is new"), max_length=300, blank=True)
    sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True)
    valid_from = models.DateTimeField(_("valid from"), null=True, blank=True)
    created_at = models.DateTimeField(_("begun at"))
    changed_at = models.DateTimeField(_("changed at"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )

    objects = LegalVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal text")
        verbose_name_plural = _("legal texts")
        permissions = [("publish_legalversion", _("May publish legal texts"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__in=LegalPage.values), name="legal_version_page_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=LegalState.values), name="legal_version_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", label="", sha256="", valid_from=None, published_at=None)
                | Q(
                    Q(state="published", valid_from__isnull=False, published_at__isnull=False),
                    ~Q(label=""),
                    ~Q(sha256=""),
                ),
                name="legal_version_published_whole",
            ),
            models.UniqueConstraint(
                fields=["page", "label"], condition=~Q(label=""), name="legal_version_label_once"
            ),
            models.UniqueConstraint(
                fields=["page", "valid_from"], name="legal_version_begins_once"
            ),
            models.UniqueConstraint(
                fields=["page"], condition=Q(state="draft"), name="legal_version_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_page_display()} {self.label}".strip()

    @property
    def is_draft(self) -> bool:
        return self.state == LegalState.DRAFT


class LegalReading(models.Model):
    """Somebody who knows the law has read a version. Shoppers never see whether."""

    page = models.CharField(_("page"), max_length=30, choices=LegalPage)
    label = models.CharField(_("version"), max_length=20)
    reader = models.CharField(_("read by"), max_length=120)
    noted_at = models.DateTimeField(_("noted at"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("noted by"),
    )

    class Meta:
        verbose_name = _("reading of a legal text")
        verbose_name_plural = _("readings of legal texts")
        constraints = [
            models.CheckConstraint(
                condition=Q(page__in=LegalPage.values), name="legal_reading_page_known"
            ),
            models.UniqueConstraint(fields=["page", "label"], name="legal_reading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_page_display()} {self.label}: {self.reader}"
