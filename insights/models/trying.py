"""What happens in the shop, and what is being tried out.

Ids and words only: no foreign key leaves this app, no row says who somebody is.
"""

import datetime
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class EventQuerySet(models.QuerySet["Event"]):
    def before(self, moment: datetime.datetime) -> Self:
        return self.filter(created_at__lt=moment)


class Event(models.Model):
    """Something happened. `visitor_id` is random or a hash that changes daily, or empty."""

    name = models.SlugField(_("name"), max_length=40, db_index=False)
    visitor_id = models.CharField(_("visitor"), max_length=64, blank=True)
    facts = models.JSONField(_("facts"), default=dict)
    created_at = models.DateTimeField(_("happened"))

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes: ClassVar = [
            models.Index(fields=["name", "created_at"], name="event_by_name"),
            models.Index(fields=["created_at"], name="event_by_time"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="event_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ExperimentQuerySet(models.QuerySet["Experiment"]):
    def running(self, moment: datetime.datetime) -> Self:
        """Those that assign visitors at `moment`."""
        return self.filter(started_at__lte=moment).filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=moment)
        )


class Experiment(models.Model):
    """A question to the shoppers: which of these `variants` serves them better?"""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    question = models.CharField(_("question"), max_length=200)
    variants = ArrayField(
        models.SlugField(max_length=40, db_index=False),
        verbose_name=_("variants"),
        help_text=_("The first one is the shop as it was."),
    )
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = ExperimentQuerySet.as_manager()

    class Meta:
        verbose_name = _("experiment")
        verbose_name_plural = _("experiments")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(variants__len__gte=2), name="experiment_compares_something"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gt=F("started_at")),
                name="experiment_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Assignment(models.Model):
    """What a visitor was shown. Written once, so that a later change of shares moves nobody."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="assignments")
    visitor_id = models.CharField(_("visitor"), max_length=64)
    variant = models.CharField(_("variant"), max_length=40)
    created_at = models.DateTimeField(_("first seen"))

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["experiment", "visitor_id"], name="assignment_once_per_visitor"
            ),
            models.CheckConstraint(condition=~Q(visitor_id=""), name="assignment_has_visitor"),
            models.CheckConstraint(condition=~Q(variant=""), name="assignment_has_variant"),
        ]

    def __str__(self) -> str:
        return self.variant
