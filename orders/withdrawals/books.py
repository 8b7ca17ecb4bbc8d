"""What must always be true of withdrawals; `orders/books.py` asks it."""

# Sentence → a statement that returns what is wrong.
STATEMENTS = {
    "withdrawals: each declaration is looked after and has its receipt": """
        SELECT w.number, COALESCE(c.state, 'no case'), 'receipts', COUNT(m.id)
        FROM orders_withdrawal w
        LEFT JOIN orders_withdrawalcase c ON c.withdrawal_id = w.id
        LEFT JOIN orders_withdrawalmail m ON m.withdrawal_id = w.id AND m.kind = 'receipt'
        GROUP BY w.id, c.id
        HAVING c.id IS NULL OR COUNT(m.id) <> 1 AND NOT (w.is_quiet AND c.state = 'rejected')
        """,
    "withdrawals: receipts go out": """
        SELECT w.number, m.state, m.problem FROM orders_withdrawalmail m
        JOIN orders_withdrawal w ON w.id = m.withdrawal_id
        WHERE m.state = 'dead'
           OR m.state <> 'sent' AND m.next_try_at < now() - interval '1 hour'
        """,
    "withdrawals: each that just came in is matched or left to staff": """
        SELECT w.number, w.received_at FROM orders_withdrawalcase c
        JOIN orders_withdrawal w ON w.id = c.withdrawal_id
        WHERE c.state = 'waiting' AND w.received_at < now() - interval '1 hour'
        """,
    "withdrawals: what is accepted has an outcome": """
        SELECT w.number, p.way, 'order', o.status, 'return', c.goods_return_id
        FROM orders_withdrawalpiece p
        JOIN orders_withdrawalcase c ON c.id = p.case_id
        JOIN orders_withdrawal w ON w.id = c.withdrawal_id
        JOIN orders_order o ON o.id = c.order_id
        WHERE c.state NOT IN ('accepted', 'settled')
           OR p.way = 'return' AND NOT EXISTS (
               SELECT 1 FROM orders_returnline r
               WHERE r.goods_return_id = c.goods_return_id AND r.line_id = p.line_id
                 AND r.quantity = p.quantity)
           OR p.way = 'cancelled' AND c.state = 'settled' AND o.status <> 'cancelled'
           OR p.way = 'refund' AND NOT EXISTS (
               SELECT 1 FROM orders_refundpart f WHERE f.line_id = p.line_id)
        """,
    "withdrawals: pieces are of the order, and no more than bought": """
        SELECT o.number, l.sku, 'withdrawn', SUM(p.quantity), 'of', l.quantity
        FROM orders_withdrawalpiece p
        JOIN orders_withdrawalcase c ON c.id = p.case_id
        JOIN orders_orderline l ON l.id = p.line_id
        JOIN orders_order o ON o.id = c.order_id
        GROUP BY o.id, l.id HAVING SUM(p.quantity) > l.quantity OR l.order_id <> o.id
        """,
}
