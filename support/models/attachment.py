"""What hangs on a message. The contents lie in the private storage."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shop.kit import ids
from support.models.message import Message


class AttachmentType(models.TextChoices):
    """What is kept, by its content: pictures are made anew as JPEG."""

    JPEG = "image/jpeg", "JPEG"
    PDF = "application/pdf", "PDF"


class Attachment(models.Model):
    """A file of a message; `key` names its content and is of no use without the row."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    key = models.CharField(max_length=40, unique=True, default=ids.secret_token, editable=False)
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(_("type"), max_length=20, choices=AttachmentType.choices)
    size = models.PositiveIntegerField(_("size"))

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(content_type__in=AttachmentType.values), name="attachment_type_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.content_type == AttachmentType.JPEG
