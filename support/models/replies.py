"""What staff set: texts that are ready, and how soon a topic is answered."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from support.models.case import Topic


class CannedReply(models.Model):
    """A text that is ready in both languages; {name} and {order} are filled in."""

    title = models.CharField(_("title"), max_length=80)
    text_de = models.TextField(_("text, German"), max_length=5000)
    text_en = models.TextField(_("text, English"), max_length=5000)

    class Meta:
        verbose_name = _("canned reply")
        verbose_name_plural = _("canned replies")

    def __str__(self) -> str:
        return self.title


class TopicPromise(models.Model):
    """Within how many hours of work a topic is answered; others as `hours.PROMISED` says."""

    topic = models.CharField(_("topic"), max_length=12, choices=Topic.choices, unique=True)
    hours = models.PositiveSmallIntegerField(
        _("answer within (hours of work)"),
        validators=[MinValueValidator(1), MaxValueValidator(200)],
    )

    class Meta:
        verbose_name = _("promised time")
        verbose_name_plural = _("promised times")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(topic__in=Topic.values), name="promise_topic_known"),
            models.CheckConstraint(
                condition=Q(hours__gte=1, hours__lte=200), name="promise_hours_plausible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}: {self.hours} h"
