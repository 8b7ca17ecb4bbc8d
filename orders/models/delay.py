"""What buyers were told of goods that come later than promised, and what they chose."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order


class DelayAnswer(models.TextChoices):
    NONE = "", _("no answer")
    KEEP = "keep", _("waits for it")
    CANCEL = "cancel", _("cancelled")


class Delay(models.Model):
    """An order was told of a new day, once. What it was promised stands on its lines."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="delays")
    day = models.DateField(_("new day"))
    # [[id of the line, its new day], …]: the day of each line that comes later.
    lines = models.JSONField(_("lines"), default=list)
    told_at = models.DateTimeField(_("told"))
    answer = models.CharField(
        _("answer"), max_length=6, choices=DelayAnswer.choices, default=DelayAnswer.NONE, blank=True
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("delay")
        verbose_name_plural = _("delays")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "day"], name="delay_told_once_a_day"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | Q(answer__in=["keep", "cancel"], answered_at__isnull=False),
                name="delay_answer_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=DelayAnswer.values), name="delay_answer_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
