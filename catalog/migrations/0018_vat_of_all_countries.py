"""Rates say what is to be looked up; changes of the VAT scheme, a table that can only grow."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION catalog_vatschemechange_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        OLD.actor_id := NULL;
        IF OLD = NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'changes of the VAT scheme are never changed or deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER catalog_vatschemechange_append_only
    BEFORE UPDATE OR DELETE ON catalog_vatschemechange
    FOR EACH ROW EXECUTE FUNCTION catalog_vatschemechange_refuse();
"""
BACKWARD = """
DROP TRIGGER catalog_vatschemechange_append_only ON catalog_vatschemechange;
DROP FUNCTION catalog_vatschemechange_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0021_documents_of_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="vatrate",
            name="confirmed_on",
            field=models.DateField(blank=True, null=True, verbose_name="confirmed"),
        ),
        migrations.AddField(
            model_name="vatrate",
            name="is_from_file",
            field=models.BooleanField(
                db_default=False, default=False, editable=False, verbose_name="from the file"
            ),
        ),
        migrations.AddField(
            model_name="vatrate",
            name="remark_de",
            field=models.CharField(
                blank=True, db_default="", max_length=200, verbose_name="remark (German)"
            ),
        ),
        migrations.AddField(
            model_name="vatrate",
            name="remark_en",
            field=models.CharField(
                blank=True, db_default="", max_length=200, verbose_name="remark (English)"
            ),
        ),
        migrations.CreateModel(
            name="VatSchemeChange",
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
                            ("threshold", "limit of 10,000 € exceeded"),
                            ("opt_in", "opted for the country of destination"),
                            ("opt_out", "back to the seller's VAT below the limit"),
                            ("small_on", "small business (§ 19 UStG) begins"),
                            ("small_off", "small business (§ 19 UStG) ends"),
                        ],
                        max_length=12,
                        verbose_name="what changes",
                    ),
                ),
                ("valid_from", models.DateTimeField(verbose_name="from")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="exceeded in"
                    ),
                ),
                (
                    "order_number",
                    models.CharField(blank=True, max_length=20, verbose_name="with order"),
                ),
                (
                    "net_sum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="net sum with it",
                    ),
                ),
                (
                    "is_automatic",
                    models.BooleanField(default=False, verbose_name="noticed by the shop"),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="staff",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of the VAT scheme",
                "verbose_name_plural": "VAT scheme",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("year",), name="vat_scheme_threshold_once_a_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["threshold", "opt_in", "opt_out", "small_on", "small_off"],
                            )
                        ),
                        name="vat_scheme_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "threshold"), ("year__isnull", False)),
                            models.Q(
                                models.Q(("kind", "threshold"), _negated=True),
                                ("year__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="vat_scheme_threshold_has_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_automatic", False),
                            models.Q(
                                ("actor__isnull", True),
                                ("kind", "threshold"),
                                ("net_sum__gt", 10000),
                                models.Q(("order_number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="vat_scheme_automatic_says_why",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
