import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0013_orders_that_wait_for_money"),
    ]

    operations = [
        migrations.CreateModel(
            name="Redemption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=12, verbose_name="discount"
                    ),
                ),
                ("is_beyond", models.BooleanField(default=False, verbose_name="beyond the limit")),
                ("taken_at", models.DateTimeField(verbose_name="taken")),
                (
                    "released_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="released"),
                ),
            ],
            options={
                "verbose_name": "redemption",
                "verbose_name_plural": "redemptions",
            },
        ),
        migrations.CreateModel(
            name="RedemptionCount",
            fields=[
                (
                    "key",
                    models.CharField(
                        max_length=80,
                        primary_key=True,
                        serialize=False,
                        verbose_name="what is counted",
                    ),
                ),
                ("most", models.PositiveIntegerField(null=True, verbose_name="limit")),
                (
                    "budget",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, null=True, verbose_name="budget"
                    ),
                ),
                ("used", models.PositiveIntegerField(default=0, verbose_name="used")),
                (
                    "spent",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=12, verbose_name="given away"
                    ),
                ),
                (
                    "used_beyond",
                    models.PositiveIntegerField(default=0, verbose_name="used beyond the limit"),
                ),
                (
                    "spent_beyond",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=12,
                        verbose_name="given away beyond the limit",
                    ),
                ),
            ],
            options={
                "verbose_name": "count of redemptions",
                "verbose_name_plural": "counts of redemptions",
            },
        ),
        migrations.AddField(
            model_name="redemption",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="redemptions",
                to="orders.order",
            ),
        ),
        migrations.AddConstraint(
            model_name="redemptioncount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("most__isnull", True), ("used__lte", models.F("most")), _connector="OR"
                ),
                name="redemption_within_limit",
            ),
        ),
        migrations.AddConstraint(
            model_name="redemptioncount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("budget__isnull", True), ("spent__lte", models.F("budget")), _connector="OR"
                ),
                name="redemption_within_budget",
            ),
        ),
        migrations.AddConstraint(
            model_name="redemptioncount",
            constraint=models.CheckConstraint(
                condition=models.Q(("spent__gte", 0), ("spent_beyond__gte", 0)),
                name="redemption_not_negative",
            ),
        ),
        migrations.AddField(
            model_name="redemption",
            name="count",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="redemptions",
                to="orders.redemptioncount",
            ),
        ),
        migrations.AddConstraint(
            model_name="redemption",
            constraint=models.UniqueConstraint(
                fields=("order", "count"), name="redemption_once_per_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="redemption",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)), name="redemption_amount_positive"
            ),
        ),
    ]
