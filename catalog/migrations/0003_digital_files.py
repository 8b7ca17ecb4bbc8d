"""The files that buyers of digital products download."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0002_content_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="DigitalFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_de", models.CharField(max_length=120, verbose_name="name (German)")),
                ("name_en", models.CharField(max_length=120, verbose_name="name (English)")),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="SHA-256")),
                (
                    "size",
                    models.PositiveBigIntegerField(editable=False, verbose_name="size in bytes"),
                ),
                (
                    "content_type",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("application/zip", "ZIP"),
                            ("image/png", "PNG"),
                            ("image/jpeg", "JPEG"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Off: only those who bought it keep it.",
                        verbose_name="for new orders",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="digital_files",
                        to="catalog.product",
                    ),
                ),
            ],
            options={
                "verbose_name": "file",
                "verbose_name_plural": "files",
                "indexes": [
                    models.Index(fields=["product", "position"], name="digital_file_order")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "content_type__in",
                                ["application/pdf", "application/zip", "image/png", "image/jpeg"],
                            )
                        ),
                        name="digital_file_type_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="digital_file_is_hashed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="digital_file_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name_de", ""), _negated=True),
                            models.Q(("name_en", ""), _negated=True),
                        ),
                        name="digital_file_named",
                    ),
                ],
            },
        ),
    ]
