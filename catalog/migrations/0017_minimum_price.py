from decimal import Decimal

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0020_redirects_of_collections"),
    ]

    operations = [
        migrations.AddField(
            model_name="variant",
            name="minimum_gross",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="No discount takes a piece below it. Empty: down to nothing.",
                max_digits=12,
                null=True,
                validators=[django.core.validators.MinValueValidator(Decimal(0))],
                verbose_name="minimum price",
            ),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.CheckConstraint(
                condition=models.Q(("minimum_gross__isnull", True))
                | models.Q(("minimum_gross__gte", 0)),
                name="variant_minimum_price_not_negative",
            ),
        ),
    ]
