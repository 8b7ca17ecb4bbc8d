"""Parcels know their carrier by a code, and when they were packed and delivered."""

from django.conf import settings
from django.db import migrations, models

# Parcels that left before: the known names get their code; what was fetched is with its buyer.
_FILL = """
UPDATE orders_fulfilment SET carrier_code = known.code
FROM (VALUES ('dhl', 'dhl'), ('dpd', 'dpd'), ('gls', 'gls'), ('hermes', 'hermes'), ('ups', 'ups'))
    AS known (name, code)
WHERE lower(trim(carrier)) = known.name;
UPDATE orders_fulfilment SET delivered_at = shipped_at, delivery_known_by = 'hand'
FROM orders_order WHERE orders_order.id = order_id AND is_pickup AND carrier = '';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0018_withdrawals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="fulfilment",
            name="carrier_code",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=20,
                verbose_name="code of the carrier",
            ),
        ),
        migrations.AddField(
            model_name="fulfilment",
            name="delivered_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="delivered"),
        ),
        migrations.AddField(
            model_name="fulfilment",
            name="delivery_known_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "not delivered yet"),
                    ("hand", "staff"),
                    ("carrier", "carrier"),
                    ("time", "time"),
                ],
                db_default="",
                default="",
                max_length=8,
                verbose_name="delivery known by",
            ),
        ),
        migrations.AddField(
            model_name="fulfilment",
            name="packed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="packed"),
        ),
        migrations.AddField(
            model_name="order",
            name="packed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="packed"),
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="fulfilment",
            index=models.Index(fields=["tracking_number"], name="fulfilment_tracking"),
        ),
        migrations.AddIndex(
            model_name="fulfilment",
            index=models.Index(
                condition=models.Q(("delivered_at__isnull", True)),
                fields=["shipped_at"],
                name="fulfilment_on_its_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="fulfilment",
            constraint=models.CheckConstraint(
                condition=models.Q(("delivery_known_by__in", ["", "hand", "carrier", "time"])),
                name="fulfilment_known_by_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="fulfilment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("delivered_at__isnull", True), ("delivery_known_by", "")),
                    models.Q(
                        ("delivered_at__gte", models.F("shipped_at")),
                        models.Q(("delivery_known_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="fulfilment_delivered_after_shipped",
            ),
        ),
        migrations.AddConstraint(
            model_name="fulfilment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("packed_at__isnull", True),
                    ("packed_at__lte", models.F("shipped_at")),
                    _connector="OR",
                ),
                name="fulfilment_packed_before_shipped",
            ),
        ),
    ]
