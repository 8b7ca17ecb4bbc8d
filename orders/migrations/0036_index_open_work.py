"""What waits for staff is a few of many orders: counted without reading all of them."""

from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("orders", "0027_packing_and_labels"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="order",
            index=models.Index(
                condition=models.Q(
                    ("status", "confirmed"),
                    models.Q(("fulfilment_status", "fulfilled"), _negated=True),
                ),
                fields=["placed_at"],
                name="order_to_ship",
            ),
        ),
        AddIndexConcurrently(
            model_name="order",
            index=models.Index(
                condition=models.Q(("payment_status__in", ["mismatch", "partly_paid"])),
                fields=["payment_status"],
                name="order_odd_payment",
            ),
        ),
        AddIndexConcurrently(
            model_name="payment",
            index=models.Index(
                condition=models.Q(("state", "mismatch")),
                fields=["order"],
                name="payment_odd_amount",
            ),
        ),
    ]
