import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0017_minimum_price"),
        ("orders", "0006_components_of_bundles"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrderDiscount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("product", "on goods"),
                            ("order", "on the order"),
                            ("shipping", "on the delivery"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "promotion_code",
                    models.CharField(db_index=True, max_length=40, verbose_name="promotion"),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "coupon_code",
                    models.CharField(
                        blank=True, db_index=True, max_length=60, verbose_name="coupon"
                    ),
                ),
                ("gross", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="sum")),
            ],
            options={
                "verbose_name": "discount",
                "verbose_name_plural": "discounts",
            },
        ),
        migrations.CreateModel(
            name="OrderDiscountShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gross", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="sum")),
            ],
            options={
                "verbose_name": "share of a discount",
                "verbose_name_plural": "shares of a discount",
            },
        ),
        migrations.RemoveConstraint(
            model_name="order",
            name="order_total_adds_up",
        ),
        migrations.RemoveConstraint(
            model_name="orderline",
            name="order_line_vat_adds_up",
        ),
        migrations.RemoveConstraint(
            model_name="orderlinecomponent",
            name="order_component_vat_adds_up",
        ),
        migrations.RemoveConstraint(
            model_name="orderlinecomponent",
            name="order_component_not_negative",
        ),
        migrations.AddField(
            model_name="order",
            name="delivery_discount_gross",
            field=models.DecimalField(
                db_default=0,
                decimal_places=2,
                default=0,
                max_digits=12,
                verbose_name="discount on the delivery",
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="discount_gross",
            field=models.DecimalField(
                db_default=0, decimal_places=2, default=0, max_digits=12, verbose_name="discount"
            ),
        ),
        migrations.AddField(
            model_name="orderline",
            name="discount_gross",
            field=models.DecimalField(
                db_default=0, decimal_places=2, default=0, max_digits=12, verbose_name="discount"
            ),
        ),
        migrations.AddField(
            model_name="orderline",
            name="minimum_gross",
            field=models.DecimalField(
                db_default=0,
                decimal_places=2,
                default=0,
                max_digits=12,
                verbose_name="minimum price",
            ),
        ),
        migrations.AddField(
            model_name="orderlinecomponent",
            name="discount_gross",
            field=models.DecimalField(
                db_default=0, decimal_places=2, default=0, max_digits=12, verbose_name="discount"
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
                                django.db.models.expressions.CombinedExpression(
                                    models.F("goods_gross"), "-", models.F("discount_gross")
                                ),
                                "+",
                                models.F("deposit_gross"),
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
                    ("delivery_discount_gross__gte", 0),
                    ("discount_gross__gte", 0),
                    ("discount_gross__lte", models.F("goods_gross")),
                ),
                name="order_discounts_plausible",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "gross",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("net"), "+", models.F("vat")
                            ),
                            "+",
                            models.F("discount_gross"),
                        ),
                    )
                ),
                name="order_line_vat_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("discount_gross", 0),
                    models.Q(
                        ("discount_gross__gt", 0),
                        (
                            "gross__gte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("discount_gross"),
                                "+",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("minimum_gross"), "*", models.F("quantity")
                                ),
                            ),
                        ),
                        ("minimum_gross__gte", 0),
                    ),
                    _connector="OR",
                ),
                name="order_line_not_below_minimum",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderlinecomponent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "gross",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("net"), "+", models.F("vat")
                            ),
                            "+",
                            models.F("discount_gross"),
                        ),
                    )
                ),
                name="order_component_vat_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderlinecomponent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("discount_gross__gte", 0),
                    ("net__gte", 0),
                    ("vat__gte", 0),
                    ("vat_rate__gte", 0),
                ),
                name="order_component_not_negative",
            ),
        ),
        migrations.AddField(
            model_name="orderdiscount",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="discounts",
                to="orders.order",
            ),
        ),
        migrations.AddField(
            model_name="orderdiscountshare",
            name="discount",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="shares",
                to="orders.orderdiscount",
            ),
        ),
        migrations.AddField(
            model_name="orderdiscountshare",
            name="line",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="discount_shares",
                to="orders.orderline",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderdiscount",
            constraint=models.UniqueConstraint(
                fields=("order", "position"), name="order_discount_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderdiscount",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["product", "order", "shipping"])),
                name="order_discount_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderdiscount",
            constraint=models.CheckConstraint(
                condition=models.Q(("gross__gt", 0)), name="order_discount_of_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderdiscountshare",
            constraint=models.UniqueConstraint(
                fields=("discount", "line"),
                name="order_discount_share_once_per_line",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="orderdiscountshare",
            constraint=models.CheckConstraint(
                condition=models.Q(("gross__gt", 0)), name="order_discount_share_of_something"
            ),
        ),
    ]
