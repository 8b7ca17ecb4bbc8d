from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_customer_groups"),
    ]

    operations = [
        migrations.AddField(
            model_name="address",
            name="post_number",
            field=models.CharField(
                blank=True, db_default="", max_length=10, verbose_name="post number"
            ),
        ),
        migrations.AddField(
            model_name="address",
            name="region",
            field=models.CharField(
                blank=True, db_default="", max_length=80, verbose_name="province, county"
            ),
        ),
    ]
