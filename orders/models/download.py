"""The files that belong to an order: what was bought, however the product changes later."""

import re
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import DigitalFile, FileType
from orders.models.line import OrderLine
from orders.models.order import Order

_EXTENSIONS: dict[str, str] = {
    FileType.PDF: "pdf",
    FileType.ZIP: "zip",
    FileType.PNG: "png",
    FileType.JPEG: "jpg",
}
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


class DownloadQuerySet(models.QuerySet["Download"]):
    def as_listed(self) -> "DownloadQuerySet":
        """In the order of the lines, and of the files of a line when they were handed over."""
        return self.order_by("line__position", "pk")


class Download(models.Model):
    """One file for one line. Name and hash are copies: the content is found without `file`."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="downloads")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="downloads")
    file = models.ForeignKey(
        DigitalFile, models.SET_NULL, null=True, blank=True, related_name="downloads"
    )
    name = models.CharField(_("name"), max_length=120)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    content_type = models.CharField(_("type"), max_length=20, choices=FileType.choices)
    downloaded_count = models.PositiveIntegerField(_("downloads"), default=0)
    first_at = models.DateTimeField(_("first download"), null=True, blank=True)

    objects = DownloadQuerySet.as_manager()

    class Meta:
        verbose_name = _("download")
        verbose_name_plural = _("downloads")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "sha256"], name="download_once_per_line"),
            models.CheckConstraint(
                condition=Q(content_type__in=FileType.values), name="download_type_known"
            ),
            models.CheckConstraint(
                condition=Q(downloaded_count=0, first_at__isnull=True)
                | Q(downloaded_count__gt=0, first_at__isnull=False),
                name="download_first_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def filename(self) -> str:
        """Under which the buyer's machine keeps it; the ending follows from the content."""
        name = _NOT_IN_NAMES.sub(" ", self.name).strip(". ") or "download"
        ending = f".{_EXTENSIONS[self.content_type]}"
        return name if name.lower().endswith(ending) else name + ending
