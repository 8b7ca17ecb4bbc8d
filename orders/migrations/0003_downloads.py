"""The files that belong to orders, and the event of their first download."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_digital_files"),
        ("orders", "0002_events_are_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Download",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                (
                    "content_type",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("application/zip", "ZIP"),
                            ("image/png", "PNG"),
                            ("image/jpeg", "JPEG"),
                        ],
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                (
                    "downloaded_count",
                    models.PositiveIntegerField(default=0, verbose_name="downloads"),
                ),
                (
                    "first_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="first download"),
                ),
            ],
            options={
                "verbose_name": "download",
                "verbose_name_plural": "downloads",
            },
        ),
        migrations.RemoveConstraint(
            model_name="orderevent",
            name="order_event_kind_known",
        ),
        migrations.AddField(
            model_name="order",
            name="has_digital",
            field=models.BooleanField(
                db_default=False, default=False, editable=False, verbose_name="has digital lines"
            ),
        ),
        migrations.AlterField(
            model_name="orderevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("placed", "placed"),
                    ("status", "status changed"),
                    ("payment", "payment"),
                    ("refund", "refund"),
                    ("shipped", "shipped"),
                    ("mail", "mail sent again"),
                    ("download", "first download"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["placed", "status", "payment", "refund", "shipped", "mail", "download"],
                    )
                ),
                name="order_event_kind_known",
            ),
        ),
        migrations.AddField(
            model_name="download",
            name="file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="downloads",
                to="catalog.digitalfile",
            ),
        ),
        migrations.AddField(
            model_name="download",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="downloads",
                to="orders.orderline",
            ),
        ),
        migrations.AddField(
            model_name="download",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="downloads",
                to="orders.order",
            ),
        ),
        migrations.AddConstraint(
            model_name="download",
            constraint=models.UniqueConstraint(
                fields=("line", "sha256"), name="download_once_per_line"
            ),
        ),
        migrations.AddConstraint(
            model_name="download",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "content_type__in",
                        ["application/pdf", "application/zip", "image/png", "image/jpeg"],
                    )
                ),
                name="download_type_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="download",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("downloaded_count", 0), ("first_at__isnull", True)),
                    models.Q(("downloaded_count__gt", 0), ("first_at__isnull", False)),
                    _connector="OR",
                ),
                name="download_first_is_dated",
            ),
        ),
    ]
