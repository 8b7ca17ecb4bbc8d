"""Invoices and what corrects them; numbered without gaps, never changed once they are drawn."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION orders_document_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.drawn_at IS NULL THEN
            OLD.drawn_at := NEW.drawn_at;
            OLD.sha256 := NEW.sha256;
            OLD.size := NEW.size;
        END IF;
        IF OLD = NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'documents are never changed or deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE FUNCTION orders_documentfile_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'files of documents are never changed or deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER orders_document_append_only BEFORE UPDATE OR DELETE ON orders_document
    FOR EACH ROW EXECUTE FUNCTION orders_document_refuse();
CREATE TRIGGER orders_documentfile_append_only BEFORE UPDATE OR DELETE ON orders_documentfile
    FOR EACH ROW EXECUTE FUNCTION orders_documentfile_refuse();
"""
ALLOW = """
DROP TRIGGER orders_documentfile_append_only ON orders_documentfile;
DROP TRIGGER orders_document_append_only ON orders_document;
DROP FUNCTION orders_documentfile_refuse();
DROP FUNCTION orders_document_refuse();
"""
# Orders that were sent before there were documents get theirs, without a mail.
SO_FAR = """
INSERT INTO orders_duedocuments
    (order_id, is_requested, is_quiet, created_at, next_try_at, tries, is_dead, problem)
SELECT id, false, true, now(), now(), 0, false, '' FROM orders_order
WHERE fulfilment_status = 'fulfilled' AND status IN ('confirmed', 'completed');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0017_parcels_on_their_way"),
    ]

    operations = [
        migrations.CreateModel(
            name="CoveredRefund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created")),
                (
                    "refund",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covered",
                        to="orders.refund",
                    ),
                ),
            ],
            options={
                "verbose_name": "refund without a credit note",
                "verbose_name_plural": "refunds without a credit note",
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invoice", "Invoice"),
                            ("cancellation_invoice", "Cancellation invoice"),
                            ("credit_note", "Credit note"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("series", models.CharField(max_length=8, verbose_name="series")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("position", models.PositiveIntegerField(verbose_name="position in its series")),
                ("number", models.CharField(max_length=32, unique=True, verbose_name="number")),
                (
                    "language",
                    models.CharField(
                        choices=[("de", "German"), ("en", "English")],
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                ("issued_at", models.DateTimeField(verbose_name="issued")),
                ("net", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="net")),
                ("vat", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="VAT")),
                (
                    "gross",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="gross"),
                ),
                (
                    "currency",
                    models.CharField(default="EUR", max_length=3, verbose_name="currency"),
                ),
                ("tax_country", models.CharField(max_length=2, verbose_name="taxed in")),
                ("rates", models.JSONField(verbose_name="sums by rate")),
                ("content", models.JSONField(verbose_name="content")),
                (
                    "sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="hash of the PDF"),
                ),
                ("size", models.PositiveIntegerField(default=0, verbose_name="size in bytes")),
                ("drawn_at", models.DateTimeField(blank=True, null=True, verbose_name="drawn")),
                (
                    "cancels",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cancellation",
                        to="orders.document",
                        verbose_name="takes back",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="orders.document",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="orders.order",
                    ),
                ),
                (
                    "refund",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="orders.refund",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
            },
        ),
        migrations.CreateModel(
            name="DocumentFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pdf", models.BinaryField(verbose_name="PDF")),
                ("xml", models.BinaryField(verbose_name="XML")),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="file",
                        to="orders.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a document",
                "verbose_name_plural": "files of documents",
            },
        ),
        migrations.CreateModel(
            name="DocumentSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("series", models.CharField(max_length=8, verbose_name="series")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("last", models.PositiveIntegerField(verbose_name="last number")),
            ],
            options={
                "verbose_name": "series of documents",
                "verbose_name_plural": "series of documents",
                "constraints": [
                    models.UniqueConstraint(fields=("series", "year"), name="document_series_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DueDocuments",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "is_requested",
                    models.BooleanField(default=False, verbose_name="invoice before all is sent"),
                ),
                ("is_quiet", models.BooleanField(default=False, verbose_name="without a mail")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("next_try_at", models.DateTimeField(verbose_name="next try")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                ("is_dead", models.BooleanField(default=False, verbose_name="given up")),
                ("problem", models.CharField(blank=True, max_length=200, verbose_name="problem")),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="due_documents",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "verbose_name": "documents due",
                "verbose_name_plural": "documents due",
            },
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["-issued_at", "-id"], name="document_newest"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("drawn_at__isnull", True)),
                fields=["id"],
                name="document_to_draw",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                fields=("series", "year", "position"), name="document_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["invoice", "cancellation_invoice", "credit_note"])
                ),
                name="order_document_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["de", "en"])),
                name="order_document_language_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "gross",
                        django.db.models.expressions.CombinedExpression(
                            models.F("net"), "+", models.F("vat")
                        ),
                    )
                ),
                name="document_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cancels__isnull", True), ("corrects__isnull", True), ("kind", "invoice")
                    ),
                    models.Q(
                        ("cancels__isnull", False),
                        ("corrects__isnull", True),
                        ("kind", "cancellation_invoice"),
                    ),
                    models.Q(
                        ("cancels__isnull", True),
                        ("corrects__isnull", False),
                        ("kind", "credit_note"),
                        ("refund__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="document_relations_fit",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("drawn_at__isnull", True), ("sha256", ""), ("size", 0)),
                    models.Q(("drawn_at__isnull", False), ("size__gt", 0)),
                    _connector="OR",
                ),
                name="document_drawn_has_hash",
            ),
        ),
        migrations.AddIndex(
            model_name="duedocuments",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True), ("is_dead", False)),
                fields=["next_try_at"],
                name="documents_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="duedocuments",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_dead", False), ("done_at__isnull", True), _connector="OR"),
                name="documents_due_dead_is_undone",
            ),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunSQL(SO_FAR, migrations.RunSQL.noop),
    ]
