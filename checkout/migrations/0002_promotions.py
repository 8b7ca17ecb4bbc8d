import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("checkout", "0004_what_lies_beside_the_cart"),
    ]

    operations = [
        migrations.AddField(
            model_name="cart",
            name="coupon_keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40),
                blank=True,
                db_default=[],
                default=list,
                verbose_name="coupons",
            ),
        ),
        migrations.CreateModel(
            name="Promotion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("name_de", models.CharField(max_length=80, verbose_name="name (German)")),
                ("name_en", models.CharField(max_length=80, verbose_name="name (English)")),
                ("description", models.TextField(blank=True, verbose_name="notes for staff")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("product", "goods, each line for itself"),
                            ("order", "the whole order"),
                            ("shipping", "the delivery fee"),
                        ],
                        max_length=10,
                        verbose_name="takes from",
                    ),
                ),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("percent", "percent off"),
                            ("amount", "an amount off"),
                            ("unit_price", "a fixed price for each piece"),
                            ("buy_get", "buy some, get some cheaper"),
                            ("tiers", "tiers by the value of the goods"),
                            ("free_shipping", "free delivery"),
                        ],
                        max_length=14,
                        verbose_name="gives",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="percent",
                    ),
                ),
                (
                    "gross",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="euros"
                    ),
                ),
                (
                    "cap",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        verbose_name="at most, in euros",
                    ),
                ),
                (
                    "buy",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="buy"),
                ),
                (
                    "get",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="get"),
                ),
                (
                    "max_times",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="so often at most"
                    ),
                ),
                ("tiers", models.JSONField(blank=True, default=list, verbose_name="tiers")),
                (
                    "tiers_in_percent",
                    models.BooleanField(default=False, verbose_name="tiers give percent"),
                ),
                (
                    "product_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        verbose_name="products",
                    ),
                ),
                (
                    "category_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        verbose_name="categories",
                    ),
                ),
                (
                    "collection_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        verbose_name="collections",
                    ),
                ),
                (
                    "excluded_product_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        verbose_name="products left out",
                    ),
                ),
                (
                    "excluded_category_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        verbose_name="categories left out",
                    ),
                ),
                (
                    "includes_reduced",
                    models.BooleanField(default=True, verbose_name="also for reduced goods"),
                ),
                (
                    "min_goods_gross",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=10,
                        verbose_name="from a value of the goods of",
                    ),
                ),
                (
                    "min_quantity",
                    models.PositiveSmallIntegerField(default=0, verbose_name="from so many pieces"),
                ),
                (
                    "countries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2),
                        blank=True,
                        default=list,
                        verbose_name="countries",
                    ),
                ),
                (
                    "delivery_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        verbose_name="delivery methods",
                    ),
                ),
                (
                    "group_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        verbose_name="customer groups",
                    ),
                ),
                (
                    "is_first_order",
                    models.BooleanField(default=False, verbose_name="first order only"),
                ),
                (
                    "needs_account",
                    models.BooleanField(default=False, verbose_name="with an account only"),
                ),
                (
                    "combines_with",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("product", "goods, each line for itself"),
                                ("order", "the whole order"),
                                ("shipping", "the delivery fee"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        verbose_name="combines with",
                    ),
                ),
                ("priority", models.SmallIntegerField(default=0, verbose_name="priority")),
                ("needs_coupon", models.BooleanField(default=False, verbose_name="needs a coupon")),
                (
                    "limit_per_customer",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="uses per customer"
                    ),
                ),
                (
                    "budget",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="budget in euros",
                    ),
                ),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="from")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                ("is_active", models.BooleanField(default=False, verbose_name="switched on")),
            ],
            options={
                "verbose_name": "promotion",
                "verbose_name_plural": "promotions",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["product", "order", "shipping"])),
                        name="promotion_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "effect__in",
                                [
                                    "percent",
                                    "amount",
                                    "unit_price",
                                    "buy_get",
                                    "tiers",
                                    "free_shipping",
                                ],
                            )
                        ),
                        name="promotion_effect_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "product"),
                                models.Q(("effect", "free_shipping"), _negated=True),
                            ),
                            models.Q(
                                ("effect__in", ["percent", "amount", "tiers"]), ("kind", "order")
                            ),
                            models.Q(
                                ("effect__in", ["percent", "amount", "free_shipping"]),
                                ("kind", "shipping"),
                            ),
                            _connector="OR",
                        ),
                        name="promotion_effect_of_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("effect__in", ["percent", "buy_get"]), _negated=True),
                            models.Q(
                                ("percent__gt", 0),
                                ("percent__isnull", False),
                                ("percent__lte", 100),
                            ),
                            _connector="OR",
                        ),
                        name="promotion_percent_of_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("effect__in", ["amount", "unit_price"]), _negated=True),
                                ("gross__isnull", False),
                                _connector="OR",
                            ),
                            models.Q(("gross__isnull", True), ("gross__gte", 0), _connector="OR"),
                            models.Q(("cap__isnull", True), ("cap__gte", 0), _connector="OR"),
                        ),
                        name="promotion_amounts_there",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("effect", "buy_get"), _negated=True),
                            models.Q(
                                ("buy__gte", 1),
                                ("buy__isnull", False),
                                ("get__gte", 1),
                                ("get__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="promotion_buy_and_get",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("max_times__isnull", True), ("max_times__gte", 1), _connector="OR"
                        ),
                        name="promotion_times_plausible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("effect", "tiers"), ("tiers", []), _negated=True),
                        name="promotion_tiers_there",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("combines_with__contained_by", ["product", "order", "shipping"])
                        ),
                        name="promotion_combines_with_kinds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("min_goods_gross__gte", 0),
                            models.Q(("budget__isnull", True), ("budget__gte", 0), _connector="OR"),
                        ),
                        name="promotion_sums_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_at__isnull", True),
                            ("ends_at__isnull", True),
                            ("starts_at__lt", models.F("ends_at")),
                            _connector="OR",
                        ),
                        name="promotion_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Coupon",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("key", models.CharField(editable=False, max_length=40, unique=True)),
                ("batch", models.CharField(blank=True, max_length=60, verbose_name="batch")),
                (
                    "is_generated",
                    models.BooleanField(default=False, editable=False, verbose_name="generated"),
                ),
                (
                    "limit_total",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="uses in total"
                    ),
                ),
                (
                    "limit_per_customer",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="uses per customer"
                    ),
                ),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="from")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                ("is_active", models.BooleanField(default=True, verbose_name="switched on")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                (
                    "promotion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coupons",
                        to="checkout.promotion",
                        verbose_name="promotion",
                    ),
                ),
            ],
            options={
                "verbose_name": "coupon",
                "verbose_name_plural": "coupons",
                "indexes": [models.Index(fields=["promotion", "batch"], name="coupon_batch")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_at__isnull", True),
                            ("ends_at__isnull", True),
                            ("starts_at__lt", models.F("ends_at")),
                            _connector="OR",
                        ),
                        name="coupon_ends_after_start",
                    )
                ],
            },
        ),
    ]
