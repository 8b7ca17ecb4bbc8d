"""Orders that have digital lines know it from now on. Can be run again; undoing needs nothing."""

from django.db import migrations

FORWARD = """
UPDATE orders_order SET has_digital = true
WHERE NOT has_digital AND EXISTS
    (SELECT 1 FROM orders_orderline l WHERE l.order_id = orders_order.id AND l.is_digital);
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_downloads")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
