"""Pictures are found by the content that they show."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("catalog", "0013_picture_files"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="productpicture",
            index=models.Index(fields=["key"], name="product_picture_key"),
        ),
    ]
