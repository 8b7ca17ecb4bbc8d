"""Declarations of withdrawal: kept as they came, never changed; what became of them beside them."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import shop.kit.ids

FORWARD = """
CREATE FUNCTION orders_withdrawal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'declarations of withdrawal are never changed or deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER orders_withdrawal_append_only BEFORE UPDATE OR DELETE ON orders_withdrawal
    FOR EACH ROW EXECUTE FUNCTION orders_withdrawal_refuse();
"""
BACKWARD = """
DROP TRIGGER orders_withdrawal_append_only ON orders_withdrawal;
DROP FUNCTION orders_withdrawal_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0019_returns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        default=shop.kit.ids.withdrawal_number,
                        editable=False,
                        max_length=20,
                        unique=True,
                        verbose_name="number",
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("reference", models.CharField(max_length=200, verbose_name="order or contract")),
                (
                    "email",
                    models.EmailField(max_length=254, verbose_name="e-mail for the confirmation"),
                ),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                ("pieces", models.JSONField(blank=True, default=dict, verbose_name="pieces")),
                ("statement", models.TextField(verbose_name="statement")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("online", "online"),
                            ("mail", "by e-mail"),
                            ("letter", "by letter"),
                            ("other", "another way"),
                        ],
                        default="online",
                        max_length=8,
                        verbose_name="channel",
                    ),
                ),
                ("network", models.CharField(blank=True, max_length=45, verbose_name="network")),
                (
                    "text_version",
                    models.CharField(max_length=40, verbose_name="version of the text"),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("de", "German"), ("en", "English")],
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                ("is_quiet", models.BooleanField(default=False, verbose_name="many at once")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "linked_order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="orders.order",
                        verbose_name="order of the link",
                    ),
                ),
            ],
            options={
                "verbose_name": "declaration of withdrawal",
                "verbose_name_plural": "declarations of withdrawal",
            },
        ),
        migrations.CreateModel(
            name="WithdrawalCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "just received"),
                            ("open", "to be decided"),
                            ("accepted", "accepted"),
                            ("settled", "settled"),
                            ("rejected", "rejected"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "match",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not looked for yet"),
                            ("exact", "number and e-mail fit"),
                            ("foreign", "number fits, e-mail differs"),
                            ("likely", "e-mail fits, number does not"),
                            ("none", "no order found"),
                            ("by_hand", "assigned by staff"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="match",
                    ),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="period ends")),
                ("flags", models.JSONField(blank=True, default=list, verbose_name="remarks")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "refund_until",
                    models.DateField(blank=True, null=True, verbose_name="refund until"),
                ),
                ("next_try_at", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                (
                    "decided_by",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="orders.order",
                        verbose_name="order",
                    ),
                ),
                (
                    "withdrawal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case",
                        to="orders.withdrawal",
                    ),
                ),
            ],
            options={
                "verbose_name": "withdrawal",
                "verbose_name_plural": "withdrawals",
            },
        ),
        migrations.CreateModel(
            name="WithdrawalMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("address", models.EmailField(max_length=254)),
                ("language", models.CharField(max_length=5)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "queued"),
                            ("in_flight", "in flight"),
                            ("sent", "sent"),
                            ("dead", "dead"),
                        ],
                        default="queued",
                        max_length=12,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("message_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("problem", models.CharField(blank=True, max_length=200)),
                (
                    "withdrawal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="orders.withdrawal",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail about a withdrawal",
                "verbose_name_plural": "mails about withdrawals",
            },
        ),
        migrations.CreateModel(
            name="WithdrawalPiece",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("cancelled", "not sent: cancelled"),
                            ("return", "sent: to be returned"),
                            ("refund", "nothing to return: refunded"),
                            ("by_hand", "staff see to it"),
                        ],
                        max_length=10,
                        verbose_name="way",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pieces",
                        to="orders.withdrawalcase",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawn",
                        to="orders.orderline",
                    ),
                ),
            ],
            options={
                "verbose_name": "withdrawn piece",
                "verbose_name_plural": "withdrawn pieces",
            },
        ),
        migrations.AddIndex(
            model_name="withdrawal",
            index=models.Index(fields=["-received_at"], name="withdrawal_newest"),
        ),
        migrations.AddConstraint(
            model_name="withdrawal",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["online", "mail", "letter", "other"])),
                name="withdrawal_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawal",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["de", "en"])), name="withdrawal_language_known"
            ),
        ),
        migrations.AddIndex(
            model_name="withdrawalcase",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "open", "accepted"])),
                fields=["state", "refund_until"],
                name="withdrawal_case_at_work",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "open", "accepted", "settled", "rejected"])
                ),
                name="withdrawal_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("match__in", ["", "exact", "foreign", "likely", "none", "by_hand"])
                ),
                name="withdrawal_match_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["accepted", "settled"]), _negated=True),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("order__isnull", False),
                        ("refund_until__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="withdrawal_accepted_for_an_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "rejected"), _negated=True),
                    models.Q(
                        models.Q(("reason", ""), _negated=True), ("decided_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="withdrawal_rejected_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "settled"), ("settled_at__isnull", True), _connector="XOR"
                ),
                name="withdrawal_settled_is_dated",
            ),
        ),
        migrations.AddIndex(
            model_name="withdrawalmail",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "in_flight"])),
                fields=["next_try_at"],
                name="withdrawal_mail_to_send",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalmail",
            constraint=models.UniqueConstraint(
                fields=("withdrawal", "kind"), name="withdrawal_mail_once_per_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalmail",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["receipt", "rejected"])),
                name="withdrawal_mail_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalmail",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["queued", "in_flight", "sent", "dead"])),
                name="withdrawal_mail_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalpiece",
            constraint=models.UniqueConstraint(
                fields=("case", "line", "way"), name="withdrawal_piece_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalpiece",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1)), name="withdrawal_piece_of_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalpiece",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["cancelled", "return", "refund", "by_hand"])),
                name="withdrawal_piece_way_known",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
