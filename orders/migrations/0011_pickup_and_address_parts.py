"""Orders that are picked up, the version of the withdrawal text, provinces and post numbers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0007_discounts"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="is_pickup",
            field=models.BooleanField(db_default=False, default=False, verbose_name="picked up"),
        ),
        migrations.AddField(
            model_name="order",
            name="withdrawal_version",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=20,
                verbose_name="version of the withdrawal text",
            ),
        ),
        migrations.AddField(
            model_name="orderaddress",
            name="post_number",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=10, verbose_name="post number"
            ),
        ),
        migrations.AddField(
            model_name="orderaddress",
            name="region",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=80,
                verbose_name="state or province",
            ),
        ),
    ]
