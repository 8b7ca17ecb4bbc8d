"""What the home page shows is found by indexes, however many products and prices there are."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import F, Func, Q


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("catalog", "0009_redirects"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="price",
            index=models.Index(
                Func(F("valid"), function="lower").desc(),
                condition=Q(kind="sale"),
                name="price_latest_sales",
            ),
        ),
        AddIndexConcurrently(
            model_name="product",
            index=models.Index(
                fields=["-published_at"],
                condition=Q(status="active", is_featured=True),
                name="product_featured",
            ),
        ),
    ]
