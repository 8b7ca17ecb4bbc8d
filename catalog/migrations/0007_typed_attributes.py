"""Product types, typed attributes with their choices, and the values that products have."""

import django.db.models.deletion
from django.db import migrations, models

# What Django has no words for: foreign keys of two columns. They are checked at commit, like those
# that Django makes. A kind follows its attribute, as far as the check on the values allows.
_PAIRS = (
    ("attribute_value_kind_of_attribute", "attribute_id, kind", "catalog_attribute (id, kind)"),
    (
        "attribute_value_choice_of_attribute",
        "choice_id, attribute_id",
        "catalog_attributechoice (id, attribute_id)",
    ),
    (
        "attribute_value_variant_of_product",
        "variant_id, product_id",
        "catalog_variant (id, product_id)",
    ),
)


def _point(name: str, columns: str, target: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE catalog_attributevalue ADD CONSTRAINT {name} FOREIGN KEY ({columns})"
        f" REFERENCES {target} ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE catalog_attributevalue DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0006_search_by_popularity"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attribute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("name_de", models.CharField(max_length=60, verbose_name="name (German)")),
                ("name_en", models.CharField(max_length=60, verbose_name="name (English)")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("choice", "one of several choices"),
                            ("multi_choice", "any of several choices"),
                            ("swatch", "one of several colours"),
                            ("number", "number"),
                            ("boolean", "yes or no"),
                            ("text", "text"),
                            ("date", "date"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        help_text="For numbers: cm, g, ml, W … Others of its kind are converted when typed.",
                        max_length=12,
                        verbose_name="unit",
                    ),
                ),
                (
                    "is_facet",
                    models.BooleanField(
                        default=False,
                        help_text="Shoppers can narrow lists down by it.",
                        verbose_name="filter",
                    ),
                ),
                (
                    "is_shown",
                    models.BooleanField(
                        default=True,
                        help_text="On the page of the product.",
                        verbose_name="in the specifications",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "attribute",
                "verbose_name_plural": "attributes",
            },
        ),
        migrations.CreateModel(
            name="AttributeChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("name_de", models.CharField(max_length=60, verbose_name="name (German)")),
                ("name_en", models.CharField(max_length=60, verbose_name="name (English)")),
                (
                    "swatch",
                    models.CharField(blank=True, max_length=7, verbose_name="colour (#rrggbb)"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "choice",
                "verbose_name_plural": "choices",
            },
        ),
        migrations.CreateModel(
            name="AttributeValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("choice", "one of several choices"),
                            ("multi_choice", "any of several choices"),
                            ("swatch", "one of several colours"),
                            ("number", "number"),
                            ("boolean", "yes or no"),
                            ("text", "text"),
                            ("date", "date"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "number",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True),
                ),
                ("boolean", models.BooleanField(blank=True, null=True)),
                (
                    "text_de",
                    models.CharField(blank=True, db_default="", default="", max_length=500),
                ),
                (
                    "text_en",
                    models.CharField(blank=True, db_default="", default="", max_length=500),
                ),
                ("date", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "value of an attribute",
                "verbose_name_plural": "values of attributes",
            },
        ),
        migrations.CreateModel(
            name="ProductType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("name_de", models.CharField(max_length=60, verbose_name="name (German)")),
                ("name_en", models.CharField(max_length=60, verbose_name="name (English)")),
            ],
            options={
                "verbose_name": "product type",
                "verbose_name_plural": "product types",
            },
        ),
        migrations.CreateModel(
            name="TypeAttribute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "is_required",
                    models.BooleanField(
                        default=False,
                        help_text="Without it a product cannot go live.",
                        verbose_name="required",
                    ),
                ),
                (
                    "is_per_variant",
                    models.BooleanField(
                        default=False,
                        help_text="Each variant has a value of its own.",
                        verbose_name="per variant",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "attribute of the type",
                "verbose_name_plural": "attributes of the type",
            },
        ),
        migrations.AddConstraint(
            model_name="attribute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["choice", "multi_choice", "swatch", "number", "boolean", "text", "date"],
                    )
                ),
                name="attribute_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attribute",
            constraint=models.CheckConstraint(
                condition=models.Q(("unit", ""), ("kind", "number"), _connector="OR"),
                name="attribute_unit_of_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="attribute",
            constraint=models.UniqueConstraint(fields=("id", "kind"), name="attribute_with_kind"),
        ),
        migrations.AddField(
            model_name="option",
            name="attribute",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="options",
                to="catalog.attribute",
                verbose_name="attribute",
            ),
        ),
        migrations.AddField(
            model_name="attributechoice",
            name="attribute",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="choices",
                to="catalog.attribute",
                verbose_name="attribute",
            ),
        ),
        migrations.AddField(
            model_name="optionvalue",
            name="choice",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="option_values",
                to="catalog.attributechoice",
                verbose_name="choice",
            ),
        ),
        migrations.AddField(
            model_name="attributevalue",
            name="attribute",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="values",
                to="catalog.attribute",
            ),
        ),
        migrations.AddField(
            model_name="attributevalue",
            name="choice",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="values",
                to="catalog.attributechoice",
            ),
        ),
        migrations.AddField(
            model_name="attributevalue",
            name="product",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attribute_values",
                to="catalog.product",
            ),
        ),
        migrations.AddField(
            model_name="attributevalue",
            name="variant",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attribute_values",
                to="catalog.variant",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="product_type",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="products",
                to="catalog.producttype",
                verbose_name="product type",
            ),
        ),
        migrations.AddField(
            model_name="typeattribute",
            name="attribute",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="type_attributes",
                to="catalog.attribute",
                verbose_name="attribute",
            ),
        ),
        migrations.AddField(
            model_name="typeattribute",
            name="product_type",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="type_attributes",
                to="catalog.producttype",
                verbose_name="product type",
            ),
        ),
        migrations.AddField(
            model_name="producttype",
            name="attributes",
            field=models.ManyToManyField(
                related_name="product_types",
                through="catalog.TypeAttribute",
                to="catalog.attribute",
                verbose_name="attributes",
            ),
        ),
        migrations.AddConstraint(
            model_name="attributechoice",
            constraint=models.UniqueConstraint(
                fields=("attribute", "code"), name="attribute_choice_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="attributechoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("swatch", ""), ("swatch__regex", "^#[0-9a-f]{6}$"), _connector="OR"
                ),
                name="attribute_choice_swatch_is_colour",
            ),
        ),
        migrations.AddConstraint(
            model_name="attributechoice",
            constraint=models.UniqueConstraint(
                fields=("id", "attribute"), name="attribute_choice_with_owner"
            ),
        ),
        migrations.AddIndex(
            model_name="attributevalue",
            index=models.Index(
                fields=["attribute", "product"], name="attribute_value_of_attribute"
            ),
        ),
        migrations.AddIndex(
            model_name="attributevalue",
            index=models.Index(
                condition=models.Q(("variant__isnull", False)),
                fields=["variant"],
                name="attribute_value_of_variant",
            ),
        ),
        migrations.AddConstraint(
            model_name="attributevalue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["choice", "multi_choice", "swatch", "number", "boolean", "text", "date"],
                    )
                ),
                name="attribute_value_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attributevalue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("choice__isnull", False),
                        ("kind__in", ["choice", "multi_choice", "swatch"]),
                        ("number__isnull", True),
                        ("boolean__isnull", True),
                        ("date__isnull", True),
                        ("text_de", ""),
                        ("text_en", ""),
                    ),
                    models.Q(
                        ("kind", "number"),
                        ("number__isnull", False),
                        ("choice__isnull", True),
                        ("boolean__isnull", True),
                        ("date__isnull", True),
                        ("text_de", ""),
                        ("text_en", ""),
                    ),
                    models.Q(
                        ("boolean__isnull", False),
                        ("kind", "boolean"),
                        ("choice__isnull", True),
                        ("number__isnull", True),
                        ("date__isnull", True),
                        ("text_de", ""),
                        ("text_en", ""),
                    ),
                    models.Q(
                        ("kind", "text"),
                        models.Q(
                            models.Q(("text_de", ""), _negated=True),
                            models.Q(("text_en", ""), _negated=True),
                            _connector="OR",
                        ),
                        ("choice__isnull", True),
                        ("number__isnull", True),
                        ("boolean__isnull", True),
                        ("date__isnull", True),
                    ),
                    models.Q(
                        ("date__isnull", False),
                        ("kind", "date"),
                        ("choice__isnull", True),
                        ("number__isnull", True),
                        ("boolean__isnull", True),
                        ("text_de", ""),
                        ("text_en", ""),
                    ),
                    _connector="OR",
                ),
                name="attribute_value_fits_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="attributevalue",
            constraint=models.UniqueConstraint(
                fields=("product", "variant", "attribute", "choice"),
                name="attribute_value_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="attributevalue",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "multi_choice"), _negated=True),
                fields=("product", "variant", "attribute"),
                name="attribute_value_single",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="typeattribute",
            constraint=models.UniqueConstraint(
                fields=("product_type", "attribute"), name="type_attribute_once"
            ),
        ),
        # Always true, as the id is unique alone; the index is built in a moment (250,000 rows).
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.UniqueConstraint(
                fields=("id", "product"), name="variant_with_product"
            ),
        ),
        *(_point(*pair) for pair in _PAIRS),
    ]
