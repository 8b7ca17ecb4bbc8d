"""Deposits, asked beside the prices, and what else was told of a line."""

import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0011_product_law"),
        ("orders", "0004_mark_digital_orders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="order",
            name="order_total_adds_up",
        ),
        migrations.RemoveConstraint(
            model_name="order",
            name="order_sums_not_negative",
        ),
        migrations.AddField(
            model_name="order",
            name="deposit_gross",
            field=models.DecimalField(
                db_default=0, decimal_places=2, default=0, max_digits=12, verbose_name="deposit"
            ),
        ),
        migrations.AddField(
            model_name="orderline",
            name="deposit_net",
            field=models.DecimalField(
                db_default=0,
                decimal_places=2,
                default=0,
                max_digits=12,
                verbose_name="deposit, net",
            ),
        ),
        migrations.AddField(
            model_name="orderline",
            name="deposit_vat",
            field=models.DecimalField(
                db_default=0,
                decimal_places=2,
                default=0,
                max_digits=12,
                verbose_name="deposit, VAT",
            ),
        ),
        migrations.AddField(
            model_name="orderline",
            name="facts",
            field=models.JSONField(
                blank=True, db_default=[], default=list, verbose_name="what else was told"
            ),
        ),
        migrations.AddField(
            model_name="orderline",
            name="unit_deposit",
            field=models.DecimalField(
                db_default=0, decimal_places=2, default=0, max_digits=6, verbose_name="deposit each"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "total_gross",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("goods_gross"), "+", models.F("deposit_gross")
                            ),
                            "+",
                            models.F("delivery_gross"),
                        ),
                    )
                ),
                name="order_total_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("delivery_gross__gte", 0), ("deposit_gross__gte", 0), ("goods_gross__gte", 0)
                ),
                name="order_sums_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "deposit_net",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("unit_deposit"), "*", models.F("quantity")
                            ),
                            "-",
                            models.F("deposit_vat"),
                        ),
                    ),
                    ("deposit_vat__gte", 0),
                    ("unit_deposit__gte", 0),
                ),
                name="order_line_deposit_adds_up",
            ),
        ),
    ]
