"""Where on the shelves a pick list finds the goods, and when a place is open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inventory", "0004_returned_pieces"),
    ]

    operations = [
        migrations.AddField(
            model_name="stockitem",
            name="shelf",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Pick lists follow it: A-03-2 before A-12-1.",
                max_length=20,
                verbose_name="shelf",
            ),
        ),
        migrations.AddField(
            model_name="stocklocation",
            name="hours_de",
            field=models.TextField(
                blank=True, db_default="", default="", verbose_name="opening hours (German)"
            ),
        ),
        migrations.AddField(
            model_name="stocklocation",
            name="hours_en",
            field=models.TextField(
                blank=True, db_default="", default="", verbose_name="opening hours (English)"
            ),
        ),
    ]
