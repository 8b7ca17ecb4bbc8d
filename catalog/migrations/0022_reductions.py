import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0018_vat_of_all_countries"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReductionStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                (
                    "value",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="percent or euros",
                    ),
                ),
            ],
            options={
                "verbose_name": "step",
                "verbose_name_plural": "steps",
            },
        ),
        migrations.CreateModel(
            name="Reduction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name, for staff")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("percent", "percent off"),
                            ("amount", "an amount off"),
                            ("price", "a fixed price"),
                        ],
                        max_length=10,
                        verbose_name="gives",
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
                    "product_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        verbose_name="products",
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
                    "excluded_product_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        verbose_name="products left out",
                    ),
                ),
                ("ends_at", models.DateTimeField(verbose_name="until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("applying", "prices are being written"),
                            ("applied", "applied"),
                            ("ending", "is being ended"),
                            ("ended", "ended"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("done_up_to", models.BigIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "catalogue promotion",
                "verbose_name_plural": "catalogue promotions",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["percent", "amount", "price"])),
                        name="reduction_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "applying", "applied", "ending", "ended"])
                        ),
                        name="reduction_state_known",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="price",
            name="reduction",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="prices",
                to="catalog.reduction",
                verbose_name="catalogue promotion",
            ),
        ),
        migrations.AddConstraint(
            model_name="price",
            constraint=models.CheckConstraint(
                condition=models.Q(("reduction__isnull", True), ("kind", "sale"), _connector="OR"),
                name="price_of_a_reduction_is_a_sale",
            ),
        ),
        migrations.AddField(
            model_name="reductionstep",
            name="reduction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="steps",
                to="catalog.reduction",
            ),
        ),
        migrations.AddConstraint(
            model_name="reductionstep",
            constraint=models.UniqueConstraint(
                fields=("reduction", "starts_at"), name="reduction_step_once_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="reductionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__gt", 0)), name="reduction_step_gives_something"
            ),
        ),
    ]
