import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0019_measures_and_bans"),
    ]

    operations = [
        migrations.AddField(
            model_name="importpicture",
            name="document_kind",
            field=models.CharField(blank=True, db_default="", default="", max_length=26),
        ),
        migrations.AddField(
            model_name="importpicture",
            name="document_language",
            field=models.CharField(blank=True, db_default="", default="", max_length=5),
        ),
        migrations.AddField(
            model_name="importpicture",
            name="document",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="catalog.document",
            ),
        ),
    ]
