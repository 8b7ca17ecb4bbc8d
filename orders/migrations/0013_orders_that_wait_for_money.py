"""Orders that wait for money are found by what they wait for: confirmed ones may, at pick-up."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("orders", "0009_bank_and_disputes"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="order",
            index=models.Index(
                fields=["reserved_until"],
                condition=Q(payment_status__in=["unpaid", "partly_paid"]),
                name="order_awaiting_money",
            ),
        ),
        RemoveIndexConcurrently(model_name="order", name="order_waiting"),
    ]
