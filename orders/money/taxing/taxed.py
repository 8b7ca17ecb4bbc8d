"""What must always be true of whose VAT orders bear: statements that return what is wrong."""

from django.conf import settings

from orders.money.taxing import gone

# Exempt is exempt, and what counts for the limit is at most the net of the order.
WHERE_THE_SCHEME_SAYS = f"""
    SELECT o.number, o.tax_scheme, o.tax_country, a.country
    FROM orders_order o
    JOIN orders_orderaddress a ON a.order_id = o.id AND a.kind = 'delivery'
    LEFT JOIN LATERAL (
        SELECT SUM(v.net) AS net, MAX(v.rate) AS rate FROM orders_ordervat v
        WHERE v.order_id = o.id
    ) taxed ON true
    WHERE o.tax_country <> CASE o.tax_scheme
            WHEN 'destination' THEN a.country ELSE '{settings.COUNTRY}' END
       OR (o.tax_scheme = 'small_business' AND taxed.rate > 0)
       OR (o.tax_scheme = 'seller' AND o.distance_net > taxed.net)
"""  # noqa: S608 - a constant

BUT_NOT_NOTICED = f"""
    WITH sales AS (
        SELECT EXTRACT(YEAR FROM o.placed_at AT TIME ZONE '{settings.TIME_ZONE}')::int AS year,
            o.distance_net - COALESCE(ROUND(
                o.distance_net * LEAST(COALESCE(SUM(r.amount), 0), o.total_gross)
                / NULLIF(o.total_gross, 0), 2), 0) AS net
        FROM orders_order o
        JOIN orders_payment p ON p.order_id = o.id AND p.state = 'succeeded'
        LEFT JOIN {gone.BACK} r ON r.payment_id = p.id
        WHERE o.distance_net IS NOT NULL AND o.status <> 'cancelled'
          AND p.settled_at < CURRENT_TIMESTAMP - INTERVAL '15 minutes'
        GROUP BY o.id
    )
    SELECT year, SUM(net) FROM sales
    WHERE year >= EXTRACT(YEAR FROM CURRENT_TIMESTAMP AT TIME ZONE '{settings.TIME_ZONE}') - 1
    GROUP BY year
    HAVING SUM(net) > 10000
        AND year NOT IN (SELECT c.year FROM catalog_vatschemechange c WHERE c.year IS NOT NULL)
"""  # noqa: S608 - a constant

STATEMENTS = {
    "orders: taxed where their scheme says": WHERE_THE_SCHEME_SAYS,
    "orders: the limit of distance sales is noticed": BUT_NOT_NOTICED,
}
