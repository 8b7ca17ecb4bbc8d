"""The audit log of staff: rows can be added; they go only where the shop itself trims the oldest."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION accounts_auditentry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('kontor.audit_trim', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'entries of the audit log are never changed or deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER accounts_auditentry_append_only BEFORE UPDATE OR DELETE ON accounts_auditentry
    FOR EACH ROW EXECUTE FUNCTION accounts_auditentry_refuse();
"""
BACKWARD = """
DROP TRIGGER accounts_auditentry_append_only ON accounts_auditentry;
DROP FUNCTION accounts_auditentry_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_parts_of_addresses"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="audit_head_is_one")
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(unique=True, verbose_name="number")),
                ("at", models.DateTimeField(db_index=True, verbose_name="when")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("read", "read"),
                            ("add", "added"),
                            ("change", "changed"),
                            ("delete", "deleted"),
                            ("act", "acted"),
                            ("export", "exported"),
                            ("sign_in", "signed in"),
                            ("trim", "old entries removed"),
                        ],
                        max_length=20,
                        verbose_name="act",
                    ),
                ),
                ("page", models.CharField(blank=True, max_length=100, verbose_name="page")),
                (
                    "object_type",
                    models.CharField(blank=True, max_length=60, verbose_name="kind of object"),
                ),
                (
                    "object_id",
                    models.CharField(blank=True, max_length=60, verbose_name="key of the object"),
                ),
                ("facts", models.JSONField(default=dict, verbose_name="facts")),
                (
                    "previous",
                    models.CharField(blank=True, max_length=64, verbose_name="digest before"),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audit_entries",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of the audit log",
                "verbose_name_plural": "audit log",
                "indexes": [
                    models.Index(fields=["object_type", "object_id"], name="audit_of_object")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "act__in",
                                [
                                    "read",
                                    "add",
                                    "change",
                                    "delete",
                                    "act",
                                    "export",
                                    "sign_in",
                                    "trim",
                                ],
                            )
                        ),
                        name="audit_act_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="audit_number_positive"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
