"""The files of one content: what is still to be made of it, and why it could not be."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class PictureState(models.TextChoices):
    WAITING = "waiting", _("is being made")
    MADE = "made", _("ready")
    FAILED = "failed", _("failed")


class PictureFileQuerySet(models.QuerySet["PictureFile"]):
    def due(self, moment: datetime.datetime) -> "PictureFileQuerySet":
        """What a worker may take up now."""
        is_time = Q(next_try_at=None) | Q(next_try_at__lte=moment)
        return self.filter(is_time, state=PictureState.WAITING)

    def failed(self) -> "PictureFileQuerySet":
        return self.filter(state=PictureState.FAILED)

    def ask_again(self) -> int:
        """Have the renditions made once more, whatever became of them. Returns how many."""
        return self.update(
            state=PictureState.WAITING,
            problem="",
            tries=0,
            next_try_at=None,
            round=F("round") + 1,
        )


class PictureFile(models.Model):
    """Rows of pictures with the same `key` share these files and their original.

    `round` counts the wishes: a worker that finishes an older one leaves the row waiting.
    """

    key = models.CharField(_("key"), max_length=20, unique=True, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    state = models.CharField(
        _("state"), max_length=8, choices=PictureState.choices, default=PictureState.WAITING
    )
    problem = models.TextField(_("problem"), blank=True)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    round = models.PositiveIntegerField(default=1, editable=False)
    next_try_at = models.DateTimeField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField(_("made at"), null=True, blank=True, editable=False)
    # Crops around an earlier focal point may lie there until the clean-up has been past.
    tidied_at = models.DateTimeField(null=True, blank=True, editable=False)
    unused_since = models.DateTimeField(_("unused since"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("uploaded"), db_default=Now(), editable=False)

    objects = PictureFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture file")
        verbose_name_plural = _("picture files")
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"], condition=Q(state="waiting"), name="picture_file_waiting"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=PictureState.values), name="picture_file_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.key
