"""Pieces that came back: written off, or set apart where nothing is sold from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inventory", "0003_awaited_deliveries"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="stocklocation",
            name="stock_location_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="stockmovement",
            name="stock_movement_kind_known",
        ),
        migrations.AlterField(
            model_name="stocklocation",
            name="kind",
            field=models.CharField(
                choices=[("warehouse", "warehouse"), ("store", "store"), ("apart", "set apart")],
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="stockmovement",
            name="kind",
            field=models.CharField(
                choices=[
                    ("received", "received"),
                    ("counted", "counted"),
                    ("sold", "sold"),
                    ("restocked", "restocked"),
                    ("discarded", "written off"),
                ],
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="stocklocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["warehouse", "store", "apart"])),
                name="stock_location_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["received", "counted", "sold", "restocked", "discarded"])
                ),
                name="stock_movement_kind_known",
            ),
        ),
    ]
