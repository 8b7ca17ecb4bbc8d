"""What must always be true of documents; `orders/books.py` lists it, `check_books` prints it."""

from collections.abc import Callable

from django.db import connection

STATEMENTS: dict[str, str] = {
    "documents: numbers without gaps in each series and year": """
        SELECT d.series, d.year, 'numbers', COUNT(*), 'highest', MAX(d.position),
               'counter', COALESCE(MAX(s.last), 0)
        FROM orders_document d
        LEFT JOIN orders_documentseries s ON s.series = d.series AND s.year = d.year
        GROUP BY d.series, d.year
        HAVING COUNT(*) <> MAX(d.position) OR MIN(d.position) <> 1
            OR COALESCE(MAX(s.last), 0) <> MAX(d.position)
        UNION ALL
        SELECT s.series, s.year, 'numbers', 0, 'highest', 0, 'counter', s.last
        FROM orders_documentseries s WHERE s.last <> 0 AND NOT EXISTS (
            SELECT FROM orders_document d WHERE d.series = s.series AND d.year = s.year)
    """,
    "documents: sums by rate = net, VAT and gross": """
        SELECT d.number, d.net, d.vat, d.gross, 'rates', COALESCE(SUM(r.net), 0),
               COALESCE(SUM(r.vat), 0), COALESCE(SUM(r.gross), 0)
        FROM orders_document d LEFT JOIN LATERAL jsonb_to_recordset(d.rates)
            AS r(rate numeric, net numeric, vat numeric, gross numeric) ON true
        GROUP BY d.id
        HAVING d.net <> COALESCE(SUM(r.net), 0) OR d.vat <> COALESCE(SUM(r.vat), 0)
            OR d.gross <> COALESCE(SUM(r.gross), 0)
    """,
    "documents: lines = sums": """
        SELECT d.number, d.net, d.gross, 'lines', COALESCE(SUM(e.net), 0), COALESCE(SUM(e.gross), 0)
        FROM orders_document d LEFT JOIN LATERAL jsonb_to_recordset(d.content->'entries')
            AS e(net numeric, gross numeric) ON true
        GROUP BY d.id
        HAVING d.net <> COALESCE(SUM(e.net), 0) OR d.gross <> COALESCE(SUM(e.gross), 0)
    """,
    "documents: one living invoice an order, over its total": """
        SELECT o.number, 'total', o.total_gross, 'invoices', COUNT(d.id), COALESCE(SUM(d.gross), 0)
        FROM orders_order o JOIN orders_document d ON d.order_id = o.id AND d.kind = 'invoice'
        LEFT JOIN orders_document c ON c.cancels_id = d.id
        WHERE c.id IS NULL
        GROUP BY o.id HAVING COUNT(d.id) > 1 OR SUM(d.gross) <> o.total_gross
    """,
    "documents: living credit notes = refunds of invoiced orders": """
        WITH living AS (
            SELECT d.* FROM orders_document d
            LEFT JOIN orders_document c ON c.cancels_id = d.id
            WHERE c.id IS NULL AND d.kind <> 'cancellation_invoice'
        ), expected AS (
            SELECT o.id, o.number, COALESCE(SUM(r.amount) FILTER (
                WHERE r.state = 'succeeded' AND v.id IS NULL), 0) AS refunded
            FROM orders_order o JOIN living i ON i.order_id = o.id AND i.kind = 'invoice'
            LEFT JOIN orders_payment p ON p.order_id = o.id AND p.state = 'succeeded'
            LEFT JOIN orders_refund r ON r.payment_id = p.id
            LEFT JOIN orders_coveredrefund v ON v.refund_id = r.id
            GROUP BY o.id
        )
        SELECT e.number, 'refunds', e.refunded, 'credit notes', COALESCE(-SUM(l.gross), 0)
        FROM expected e JOIN orders_duedocuments q ON q.order_id = e.id AND q.done_at IS NOT NULL
        LEFT JOIN living l ON l.order_id = e.id AND l.kind = 'credit_note'
        GROUP BY e.id, e.number, e.refunded HAVING e.refunded <> COALESCE(-SUM(l.gross), 0)
    """,
    "documents: what takes back is the same with the other sign": """
        SELECT c.number, c.gross, d.number, d.gross
        FROM orders_document c JOIN orders_document d ON d.id = c.cancels_id
        WHERE c.gross <> -d.gross OR c.net <> -d.net OR c.order_id <> d.order_id
           OR d.kind = 'cancellation_invoice'
    """,
    "documents: what was sent has its invoice, or is in the queue": """
        SELECT o.number, o.status, 'no invoice' FROM orders_order o
        WHERE o.fulfilment_status = 'fulfilled' AND o.status IN ('confirmed', 'completed')
          AND o.total_gross > 0
          AND NOT EXISTS (
              SELECT FROM orders_document d LEFT JOIN orders_document c ON c.cancels_id = d.id
              WHERE d.order_id = o.id AND d.kind = 'invoice' AND c.id IS NULL)
          AND NOT EXISTS (
              SELECT FROM orders_duedocuments q WHERE q.order_id = o.id AND q.done_at IS NULL)
    """,
    "documents: all that is due is done": """
        SELECT o.number, q.tries, q.problem
        FROM orders_duedocuments q JOIN orders_order o ON o.id = q.order_id
        WHERE q.is_dead OR (q.done_at IS NULL AND q.created_at < now() - INTERVAL '1 day'
            AND q.next_try_at < now() - INTERVAL '1 hour')
        UNION ALL
        SELECT d.number, 0, 'not drawn' FROM orders_document d
        WHERE d.drawn_at IS NULL AND d.issued_at < now() - INTERVAL '1 day'
        UNION ALL
        SELECT d.number, 0, 'no file' FROM orders_document d
        LEFT JOIN orders_documentfile f ON f.document_id = d.id
        WHERE (d.drawn_at IS NULL) <> (f.id IS NULL)
    """,
}

_BATCH = 1000


def files_are_what_their_hashes_say() -> list[str]:
    """SHA-256 and size of each stored PDF are those of its document; a thousand at a time."""
    found: list[str] = []
    last = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                """
                WITH batch AS (
                    SELECT d.id, d.number, d.sha256, d.size, f.pdf FROM orders_document d
                    JOIN orders_documentfile f ON f.document_id = d.id
                    WHERE d.id > %s ORDER BY d.id LIMIT %s
                )
                SELECT MAX(id), ARRAY_AGG(number ORDER BY id) FILTER (
                    WHERE encode(sha256(pdf), 'hex') <> sha256 OR length(pdf) <> size)
                FROM batch
                """,
                [last, _BATCH],
            )
            top, broken = cursor.fetchone()
            if top is None:
                return found
            found += broken or []
            last = top


CHECKS: list[tuple[str, Callable[[], list[str]]]] = [
    ("documents: stored bytes = their hashes", files_are_what_their_hashes_say),
]
