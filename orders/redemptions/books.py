"""What must always be true of what is limited; `orders/books.py` asks it."""

# Sentence → a statement that returns what is wrong.
STATEMENTS = {
    "redemptions: counts = sum of the live ones": """
        WITH live AS (
            SELECT count_id,
                COUNT(*) FILTER (WHERE NOT is_beyond) AS used,
                COALESCE(SUM(amount) FILTER (WHERE NOT is_beyond), 0) AS spent,
                COUNT(*) FILTER (WHERE is_beyond) AS used_beyond,
                COALESCE(SUM(amount) FILTER (WHERE is_beyond), 0) AS spent_beyond
            FROM orders_redemption WHERE released_at IS NULL GROUP BY count_id
        )
        SELECT split_part(c.key, ':', 1) || ':' || split_part(c.key, ':', 2), 'counted', c.used,
               c.spent, 'live', COALESCE(l.used, 0), COALESCE(l.spent, 0)
        FROM orders_redemptioncount c LEFT JOIN live l ON l.count_id = c.key
        WHERE (c.used, c.spent, c.used_beyond, c.spent_beyond) <> (COALESCE(l.used, 0),
            COALESCE(l.spent, 0), COALESCE(l.used_beyond, 0), COALESCE(l.spent_beyond, 0))
        """,
    "redemptions: never more than the limit or the budget": """
        SELECT split_part(key, ':', 1) || ':' || split_part(key, ':', 2), 'used', used, 'of', most,
               'spent', spent, 'of', budget
        FROM orders_redemptioncount
        WHERE used > most OR spent > budget OR spent < 0
        """,
    "redemptions: live as long as the order": """
        SELECT o.number, o.status, split_part(r.count_id, ':', 1), 'released', r.released_at
        FROM orders_redemption r JOIN orders_order o ON o.id = r.order_id
        WHERE (o.status = 'cancelled') <> (r.released_at IS NOT NULL)
        """,
}
