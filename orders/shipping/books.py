"""What must always be true of parcels; see `orders.books`. Each statement lists what is not."""

STATEMENTS: dict[str, str] = {
    "shipping: parcels hold pieces of their own order": """
        SELECT o.number, f.id, l.order_id FROM orders_fulfilmentline fl
        JOIN orders_fulfilment f ON f.id = fl.fulfilment_id
        JOIN orders_orderline l ON l.id = fl.line_id
        JOIN orders_order o ON o.id = f.order_id
        WHERE l.order_id <> f.order_id OR NOT l.needs_shipping
    """,
    # Only goods that were promised from stock: what is made to order was never on a shelf.
    "shipping: stock left = pieces in parcels": """
        WITH promised AS (
            SELECT DISTINCT r.reference, i.variant_id FROM inventory_reservation r
            JOIN inventory_stockitem i ON i.id = r.item_id
        ), pieces AS (
            SELECT o.number, COALESCE(c.variant_id, l.variant_id) AS variant_id,
                SUM(fl.quantity * COALESCE(c.quantity / l.quantity, 1)) AS sent
            FROM orders_fulfilmentline fl JOIN orders_orderline l ON l.id = fl.line_id
            JOIN orders_order o ON o.id = l.order_id
            LEFT JOIN orders_orderlinecomponent c ON c.line_id = l.id
            GROUP BY 1, 2
        ), gone AS (
            SELECT split_part(m.reference, '/', 1) AS number, i.variant_id, -SUM(m.quantity) AS gone
            FROM inventory_stockmovement m JOIN inventory_stockitem i ON i.id = m.item_id
            WHERE m.kind = 'sold' GROUP BY 1, 2
        )
        SELECT q.reference, q.variant_id, 'sent', COALESCE(p.sent, 0), 'gone', COALESCE(g.gone, 0)
        FROM promised q JOIN orders_order o ON o.number = q.reference
        LEFT JOIN pieces p ON p.number = q.reference AND p.variant_id = q.variant_id
        LEFT JOIN gone g ON g.number = q.reference AND g.variant_id = q.variant_id
        WHERE COALESCE(p.sent, 0) <> COALESCE(g.gone, 0)
    """,
    "shipping: nothing arrived in the future or before it left": """
        SELECT o.number, f.id, f.shipped_at, f.delivered_at FROM orders_fulfilment f
        JOIN orders_order o ON o.id = f.order_id
        WHERE f.delivered_at < f.shipped_at
           OR f.delivered_at > CURRENT_TIMESTAMP + INTERVAL '5 minutes'
    """,
    "shipping: packed orders wait for their carrier": """
        SELECT number, status, fulfilment_status, packed_at FROM orders_order
        WHERE packed_at IS NOT NULL AND (status <> 'confirmed' OR fulfilment_status = 'fulfilled')
    """,
    "shipping: a label has the number of its parcel": """
        SELECT o.number, b.tracking_number, f.tracking_number FROM orders_parcellabel b
        JOIN orders_fulfilment f ON f.id = b.fulfilment_id JOIN orders_order o ON o.id = b.order_id
        WHERE f.order_id <> b.order_id OR f.tracking_number <> b.tracking_number
    """,
}
