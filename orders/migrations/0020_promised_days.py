import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0029_inspected_returns"),
    ]

    operations = [
        migrations.AddField(
            model_name="orderline",
            name="expected_on",
            field=models.DateField(blank=True, null=True, verbose_name="promised day"),
        ),
        migrations.CreateModel(
            name="Delay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="new day")),
                ("lines", models.JSONField(default=list, verbose_name="lines")),
                ("told_at", models.DateTimeField(verbose_name="told")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "no answer"),
                            ("keep", "waits for it"),
                            ("cancel", "cancelled"),
                        ],
                        default="",
                        max_length=6,
                        verbose_name="answer",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delays",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "verbose_name": "delay",
                "verbose_name_plural": "delays",
                "constraints": [
                    models.UniqueConstraint(fields=("order", "day"), name="delay_told_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(
                                ("answer__in", ["keep", "cancel"]), ("answered_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="delay_answer_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["", "keep", "cancel"])),
                        name="delay_answer_known",
                    ),
                ],
            },
        ),
    ]
