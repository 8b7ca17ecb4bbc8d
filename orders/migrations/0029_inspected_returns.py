"""What a parcel held, pictures of it, and what the shop promised beyond the law."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0028_return_of_a_withdrawal"),
        ("catalog", "0018_vat_of_all_countries"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="is_return_free",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="voluntary return without postage"
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="return_days",
            field=models.PositiveSmallIntegerField(
                db_default=0, default=0, verbose_name="days for a voluntary return"
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="standard_delivery_gross",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=12,
                null=True,
                verbose_name="cheapest delivery",
            ),
        ),
        migrations.CreateModel(
            name="ReturnPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("width", models.PositiveIntegerField(verbose_name="width")),
                ("height", models.PositiveIntegerField(verbose_name="height")),
                ("added_at", models.DateTimeField(verbose_name="added")),
                (
                    "goods_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="orders.return",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture of a return",
                "verbose_name_plural": "pictures of a return",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("goods_return", "sha256"), name="return_photo_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnPiece",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sku", models.CharField(max_length=40, verbose_name="SKU")),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("restock", "back on sale"),
                            ("apart", "set apart as second choice"),
                            ("write_off", "written off"),
                        ],
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("new", "as new"),
                            ("opened", "opened"),
                            ("used", "traces of use"),
                            ("damaged", "damaged"),
                        ],
                        max_length=10,
                        verbose_name="condition",
                    ),
                ),
                (
                    "component",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.orderlinecomponent",
                    ),
                ),
                (
                    "return_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pieces",
                        to="orders.returnline",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.variant",
                        verbose_name="variant",
                    ),
                ),
            ],
            options={
                "verbose_name": "inspected piece",
                "verbose_name_plural": "inspected pieces",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("return_line", "component", "sku", "verdict"),
                        name="return_piece_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 1)), name="return_piece_of_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["restock", "apart", "write_off"])),
                        name="return_piece_verdict_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("condition__in", ["new", "opened", "used", "damaged"])),
                        name="return_piece_condition_known",
                    ),
                ],
            },
        ),
    ]
