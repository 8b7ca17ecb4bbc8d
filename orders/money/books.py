"""What must always be true of money that came by hand; see `orders.books`."""

from collections.abc import Callable

from django.db import connection


def _violations(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [" ".join(str(value) for value in row) for row in cursor.fetchall()]


def captured_is_what_came() -> list[str]:
    """What a payment by hand has captured is the sum of the money that came for it."""
    return _violations(
        """
        SELECT o.number, 'captured', p.captured, 'came', COALESCE(SUM(m.amount), 0)
        FROM orders_payment p JOIN orders_order o ON o.id = p.order_id
        LEFT JOIN orders_moneyin m ON m.payment_id = p.id
        GROUP BY o.number, p.id
        HAVING COALESCE(SUM(m.amount), 0) <> CASE WHEN p.by_hand = '' THEN 0 ELSE p.captured END
        """
    )


def bookings_are_spent_once() -> list[str]:
    """Of a booking exactly what is no longer left was assigned, given back or recognised."""
    return _violations(
        """
        SELECT t.id, 'amount', t.amount, 'left', t.left, 'assigned',
               COALESCE(SUM(m.amount), 0), 'given back', COALESCE(MAX(b.amount), 0)
        FROM orders_banktransaction t
        LEFT JOIN orders_moneyin m ON m.transaction_id = t.id
        LEFT JOIN orders_banktransfer b ON b.transaction_id = t.id
        GROUP BY t.id
        HAVING t.state <> 'refund'
           AND t.amount - t.left <> COALESCE(SUM(m.amount), 0) + COALESCE(MAX(b.amount), 0)
        """
    )


def refunds_by_hand_have_transfers() -> list[str]:
    """Each refund of money by hand is one transfer of the same sum; both end alike."""
    return _violations(
        """
        SELECT r.id, r.state, r.amount, COALESCE(b.state, 'no transfer'), COALESCE(b.amount, 0)
        FROM orders_refund r JOIN orders_payment p ON p.id = r.payment_id
        LEFT JOIN orders_banktransfer b ON b.refund_id = r.id
        WHERE (p.by_hand <> '') <> (b.id IS NOT NULL) OR b.amount <> r.amount
           OR (b.state = 'done') <> (r.state = 'succeeded')
           OR (b.state = 'failed') <> (r.state = 'failed')
        """
    )


def disputes_are_of_providers() -> list[str]:
    """A dispute is about money that a provider took, and about no more than that."""
    return _violations(
        """
        SELECT d.provider_dispute, d.amount, p.captured, p.by_hand
        FROM orders_dispute d JOIN orders_payment p ON p.id = d.payment_id
        WHERE p.by_hand <> '' OR d.amount > p.captured
        """
    )


CHECKS: list[tuple[str, Callable[[], list[str]]]] = [
    ("money by hand: captured = what came", captured_is_what_came),
    ("money by hand: each booking is spent once", bookings_are_spent_once),
    ("money by hand: refunds are transfers", refunds_by_hand_have_transfers),
    ("payments: disputes at most what was captured", disputes_are_of_providers),
]
