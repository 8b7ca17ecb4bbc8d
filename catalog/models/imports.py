"""Imports of product files: the file, what was read, what it would change, what it changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from catalog.models.category import Category
from catalog.models.document import Document
from catalog.models.picture import ProductPicture
from catalog.models.product import OptionValue, Product


class ImportFormat(models.TextChoices):
    SHOPIFY = "shopify", "Shopify"
    WOOCOMMERCE = "woocommerce", "WooCommerce"
    KONTOR = "kontor", "Kontor"


class ImportState(models.TextChoices):
    MAPPING = "mapping", _("columns to be confirmed")
    READING = "reading", _("is being read")
    CHECKING = "checking", _("is being compared")
    CHECKED = "checked", _("ready to be applied")
    APPLYING = "applying", _("is being applied")
    APPLIED = "applied", _("applied")
    UNDOING = "undoing", _("is being undone")
    UNDONE = "undone", _("undone")
    REFUSED = "refused", _("refused")


RUNNING = (
    ImportState.READING,
    ImportState.CHECKING,
    ImportState.APPLYING,
    ImportState.UNDOING,
)


class ImportQuerySet(models.QuerySet["Import"]):
    def running(self) -> "ImportQuerySet":
        return self.filter(state__in=RUNNING)


class Import(models.Model):
    """One file and its way into the shop. `done` of `total` products are through this step."""

    file_name = models.CharField(_("file"), max_length=200)
    format = models.CharField(_("format"), max_length=12, choices=ImportFormat.choices)
    language = models.CharField(_("language of its texts"), max_length=2)
    # In which language problems are written down: that of whoever uploaded it.
    spoken_language = models.CharField(max_length=2, default="de", editable=False)
    encoding = models.CharField(_("encoding"), max_length=20, editable=False)
    separator = models.CharField(_("separator"), max_length=1, editable=False)
    header = models.JSONField(_("columns"), default=list, editable=False)
    # For each column the name of our field, empty where it has none.
    mapping = models.JSONField(_("mapping"), default=list, editable=False)
    # [{"column": …, "filled": 12, "sample": …}]: what the shop has no field for.
    unknown = models.JSONField(_("columns without a field"), default=list, editable=False)
    creates_categories = models.BooleanField(_("make categories that are missing"), default=False)
    sets_stock = models.BooleanField(_("take over the stock"), default=True)
    fallback_category = models.ForeignKey(
        Category,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category of products without one"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.MAPPING
    )
    refusal = models.TextField(_("why it was refused"), blank=True)
    total = models.PositiveIntegerField(default=0, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    # {"new": 3, "changed": 1, "unchanged": 20, "failed": 0}, of the last step that is over.
    counts = models.JSONField(_("counts"), default=dict, editable=False)
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("uploaded"), db_default=Now(), editable=False)
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True, editable=False)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(format__in=ImportFormat.values), name="import_format_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="import_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def reference(self) -> str:
        """What movements of the stock say of it."""
        return f"import-{self.pk}"

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total) if self.total else 0


class ImportPart(models.Model):
    """A piece of the file as it came, kept in the database: no web server can hand it out."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"


class ImportOutcome(models.TextChoices):
    OPEN = "open", _("not compared yet")
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    FAILED = "failed", _("failed")


class ImportRow(models.Model):
    """One product of the file: its lines, and what they would change or have changed."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    handle = models.CharField(max_length=255)
    name = models.CharField(max_length=255, blank=True)
    lines = models.JSONField(default=list)  # [[line number, [cell, …]], …]
    outcome = models.CharField(
        max_length=10, choices=ImportOutcome.choices, default=ImportOutcome.OPEN
    )
    difference = models.JSONField(default=list)  # [[where, field, old, new], …] as texts
    extra = models.JSONField(default=dict)  # {line: {column: value}} of columns without a field
    is_applied = models.BooleanField(default=False)
    # It names products that come later in the file: looked at once more at the end.
    is_deferred = models.BooleanField(default=False)
    # The file calls it active, the shop misses something: tried again when pictures arrive.
    wants_publication = models.BooleanField(default=False)
    product = models.ForeignKey(Product, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["batch", "outcome", "number"], name="import_row_by_outcome"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=ImportOutcome.values), name="import_row_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return self.handle


class ImportProblem(models.Model):
    """What is wrong at a line and column; only errors keep a product out."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="problems")
    row = models.ForeignKey(ImportRow, models.CASCADE, null=True, related_name="problems")
    line = models.PositiveIntegerField(_("line"))
    column = models.CharField(_("column"), max_length=200, blank=True)
    text = models.TextField(_("problem"))
    is_error = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("problem of an import")
        verbose_name_plural = _("problems of imports")

    def __str__(self) -> str:
        return f"{self.line}: {self.text}"


class ImportChange(models.Model):
    """What an import did to one row of a table, so that it can be undone."""

    class Act(models.TextChoices):
        CREATED = "created", _("made")
        CHANGED = "changed", _("changed")

    batch = models.ForeignKey(Import, models.CASCADE, related_name="changes")
    row = models.ForeignKey(ImportRow, models.CASCADE, null=True, related_name="changes")
    act = models.CharField(max_length=8, choices=Act.choices)
    kind = models.CharField(max_length=20)  # product, variant, option, price, stock …
    object_pk = models.BigIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    is_undone = models.BooleanField(default=False)
    remark = models.TextField(blank=True)  # why it was left as it is

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(act__in=["created", "changed"]), name="import_change_act_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.kind} {self.object_pk}"


class ImportPicture(models.Model):
    """An address in a file: fetched in the background, or why it is missing.

    Of an image; of a document where `document_kind` says which. `alt_…` is then its name.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        FETCHED = "fetched", _("fetched")
        FAILED = "failed", _("missing")

    batch = models.ForeignKey(Import, models.SET_NULL, null=True, related_name="pictures")
    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    line = models.PositiveIntegerField(_("line"), default=0)
    url = models.TextField(_("address"))
    position = models.PositiveSmallIntegerField(default=0)
    alt_de = models.CharField(max_length=200)
    alt_en = models.CharField(max_length=200)
    option_value = models.ForeignKey(OptionValue, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    problem = models.TextField(_("problem"), blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(db_default=Now())
    picture = models.ForeignKey(ProductPicture, models.SET_NULL, null=True, related_name="+")
    document_kind = models.CharField(max_length=26, blank=True, default="", db_default="")
    document_language = models.CharField(max_length=5, blank=True, default="", db_default="")
    document = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("image of an import")
        verbose_name_plural = _("images of imports")
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"], condition=Q(state="waiting"), name="import_picture_waiting"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product", "url"], name="import_picture_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "fetched", "failed"]),
                name="import_picture_state_known",
            ),
        ]

    def __str__(self) -> str:
        return self.url
