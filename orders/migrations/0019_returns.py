"""Which pieces a refund is for, and what comes back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0018_vat_of_all_countries"),
        ("orders", "0015_kinds_of_after_sales"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Return",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True, verbose_name="number")),
                (
                    "track",
                    models.CharField(
                        choices=[
                            ("withdrawal", "withdrawal"),
                            ("goodwill", "voluntary return"),
                            ("claim", "complaint"),
                            ("exchange", "exchange"),
                        ],
                        max_length=12,
                        verbose_name="track",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "requested"),
                            ("approved", "approved"),
                            ("refused", "refused"),
                            ("sent", "on its way back"),
                            ("received", "received"),
                            ("inspected", "inspected"),
                            ("closed", "closed"),
                            ("cancelled", "called off"),
                        ],
                        default="requested",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not told"),
                            ("disliked", "I do not like it"),
                            ("too_small", "too small"),
                            ("too_large", "too large"),
                            ("other", "not as described"),
                            ("late", "came too late"),
                            ("damaged", "damaged on the way"),
                            ("defect", "defective or does not work"),
                            ("incomplete", "parts are missing"),
                            ("wrong", "wrong goods delivered"),
                            ("cheaper", "found cheaper elsewhere"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="words of the customer")),
                (
                    "remedy",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not told"),
                            ("repair", "repair"),
                            ("replacement", "replacement"),
                        ],
                        max_length=12,
                        verbose_name="wanted",
                    ),
                ),
                (
                    "postage",
                    models.CharField(
                        choices=[("shop", "the shop"), ("customer", "the customer")],
                        max_length=10,
                        verbose_name="postage is borne by",
                    ),
                ),
                (
                    "means",
                    models.CharField(
                        choices=[("original", "as it was paid")],
                        default="original",
                        max_length=10,
                        verbose_name="money goes back",
                    ),
                ),
                (
                    "with_delivery",
                    models.BooleanField(
                        default=False, verbose_name="the delivery is given back, too"
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="opened")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "decision",
                    models.TextField(
                        blank=True,
                        help_text="The customer reads it.",
                        verbose_name="reason for the decision",
                    ),
                ),
                ("carrier", models.CharField(blank=True, max_length=60, verbose_name="carrier")),
                (
                    "tracking_number",
                    models.CharField(blank=True, max_length=80, verbose_name="tracking number"),
                ),
                (
                    "received_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="received"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none yet"),
                            ("refund", "money back"),
                            ("replacement", "replacement sent"),
                            ("repair", "repaired"),
                            ("exchange", "exchanged"),
                            ("sent_back", "sent back to the customer"),
                        ],
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "opened_by",
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
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="orders.order",
                    ),
                ),
                (
                    "refund",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goods_return",
                        to="orders.refund",
                    ),
                ),
                (
                    "replacement",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goods_return",
                        to="orders.fulfilment",
                    ),
                ),
            ],
            options={
                "verbose_name": "return",
                "verbose_name_plural": "returns",
            },
        ),
        migrations.CreateModel(
            name="ReturnLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                (
                    "kept_gross",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=12,
                        verbose_name="deduction for loss of value",
                    ),
                ),
                (
                    "kept_reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="reason for the deduction"
                    ),
                ),
                (
                    "goods_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="orders.return",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="return_lines",
                        to="orders.orderline",
                    ),
                ),
                (
                    "wanted",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.variant",
                        verbose_name="wanted instead",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a return",
                "verbose_name_plural": "lines of a return",
            },
        ),
        migrations.CreateModel(
            name="RefundPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("goods", "goods"),
                            ("deposit", "deposit"),
                            ("delivery", "delivery"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "place",
                    models.PositiveSmallIntegerField(default=0, verbose_name="part of the line"),
                ),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                (
                    "rate",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, verbose_name="VAT rate in percent"
                    ),
                ),
                (
                    "gross",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="gross"),
                ),
                ("net", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="net")),
                (
                    "kept_gross",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=12, verbose_name="kept"
                    ),
                ),
                (
                    "kept_net",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=12, verbose_name="kept, net"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refund_parts",
                        to="orders.orderline",
                    ),
                ),
                (
                    "refund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="orders.refund",
                    ),
                ),
            ],
            options={
                "verbose_name": "part of a refund",
                "verbose_name_plural": "parts of a refund",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("refund", "line", "place"),
                        name="refund_part_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["goods", "deposit", "delivery"])),
                        name="refund_part_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "delivery"), ("line__isnull", True), ("quantity", 0)),
                            models.Q(
                                ("kind__in", ["goods", "deposit"]),
                                ("line__isnull", False),
                                ("quantity__gte", 1),
                            ),
                            _connector="OR",
                        ),
                        name="refund_part_is_of_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kept_net__gte", 0),
                            ("kept_net__lte", models.F("kept_gross")),
                            ("net__gte", 0),
                            ("net__lte", models.F("gross")),
                            ("rate__gte", 0),
                        ),
                        name="refund_part_plausible",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="return",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ["refused", "closed", "cancelled"]), _negated=True
                ),
                fields=["opened_at"],
                name="return_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(("track__in", ["withdrawal", "goodwill", "claim", "exchange"])),
                name="return_track_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "requested",
                            "approved",
                            "refused",
                            "sent",
                            "received",
                            "inspected",
                            "closed",
                            "cancelled",
                        ],
                    )
                ),
                name="return_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "",
                            "disliked",
                            "too_small",
                            "too_large",
                            "other",
                            "late",
                            "damaged",
                            "defect",
                            "incomplete",
                            "wrong",
                            "cheaper",
                        ],
                    )
                ),
                name="return_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(("remedy__in", ["", "repair", "replacement"])),
                name="return_remedy_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(("postage__in", ["shop", "customer"])),
                name="return_postage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(("means__in", ["original"])), name="return_means_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        ["", "refund", "replacement", "repair", "exchange", "sent_back"],
                    )
                ),
                name="return_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("state", "closed"),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("outcome", "")),
                    _connector="OR",
                ),
                name="return_closed_has_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("refund__isnull", True), ("outcome", "refund"), _connector="OR"
                ),
                name="return_refund_is_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.UniqueConstraint(
                fields=("goods_return", "line"), name="return_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1)), name="return_line_of_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kept_gross", 0),
                    models.Q(("kept_gross__gt", 0), models.Q(("kept_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="return_line_deduction_has_reason",
            ),
        ),
    ]
