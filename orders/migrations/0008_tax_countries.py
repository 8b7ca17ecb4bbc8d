"""Orders say whose VAT they bear, and what of them counts towards the limit of 10,000 €."""

from django.conf import settings
from django.db import migrations, models

# Orders of the past bear the seller's VAT; vouchers (0 %) do not count. Can be run again.
FORWARD = """
UPDATE orders_order o SET distance_net = (
    SELECT COALESCE(SUM(v.net), 0) FROM orders_ordervat v WHERE v.order_id = o.id AND v.rate > 0
)
FROM orders_orderaddress a
WHERE o.distance_net IS NULL AND a.order_id = o.id AND a.kind = 'delivery' AND a.country IN (
    'AT', 'BE', 'BG', 'CY', 'CZ', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT',
    'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'
);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0014_reconciliation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="distance_net",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=12,
                null=True,
                verbose_name="distance sale, net",
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="tax_country",
            field=models.CharField(
                db_default="DE", default="DE", max_length=2, verbose_name="taxed in"
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="tax_scheme",
            field=models.CharField(
                choices=[
                    ("seller", "the seller's VAT"),
                    ("destination", "VAT of the country of destination (OSS)"),
                    ("small_business", "no VAT: small business (§ 19 UStG)"),
                ],
                db_default="seller",
                default="seller",
                max_length=16,
                verbose_name="VAT scheme",
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("distance_net__gte", 0)),
                fields=["placed_at"],
                name="order_abroad",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("tax_scheme__in", ["seller", "destination", "small_business"])),
                name="order_tax_scheme_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("distance_net__gte", 0),
                    models.Q(
                        ("distance_net__isnull", True),
                        models.Q(("tax_scheme", "destination"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="order_distance_sale_plausible",
            ),
        ),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
    ]
