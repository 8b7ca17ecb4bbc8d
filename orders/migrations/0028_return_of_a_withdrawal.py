"""A withdrawal knows the return by which its goods come back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0016_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="withdrawalcase",
            name="goods_return",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="withdrawal_case",
                to="orders.return",
                verbose_name="return",
            ),
        ),
    ]
