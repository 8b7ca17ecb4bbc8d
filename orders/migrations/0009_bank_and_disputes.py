"""Bookings of the bank, money that came by hand, transfers to be made, disputes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

APPEND_ONLY = """
CREATE FUNCTION orders_moneyin_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        OLD.actor_id := NULL;
        IF OLD = NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'money that came is never changed or deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER orders_moneyin_append_only BEFORE UPDATE OR DELETE ON orders_moneyin
    FOR EACH ROW EXECUTE FUNCTION orders_moneyin_refuse();
CREATE FUNCTION orders_banktransaction_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        -- What was decided may change, what the bank said may not.
        OLD.rule := NEW.rule;
        OLD.state := NEW.state;
        OLD."left" := NEW."left";
        OLD.reason := NEW.reason;
        OLD.decided_by_id := NEW.decided_by_id;
        OLD.decided_at := NEW.decided_at;
        IF OLD = NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'bookings of the bank are never changed or deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER orders_banktransaction_append_only
    BEFORE UPDATE OR DELETE ON orders_banktransaction
    FOR EACH ROW EXECUTE FUNCTION orders_banktransaction_refuse();
"""
CHANGEABLE = """
DROP TRIGGER orders_moneyin_append_only ON orders_moneyin;
DROP FUNCTION orders_moneyin_refuse();
DROP TRIGGER orders_banktransaction_append_only ON orders_banktransaction;
DROP FUNCTION orders_banktransaction_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0011_pickup_and_address_parts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BankStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("filename", models.CharField(max_length=120, verbose_name="file")),
                ("layout", models.CharField(max_length=40, verbose_name="layout")),
                ("sha256", models.CharField(db_index=True, max_length=64, verbose_name="SHA-256")),
                ("created_at", models.DateTimeField(verbose_name="uploaded")),
                ("count_new", models.PositiveIntegerField(default=0, verbose_name="new bookings")),
                (
                    "count_known",
                    models.PositiveIntegerField(default=0, verbose_name="known before"),
                ),
                ("count_left_out", models.PositiveIntegerField(default=0, verbose_name="left out")),
            ],
            options={
                "verbose_name": "bank statement",
                "verbose_name_plural": "bank statements",
            },
        ),
        migrations.CreateModel(
            name="BankTransaction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("likeness", models.CharField(db_index=True, max_length=64)),
                ("booked_on", models.DateField(verbose_name="booked on")),
                ("is_credit", models.BooleanField(verbose_name="came in")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="amount"),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("payer_name", models.CharField(blank=True, max_length=140, verbose_name="payer")),
                ("payer_iban", models.CharField(blank=True, max_length=34, verbose_name="IBAN")),
                (
                    "remittance",
                    models.CharField(blank=True, max_length=500, verbose_name="reference"),
                ),
                (
                    "end_to_end",
                    models.CharField(blank=True, max_length=80, verbose_name="end-to-end id"),
                ),
                ("is_return", models.BooleanField(default=False, verbose_name="returned")),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("exact", "reference found"),
                            ("late", "order was cancelled"),
                            ("paid", "order is paid already"),
                            ("other_way", "order pays otherwise"),
                            ("typo", "reference almost found"),
                            ("several", "several orders"),
                            ("amount", "only the amount fits"),
                            ("currency", "foreign currency"),
                            ("double", "looks like another booking"),
                            ("returned", "returned payment"),
                            ("refund", "our refund"),
                            ("unknown", "nothing fits"),
                        ],
                        max_length=10,
                        verbose_name="match",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "to be decided"),
                            ("booked", "booked"),
                            ("returned", "given back"),
                            ("refund", "our refund"),
                            ("ignored", "ignored"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("left", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="left")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("created_at", models.DateTimeField(verbose_name="created")),
            ],
            options={
                "verbose_name": "bank booking",
                "verbose_name_plural": "bank bookings",
            },
        ),
        migrations.CreateModel(
            name="BankTransfer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "end_to_end",
                    models.CharField(max_length=35, unique=True, verbose_name="end-to-end id"),
                ),
                (
                    "name",
                    models.CharField(blank=True, max_length=140, verbose_name="account holder"),
                ),
                ("iban", models.CharField(blank=True, max_length=34, verbose_name="IBAN")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="amount"),
                ),
                ("reference", models.CharField(max_length=140, verbose_name="reference")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "to be transferred"),
                            ("exported", "in a file for the bank"),
                            ("done", "carried out"),
                            ("failed", "came back"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created")),
                (
                    "exported_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken into a file"),
                ),
                (
                    "done_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="carried out"),
                ),
            ],
            options={
                "verbose_name": "transfer to be made",
                "verbose_name_plural": "transfers to be made",
            },
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "provider_dispute",
                    models.CharField(
                        max_length=255, unique=True, verbose_name="dispute at the provider"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("inquiry", "inquiry"),
                            ("open", "answer wanted"),
                            ("review", "under review"),
                            ("won", "won"),
                            ("lost", "lost"),
                        ],
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="amount"),
                ),
                ("reason", models.CharField(blank=True, max_length=80, verbose_name="reason")),
                (
                    "answer_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="answer until"),
                ),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
            ],
            options={
                "verbose_name": "dispute",
                "verbose_name_plural": "disputes",
            },
        ),
        migrations.CreateModel(
            name="MoneyIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "means",
                    models.CharField(
                        choices=[
                            ("bank", "bank transfer"),
                            ("cash", "cash"),
                            ("card", "card at the counter"),
                        ],
                        max_length=4,
                        verbose_name="means",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="amount"),
                ),
                ("created_at", models.DateTimeField(verbose_name="created")),
            ],
            options={
                "verbose_name": "money received",
                "verbose_name_plural": "money received",
            },
        ),
        migrations.RemoveConstraint(
            model_name="order",
            name="order_payment_status_known",
        ),
        migrations.RemoveConstraint(
            model_name="orderevent",
            name="order_event_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="ordermail",
            name="order_mail_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="payment",
            name="payment_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="payment",
            name="payment_captured_has_state",
        ),
        migrations.AddField(
            model_name="payment",
            name="by_hand",
            field=models.CharField(
                blank=True,
                choices=[("", "no"), ("transfer", "bank transfer"), ("counter", "at the counter")],
                db_default="",
                default="",
                max_length=8,
                verbose_name="by hand",
            ),
        ),
        migrations.AlterField(
            model_name="order",
            name="payment_status",
            field=models.CharField(
                choices=[
                    ("unpaid", "unpaid"),
                    ("pending", "payment pending"),
                    ("partly_paid", "partly paid"),
                    ("paid", "paid"),
                    ("overpaid", "overpaid"),
                    ("partly_refunded", "partly refunded"),
                    ("refunded", "refunded"),
                    ("mismatch", "amount differs"),
                    ("disputed", "disputed"),
                    ("charged_back", "charged back"),
                ],
                default="unpaid",
                max_length=16,
                verbose_name="payment",
            ),
        ),
        migrations.AlterField(
            model_name="orderevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("placed", "placed"),
                    ("status", "status changed"),
                    ("payment", "payment"),
                    ("refund", "refund"),
                    ("shipped", "shipped"),
                    ("mail", "mail sent again"),
                    ("download", "first download"),
                    ("dispute", "dispute"),
                    ("collected", "collected"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="payment",
            name="state",
            field=models.CharField(
                choices=[
                    ("new", "new"),
                    ("open", "open"),
                    ("processing", "processing"),
                    ("partial", "partly paid"),
                    ("succeeded", "succeeded"),
                    ("failed", "failed"),
                    ("expired", "expired"),
                    ("canceled", "canceled"),
                    ("mismatch", "differs"),
                ],
                default="new",
                max_length=12,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "payment_status__in",
                        [
                            "unpaid",
                            "pending",
                            "partly_paid",
                            "paid",
                            "overpaid",
                            "partly_refunded",
                            "refunded",
                            "mismatch",
                            "disputed",
                            "charged_back",
                        ],
                    )
                ),
                name="order_payment_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "placed",
                            "status",
                            "payment",
                            "refund",
                            "shipped",
                            "mail",
                            "download",
                            "dispute",
                            "collected",
                        ],
                    )
                ),
                name="order_event_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="ordermail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "acknowledgement",
                            "confirmation",
                            "payment_pending",
                            "payment_reminder",
                            "part_payment",
                            "shipped",
                            "cancelled",
                            "refunded",
                            "late_payment",
                        ],
                    )
                ),
                name="order_mail_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "new",
                            "open",
                            "processing",
                            "partial",
                            "succeeded",
                            "failed",
                            "expired",
                            "canceled",
                            "mismatch",
                        ],
                    )
                ),
                name="payment_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["succeeded", "mismatch", "partial"]),
                    ("captured", 0),
                    _connector="OR",
                ),
                name="payment_captured_has_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "partial"), _negated=True),
                    models.Q(
                        ("captured__gt", 0),
                        ("captured__lt", models.F("amount")),
                        models.Q(("by_hand", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="payment_partial_is_a_part",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("by_hand__in", ["", "transfer", "counter"])),
                name="payment_by_hand_known",
            ),
        ),
        migrations.AddField(
            model_name="bankstatement",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="staff",
            ),
        ),
        migrations.AddField(
            model_name="banktransaction",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="staff",
            ),
        ),
        migrations.AddField(
            model_name="banktransaction",
            name="statement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="transactions",
                to="orders.bankstatement",
                verbose_name="statement",
            ),
        ),
        migrations.AddField(
            model_name="banktransfer",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="staff",
            ),
        ),
        migrations.AddField(
            model_name="banktransfer",
            name="order",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bank_transfers",
                to="orders.order",
            ),
        ),
        migrations.AddField(
            model_name="banktransfer",
            name="refund",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="transfer",
                to="orders.refund",
            ),
        ),
        migrations.AddField(
            model_name="banktransfer",
            name="transaction",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="transfer",
                to="orders.banktransaction",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="payment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disputes",
                to="orders.payment",
            ),
        ),
        migrations.AddField(
            model_name="moneyin",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="staff",
            ),
        ),
        migrations.AddField(
            model_name="moneyin",
            name="payment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="money_in",
                to="orders.payment",
            ),
        ),
        migrations.AddField(
            model_name="moneyin",
            name="transaction",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="money_in",
                to="orders.banktransaction",
            ),
        ),
        migrations.AddIndex(
            model_name="banktransaction",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["booked_on"],
                name="bank_transaction_undecided",
            ),
        ),
        migrations.AddConstraint(
            model_name="banktransaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "rule__in",
                        [
                            "exact",
                            "late",
                            "paid",
                            "other_way",
                            "typo",
                            "several",
                            "amount",
                            "currency",
                            "double",
                            "returned",
                            "refund",
                            "unknown",
                        ],
                    )
                ),
                name="bank_transaction_rule_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="banktransaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["open", "booked", "returned", "refund", "ignored"])
                ),
                name="bank_transaction_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="banktransaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount__gt", 0), ("left__gte", 0), ("left__lte", models.F("amount"))
                ),
                name="bank_transaction_left_plausible",
            ),
        ),
        migrations.AddConstraint(
            model_name="banktransaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("left__gt", 0), ("state", "open")),
                    ("state", "ignored"),
                    models.Q(("left", 0), ("state__in", ["booked", "returned", "refund"])),
                    _connector="OR",
                ),
                name="bank_transaction_decided_in_full",
            ),
        ),
        migrations.AddConstraint(
            model_name="banktransfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "exported", "done", "failed"])),
                name="bank_transfer_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="banktransfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="bank_transfer_of_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="banktransfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("refund__isnull", False), ("transaction__isnull", True)),
                    models.Q(("refund__isnull", True), ("transaction__isnull", False)),
                    _connector="OR",
                ),
                name="bank_transfer_has_one_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["inquiry", "open", "review", "won", "lost"])),
                name="dispute_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="dispute_of_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="moneyin",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="money_in_of_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="moneyin",
            constraint=models.CheckConstraint(
                condition=models.Q(("means__in", ["bank", "cash", "card"])),
                name="money_in_means_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="moneyin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("means", "bank"), ("transaction__isnull", False)),
                    models.Q(
                        models.Q(("means", "bank"), _negated=True), ("transaction__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="money_in_bank_has_booking",
            ),
        ),
        migrations.RunSQL(APPEND_ONLY, CHANGEABLE),
    ]
