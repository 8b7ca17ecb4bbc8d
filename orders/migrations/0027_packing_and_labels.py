"""What is prepared before parcels leave: scanned pieces, labels, pick-ups, carriers."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0020_promised_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CarrierChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "method",
                    models.CharField(max_length=40, unique=True, verbose_name="delivery method"),
                ),
                ("carrier_code", models.CharField(max_length=20, verbose_name="carrier")),
            ],
            options={
                "verbose_name": "carrier of a delivery method",
                "verbose_name_plural": "carriers of delivery methods",
            },
        ),
        migrations.CreateModel(
            name="Collection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(max_length=8, unique=True, verbose_name="collection number"),
                ),
                ("ready_at", models.DateTimeField(verbose_name="ready")),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collection",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "verbose_name": "collection",
                "verbose_name_plural": "collections",
            },
        ),
        migrations.CreateModel(
            name="PackedPiece",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                (
                    "component",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="packed_pieces",
                        to="orders.orderlinecomponent",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="packed_pieces",
                        to="orders.orderline",
                    ),
                ),
            ],
            options={
                "verbose_name": "packed piece",
                "verbose_name_plural": "packed pieces",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "component"), name="packed_piece_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 1)), name="packed_piece_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ParcelLabel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "carrier_code",
                    models.CharField(max_length=20, verbose_name="code of the carrier"),
                ),
                (
                    "tracking_number",
                    models.CharField(blank=True, max_length=80, verbose_name="tracking number"),
                ),
                (
                    "weight_g",
                    models.PositiveIntegerField(default=0, verbose_name="weight in grams"),
                ),
                ("content", models.BinaryField(default=b"")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="cancelled"),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="staff",
                    ),
                ),
                (
                    "fulfilment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="label",
                        to="orders.fulfilment",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="labels",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "verbose_name": "parcel label",
                "verbose_name_plural": "parcel labels",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("cancelled_at__isnull", True), ("fulfilment__isnull", True)
                        ),
                        fields=("order",),
                        name="parcel_label_one_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fulfilment__isnull", True),
                            ("cancelled_at__isnull", True),
                            _connector="OR",
                        ),
                        name="parcel_label_used_or_cancelled",
                    ),
                ],
            },
        ),
    ]
