"""What must always be true of refunds for pieces; `orders/books.py` asks it."""

_LIVE = """
    SELECT part.*, p.order_id FROM orders_refundpart part
    JOIN orders_refund r ON r.id = part.refund_id JOIN orders_payment p ON p.id = r.payment_id
    WHERE r.state <> 'failed'
"""

# Sentence → a statement that returns what is wrong.
STATEMENTS = {
    "refunds: the parts add up to the refund and are of its order": """
        SELECT r.id, 'refund', r.amount, 'parts', SUM(part.gross)
        FROM orders_refund r JOIN orders_refundpart part ON part.refund_id = r.id
        JOIN orders_payment p ON p.id = r.payment_id
        LEFT JOIN orders_orderline l ON l.id = part.line_id
        GROUP BY r.id
        HAVING r.amount <> SUM(part.gross) OR BOOL_OR(l.order_id <> p.order_id)
        """,
    "refunds: no more pieces back than were bought": f"""
        SELECT o.number, l.sku, 'bought', l.quantity, 'back', SUM(b.pieces)
        FROM (SELECT line_id, refund_id, MAX(quantity) AS pieces, MIN(quantity) AS least
              FROM ({_LIVE}) live WHERE line_id IS NOT NULL GROUP BY line_id, refund_id) b
        JOIN orders_orderline l ON l.id = b.line_id JOIN orders_order o ON o.id = l.order_id
        GROUP BY o.number, l.id
        HAVING SUM(b.pieces) > l.quantity OR BOOL_OR(b.pieces <> b.least)
        """,  # noqa: S608 - constants of this file
    "refunds: no more for a line or the delivery than was paid": f"""
        WITH live AS ({_LIVE})
        SELECT o.number, l.sku, 'paid', l.gross - l.discount_gross + l.deposit_net + l.deposit_vat,
               'back or kept', SUM(live.gross + live.kept_gross)
        FROM live JOIN orders_orderline l ON l.id = live.line_id
        JOIN orders_order o ON o.id = l.order_id GROUP BY o.number, l.id
        HAVING SUM(live.gross + live.kept_gross)
                > l.gross - l.discount_gross + l.deposit_net + l.deposit_vat
            OR SUM(live.net + live.kept_net) > l.net + l.deposit_net
        UNION ALL
        SELECT o.number, '', 'delivery', o.delivery_gross,
               'back or kept', SUM(live.gross + live.kept_gross)
        FROM live JOIN orders_order o ON o.id = live.order_id WHERE live.line_id IS NULL
        GROUP BY o.id HAVING SUM(live.gross + live.kept_gross) > o.delivery_gross
        """,  # noqa: S608 - constants of this file
    "refunds: per rate no more VAT back than was paid": f"""
        WITH live AS ({_LIVE}), back AS (
            SELECT order_id, rate, SUM(gross - net) AS vat, SUM(gross) AS gross
            FROM live GROUP BY order_id, rate)
        SELECT o.number, b.rate, 'back', b.vat, 'of', COALESCE(v.vat, 0)
        FROM back b JOIN orders_order o ON o.id = b.order_id
        LEFT JOIN orders_ordervat v ON v.order_id = b.order_id AND v.rate = b.rate
        WHERE b.vat > COALESCE(v.vat, 0) OR b.gross > COALESCE(v.gross, 0)
        """,  # noqa: S608 - constants of this file
}
