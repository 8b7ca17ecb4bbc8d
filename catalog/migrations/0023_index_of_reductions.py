from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("catalog", "0022_reductions"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="price",
            index=models.Index(
                condition=models.Q(("reduction__isnull", False)),
                fields=["reduction", "variant"],
                name="price_of_reduction",
            ),
        ),
    ]
