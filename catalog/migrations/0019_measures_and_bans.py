"""How large packed goods are, which are bulky, and to which countries some are not sent."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


def _millimetres(name: str) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(blank=True, null=True, verbose_name=f"{name} in mm")


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0017_minimum_price"),
    ]

    operations = [
        migrations.AddField("variant", "length_mm", _millimetres("length")),
        migrations.AddField("variant", "width_mm", _millimetres("width")),
        migrations.AddField("variant", "height_mm", _millimetres("height")),
        migrations.AddField(
            model_name="variant",
            name="is_bulky",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Sent with a surcharge, or by forwarding agent only.",
                verbose_name="bulky",
            ),
        ),
        migrations.CreateModel(
            name="SendingBan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "countries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2), verbose_name="countries"
                    ),
                ),
                ("reason_de", models.CharField(max_length=200, verbose_name="reason (German)")),
                ("reason_en", models.CharField(max_length=200, verbose_name="reason (English)")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sending_bans",
                        to="catalog.product",
                    ),
                ),
            ],
            options={
                "verbose_name": "not sent to",
                "verbose_name_plural": "not sent to",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("countries", []), _negated=True),
                        name="sending_ban_names_countries",
                    )
                ],
            },
        ),
    ]
