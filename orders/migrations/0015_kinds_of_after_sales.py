"""Orders, events and mails learn the words of what comes after the sale."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0008_tax_countries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="orderevent",
            name="order_event_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="ordermail",
            name="order_mail_kind_known",
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
                    ("dispute", "dispute"),
                    ("collected", "collected"),
                    ("packed", "packed"),
                    ("delivered", "delivered"),
                    ("document", "document"),
                    ("withdrawal", "withdrawal"),
                    ("return", "return"),
                    ("change", "order changed"),
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
                        [
                            "placed",
                            "status",
                            "payment",
                            "refund",
                            "shipped",
                            "mail",
                            "download",
                            "dispute",
                            "collected",
                            "packed",
                            "delivered",
                            "document",
                            "withdrawal",
                            "return",
                            "change",
                        ],
                    )
                ),
                name="order_event_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="ordermail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "acknowledgement",
                            "confirmation",
                            "payment_pending",
                            "payment_reminder",
                            "part_payment",
                            "shipped",
                            "cancelled",
                            "refunded",
                            "late_payment",
                            "document",
                            "ready",
                            "delivered",
                            "delayed",
                            "withdrawal",
                            "return",
                            "change",
                        ],
                    )
                ),
                name="order_mail_kind_known",
            ),
        ),
    ]
