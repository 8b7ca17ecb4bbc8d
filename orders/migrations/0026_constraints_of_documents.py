"""Constraints of documents get names that no other app uses."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0016_documents"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="document",
            name="document_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="document",
            name="document_language_known",
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
    ]
