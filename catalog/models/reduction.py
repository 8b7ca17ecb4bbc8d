"""A catalogue promotion: a reduction of many prices, written as price rows before it begins.

The rows (`Price.reduction`) are what shoppers pay; this says how they came about.
"""

import datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def id_list(label: Any) -> ArrayField:
    """Ids, not relations: of a deleted category nothing may be left that means "all goods"."""
    return ArrayField(models.BigIntegerField(), verbose_name=label, default=list, blank=True)


class ReductionKind(models.TextChoices):
    PERCENT = "percent", _("percent off")
    AMOUNT = "amount", _("an amount off")
    PRICE = "price", _("a fixed price")


class ReductionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    APPLYING = "applying", _("prices are being written")
    APPLIED = "applied", _("applied")
    ENDING = "ending", _("is being ended")
    ENDED = "ended", _("ended")


class Reduction(models.Model):
    """Which goods become cheaper, how, and until when; its steps say from when and by how much."""

    name = models.CharField(_("name, for staff"), max_length=80)
    kind = models.CharField(_("gives"), max_length=10, choices=ReductionKind.choices)
    category_ids = id_list(_("categories"))
    collection_ids = id_list(_("collections"))
    product_ids = id_list(_("products"))
    excluded_category_ids = id_list(_("categories left out"))
    excluded_product_ids = id_list(_("products left out"))
    ends_at = models.DateTimeField(_("until"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=ReductionState.choices,
        default=ReductionState.DRAFT,
        editable=False,
    )
    # While its prices are written: the last variant that was looked at.
    done_up_to = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("catalogue promotion")
        verbose_name_plural = _("catalogue promotions")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=ReductionKind.values), name="reduction_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReductionState.values), name="reduction_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_over(self, moment: datetime.datetime) -> bool:
        return self.state == ReductionState.ENDED or self.ends_at <= moment


class ReductionStep(models.Model):
    """From `starts_at` on so much is taken off, until the next step or the end."""

    reduction = models.ForeignKey(Reduction, models.CASCADE, related_name="steps")
    starts_at = models.DateTimeField(_("from"))
    # Percent, euros off, or the price: as the kind of the reduction says.
    value = models.DecimalField(
        _("percent or euros"), max_digits=10, decimal_places=2, validators=[MinValueValidator(0)]
    )

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reduction", "starts_at"], name="reduction_step_once_at_a_time"
            ),
            models.CheckConstraint(condition=Q(value__gt=0), name="reduction_step_gives_something"),
        ]

    def __str__(self) -> str:
        return f"{self.value} ({self.starts_at:%Y-%m-%d})"
