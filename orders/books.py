"""What must always be true of orders, payments and mails; `manage.py check_books` prints it.

Each check is one read-only statement that returns what is wrong.
"""

import functools
from collections.abc import Callable

from django.db import connection

from orders import states
from orders.documents import books as document_books
from orders.money import books
from orders.money.taxing import taxed
from orders.receipts import books as mail_books
from orders.redemptions import books as redemption_books
from orders.refunding import books as refunding_books
from orders.shipping import books as shipping_books
from orders.trade import books as trade_books
from orders.withdrawals import books as withdrawal_books


def _violations(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [" ".join(str(value) for value in row) for row in cursor.fetchall()]


def totals_add_up() -> list[str]:
    """Total = sum of the lines − discounts + deposits + delivery, to the cent."""
    return _violations(
        """
        SELECT o.number, 'total', o.total_gross, 'lines', COALESCE(SUM(l.gross), 0),
               'discount', o.discount_gross, 'deposit', o.deposit_gross,
               'delivery', o.delivery_gross
        FROM orders_order o LEFT JOIN orders_orderline l ON l.order_id = o.id
        GROUP BY o.id
        HAVING o.total_gross
                <> COALESCE(SUM(l.gross - l.discount_gross), 0)
                    + o.deposit_gross + o.delivery_gross
            OR o.goods_gross <> COALESCE(SUM(l.gross), 0)
            OR o.deposit_gross <> COALESCE(SUM(l.deposit_net + l.deposit_vat), 0)
        """
    )


def discounts_add_up() -> list[str]:
    """Discounts = their shares = what lines, delivery and order say; no line below its minimum."""
    return _violations(
        """
        WITH shares AS (
            SELECT d.order_id, d.id AS discount_id, s.line_id, s.gross
            FROM orders_orderdiscount d JOIN orders_orderdiscountshare s ON s.discount_id = d.id
        )
        SELECT o.number, d.promotion_code, 'given', d.gross, 'shares', COALESCE(SUM(s.gross), 0)
        FROM orders_orderdiscount d JOIN orders_order o ON o.id = d.order_id
        LEFT JOIN shares s ON s.discount_id = d.id
        GROUP BY o.number, d.id HAVING d.gross <> COALESCE(SUM(s.gross), 0)
        UNION ALL
        SELECT o.number, l.sku, 'line', l.discount_gross, 'shares', COALESCE(SUM(s.gross), 0)
        FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
        LEFT JOIN shares s ON s.line_id = l.id AND s.order_id = l.order_id
        GROUP BY o.number, l.id
        HAVING l.discount_gross <> COALESCE(SUM(s.gross), 0)
            OR (l.discount_gross > 0
                AND l.gross - l.discount_gross < l.minimum_gross * l.quantity)
        UNION ALL
        SELECT o.number, '', 'order', o.discount_gross, 'lines', COALESCE(SUM(l.discount_gross), 0)
        FROM orders_order o LEFT JOIN orders_orderline l ON l.order_id = o.id
        GROUP BY o.id HAVING o.discount_gross <> COALESCE(SUM(l.discount_gross), 0)
        UNION ALL
        SELECT o.number, '', 'delivery', o.delivery_discount_gross,
               'shares', COALESCE(SUM(s.gross), 0)
        FROM orders_order o LEFT JOIN shares s ON s.order_id = o.id AND s.line_id IS NULL
        GROUP BY o.id HAVING o.delivery_discount_gross <> COALESCE(SUM(s.gross), 0)
        UNION ALL
        SELECT o.number, l.sku, 'share of another order', s.gross, '', 0
        FROM shares s JOIN orders_orderline l ON l.id = s.line_id
        JOIN orders_order o ON o.id = s.order_id WHERE l.order_id <> s.order_id
        """
    )


def vat_adds_up() -> list[str]:
    """Per rate net + VAT = gross, and the rates together are the total."""
    return _violations(
        """
        SELECT o.number, 'total', o.total_gross, 'rates', COALESCE(SUM(v.gross), 0)
        FROM orders_order o LEFT JOIN orders_ordervat v ON v.order_id = o.id
        GROUP BY o.id
        HAVING o.total_gross <> COALESCE(SUM(v.gross), 0)
            OR COALESCE(BOOL_OR(v.net + v.vat <> v.gross), false)
        """
    )


_BACK = """
    SELECT p.id, p.order_id, p.state, p.captured,
           COALESCE(SUM(r.amount) FILTER (WHERE r.state IN ('pending', 'succeeded')), 0) AS back,
           (SELECT COALESCE(SUM(d.amount), 0) FROM orders_dispute d
            WHERE d.payment_id = p.id AND d.state = 'lost') AS lost,
           EXISTS (SELECT FROM orders_dispute d WHERE d.payment_id = p.id
                   AND d.state NOT IN ('won', 'lost')) AS is_disputed
    FROM orders_payment p LEFT JOIN orders_refund r ON r.payment_id = p.id GROUP BY p.id
"""


def payment_status_is_derived() -> list[str]:
    """The stored payment status is what the payments and refunds say."""
    return _violations(
        f"""
        WITH paid AS ({_BACK}), derived AS (
            SELECT o.id, o.number, o.payment_status, CASE
                WHEN BOOL_OR(p.state = 'succeeded') THEN CASE
                    WHEN BOOL_OR(p.is_disputed) THEN 'disputed'
                    WHEN SUM(p.back + p.lost) FILTER (WHERE p.state = 'succeeded')
                        >= SUM(p.captured) FILTER (WHERE p.state = 'succeeded')
                    THEN CASE WHEN SUM(p.lost) FILTER (WHERE p.state = 'succeeded') > 0
                        THEN 'charged_back' ELSE 'refunded' END
                    WHEN SUM(p.back + p.lost) FILTER (WHERE p.state = 'succeeded') > 0
                    THEN 'partly_refunded'
                    WHEN BOOL_OR(p.state = 'mismatch' AND p.back < p.captured) THEN 'overpaid'
                    ELSE 'paid' END
                WHEN BOOL_OR(p.state = 'mismatch' AND p.back < p.captured) THEN 'mismatch'
                WHEN BOOL_OR(p.state = 'partial') THEN 'partly_paid'
                WHEN BOOL_OR(p.state = 'mismatch') THEN 'refunded'
                WHEN BOOL_OR(p.state = 'processing') THEN 'pending'
                WHEN o.total_gross = 0 THEN 'paid' ELSE 'unpaid' END AS expected
            FROM orders_order o LEFT JOIN paid p ON p.order_id = o.id GROUP BY o.id
        )
        SELECT number, 'stored', payment_status, 'derived', expected FROM derived
        WHERE payment_status <> expected
        """  # noqa: S608 - constants of this file
    )


def fulfilment_status_is_derived() -> list[str]:
    """The stored fulfilment status is what the parcels say."""
    return _violations(
        """
        WITH counted AS (
            SELECT o.id, o.number, o.status, o.fulfilment_status,
                (SELECT COALESCE(SUM(quantity), 0) FROM orders_orderline l
                 WHERE l.order_id = o.id AND l.needs_shipping) AS wanted,
                (SELECT COALESCE(SUM(fl.quantity), 0) FROM orders_fulfilmentline fl
                 JOIN orders_fulfilment f ON f.id = fl.fulfilment_id
                 WHERE f.order_id = o.id) AS sent
            FROM orders_order o
        ), derived AS (
            SELECT number, fulfilment_status, CASE
                WHEN wanted = 0 THEN CASE WHEN status IN ('confirmed', 'completed')
                    THEN 'fulfilled' ELSE 'unfulfilled' END
                WHEN sent = 0 THEN 'unfulfilled'
                WHEN sent >= wanted THEN 'fulfilled' ELSE 'partly' END AS expected
            FROM counted
        )
        SELECT number, 'stored', fulfilment_status, 'derived', expected FROM derived
        WHERE fulfilment_status <> expected
        """
    )


def nothing_is_shipped_twice() -> list[str]:
    """Of no line more pieces are in parcels than were ordered."""
    return _violations(
        """
        SELECT o.number, l.sku, 'ordered', l.quantity, 'shipped', SUM(f.quantity)
        FROM orders_orderline l JOIN orders_fulfilmentline f ON f.line_id = l.id
        JOIN orders_order o ON o.id = l.order_id
        GROUP BY o.number, l.id HAVING SUM(f.quantity) > l.quantity
        """
    )


def paid_means_paid() -> list[str]:
    """Paid ⇔ captured − refunded − lost ≥ total and not disputed; confirmed orders are paid, were
    paid, cost nothing, or are to be paid when they are fetched.
    """
    return _violations(
        f"""
        WITH paid AS ({_BACK}), sums AS (
            SELECT o.id, COALESCE(SUM(p.captured - p.back - p.lost)
                FILTER (WHERE p.state = 'succeeded'), 0) AS kept,
                COALESCE(BOOL_OR(p.is_disputed), false) AS is_disputed,
                EXISTS (SELECT FROM orders_payment c WHERE c.order_id = o.id
                    AND c.by_hand = 'counter'
                    AND c.state IN ('open', 'partial')) AS is_due_at_the_counter
            FROM orders_order o LEFT JOIN paid p ON p.order_id = o.id GROUP BY o.id
        )
        SELECT o.number, o.status, o.payment_status, 'kept', s.kept, 'total', o.total_gross
        FROM orders_order o JOIN sums s USING (id)
        WHERE (o.payment_status IN ('paid', 'overpaid'))
                <> (s.kept >= o.total_gross AND NOT s.is_disputed)
           OR (o.status IN ('confirmed', 'completed') AND o.payment_status NOT IN
                   ('paid', 'overpaid', 'partly_refunded', 'refunded', 'disputed', 'charged_back')
               AND NOT (o.status = 'confirmed' AND s.is_due_at_the_counter))
        """  # noqa: S608 - constants of this file
    )


def refunds_stay_below_captured() -> list[str]:
    """The refunds of a payment, failed ones aside, are at most what was captured."""
    return _violations(
        """
        SELECT p.id, 'captured', p.captured, 'refunds', SUM(r.amount)
        FROM orders_payment p JOIN orders_refund r ON r.payment_id = p.id
        WHERE r.state <> 'failed' GROUP BY p.id HAVING SUM(r.amount) > p.captured
        """
    )


def one_payment_succeeded() -> list[str]:
    """An order has at most one succeeded attempt and one that is alive."""
    return _violations(
        """
        SELECT order_id, COUNT(*) FILTER (WHERE state = 'succeeded') FROM orders_payment
        GROUP BY order_id
        HAVING COUNT(*) FILTER (WHERE state = 'succeeded') > 1
            OR COUNT(*) FILTER (WHERE state IN ('new', 'open', 'processing', 'partial')) > 1
        """
    )


def calls_have_keys() -> list[str]:
    """Every attempt and refund has a key of its own; every call its stored parameters."""
    return _violations(
        """
        SELECT 'key', key, COUNT(*) FROM (
            SELECT key FROM orders_payment UNION ALL SELECT key FROM orders_refund) k
        GROUP BY key HAVING COUNT(*) > 1 OR key = ''
        UNION ALL
        SELECT 'payment', id::text, 0 FROM orders_payment
        WHERE called_at IS NOT NULL AND fingerprint = ''
        """
    )


def currencies_agree() -> list[str]:
    """Order and payments are in one currency."""
    return _violations(
        """
        SELECT o.number, o.currency, p.currency FROM orders_payment p
        JOIN orders_order o ON o.id = p.order_id WHERE p.currency <> o.currency
        """
    )


def history_is_a_path() -> list[str]:
    """The events lead from `placed` to the present status along the table, times not falling."""
    allowed = ", ".join(
        f"('{before}', '{after}')"
        for before, targets in states.TRANSITIONS.items()
        for after in sorted(targets)
    )
    return _violations(
        f"""
        WITH steps AS (
            SELECT order_id, id, kind, from_status, to_status, created_at,
                LAG(to_status) OVER w AS before, LAG(created_at) OVER w AS earlier,
                ROW_NUMBER() OVER (PARTITION BY order_id ORDER BY id DESC) AS from_the_end
            FROM orders_orderevent WHERE kind IN ('placed', 'status')
            WINDOW w AS (PARTITION BY order_id ORDER BY id)
        )
        SELECT o.number, COALESCE(s.from_status, '-'), COALESCE(s.to_status, 'no history')
        FROM orders_order o LEFT JOIN steps s ON s.order_id = o.id
        WHERE s.id IS NULL OR s.created_at < s.earlier
           OR (s.from_the_end = 1 AND s.to_status <> o.status)
           OR (s.before IS NULL AND (s.kind <> 'placed' OR s.to_status <> 'placed'))
           OR (s.before IS NOT NULL AND (s.from_status <> s.before
               OR (s.from_status, s.to_status) NOT IN ({allowed})))
        """  # noqa: S608 - constants of this file and of the table
    )


def attempts_are_looked_after() -> list[str]:
    """No live attempt waits for more than half an hour past the moment for its next look."""
    return _violations(
        """
        SELECT id, state, next_check_at FROM orders_payment
        WHERE state IN ('new', 'open', 'processing') AND by_hand = ''
          AND next_check_at < CURRENT_TIMESTAMP - INTERVAL '30 minutes'
        """
    )


def downloads_are_there() -> list[str]:
    """Every confirmed order has the files of its digital lines and components, gift cards aside."""
    return _violations(
        """
        WITH digital AS (
            SELECT l.order_id, l.id AS line_id, l.sku, l.variant_id FROM orders_orderline l
            WHERE l.is_digital
              AND NOT EXISTS (SELECT FROM orders_orderlinecomponent c WHERE c.line_id = l.id)
            UNION ALL
            SELECT l.order_id, l.id, c.sku, c.variant_id FROM orders_orderlinecomponent c
            JOIN orders_orderline l ON l.id = c.line_id WHERE c.is_digital
        )
        SELECT o.number, l.sku, 'no file' FROM orders_order o
        JOIN digital l ON l.order_id = o.id
        LEFT JOIN catalog_variant v ON v.id = l.variant_id
        LEFT JOIN catalog_product p ON p.id = v.product_id
        WHERE o.status IN ('confirmed', 'completed') AND NOT COALESCE(p.is_gift_card, false)
          AND NOT EXISTS (SELECT 1 FROM orders_download d WHERE d.line_id = l.line_id)
        UNION ALL
        SELECT o.number, l.sku, 'file of another order' FROM orders_download d
        JOIN orders_orderline l ON l.id = d.line_id JOIN orders_order o ON o.id = d.order_id
        WHERE l.order_id <> d.order_id
        UNION ALL
        SELECT o.number, '', 'digital or not' FROM orders_order o
        WHERE o.has_digital <> EXISTS (SELECT 1 FROM digital l WHERE l.order_id = o.id)
        """
    )


def components_add_up() -> list[str]:
    """The components of a bundle have its whole price, discount, net, and whole pieces of each."""
    return _violations(
        """
        SELECT o.number, l.sku, 'gross', l.gross, SUM(c.gross),
               'discount', l.discount_gross, SUM(c.discount_gross), 'net', l.net, SUM(c.net)
        FROM orders_orderline l JOIN orders_orderlinecomponent c ON c.line_id = l.id
        JOIN orders_order o ON o.id = l.order_id
        GROUP BY o.number, l.id
        HAVING l.gross <> SUM(c.gross) OR l.net <> SUM(c.net)
            OR l.discount_gross <> SUM(c.discount_gross)
            OR BOOL_OR(c.quantity % l.quantity <> 0)
            OR l.vat_rate IS DISTINCT FROM CASE WHEN COUNT(DISTINCT c.vat_rate) = 1
                THEN MIN(c.vat_rate) END
        """
    )


CHECKS: list[tuple[str, Callable[[], list[str]]]] = [
    ("orders: total = lines − discounts + delivery", totals_add_up),
    ("orders: discounts = their shares, no line below its minimum", discounts_add_up),
    ("orders: VAT per rate adds up to the total", vat_adds_up),
    ("orders: components of a bundle add up to its line", components_add_up),
    ("orders: payment status = what the payments say", payment_status_is_derived),
    ("orders: fulfilment status = what the parcels say", fulfilment_status_is_derived),
    ("orders: nothing shipped twice", nothing_is_shipped_twice),
    ("orders: history is a path in the table", history_is_a_path),
    ("orders: what was bought as a download is there", downloads_are_there),
    ("payments: paid means paid", paid_means_paid),
    ("payments: refunds at most what was captured", refunds_stay_below_captured),
    ("payments: at most one succeeded, one alive", one_payment_succeeded),
    ("payments: every call has a key of its own", calls_have_keys),
    ("payments: one currency", currencies_agree),
    ("payments: none is forgotten", attempts_are_looked_after),
    *books.CHECKS,
    *document_books.CHECKS,
    *trade_books.CHECKS,
    *(
        (sentence, functools.partial(_violations, statement))
        for of_concern in (
            mail_books.STATEMENTS,
            redemption_books.STATEMENTS,
            document_books.STATEMENTS,
            refunding_books.STATEMENTS,
            shipping_books.STATEMENTS,
            taxed.STATEMENTS,
            withdrawal_books.STATEMENTS,
        )
        for sentence, statement in of_concern.items()
    ),
]
