"""What must always be true of the stock; `manage.py check_books` prints it."""

from django.db import connection


def _violations(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [" ".join(str(value) for value in row) for row in cursor.fetchall()]


def stock_is_sum_of_movements() -> list[str]:
    """`on_hand` equals the sum of the movements, per variant and location."""
    return _violations(
        """
        SELECT 'item', item.id, 'has', item.on_hand, 'ledger says', COALESCE(SUM(m.quantity), 0)
        FROM inventory_stockitem item
        LEFT JOIN inventory_stockmovement m ON m.item_id = item.id
        GROUP BY item.id HAVING item.on_hand <> COALESCE(SUM(m.quantity), 0)
        """
    )


def reserved_is_sum_of_reservations() -> list[str]:
    """`reserved` equals the open reservations, per variant and location."""
    return _violations(
        """
        SELECT 'item', item.id, 'has reserved', item.reserved, 'open are',
               COALESCE(SUM(r.quantity), 0)
        FROM inventory_stockitem item
        LEFT JOIN inventory_reservation r ON r.item_id = item.id AND r.state = 'open'
        GROUP BY item.id HAVING item.reserved <> COALESCE(SUM(r.quantity), 0)
        """
    )


def nothing_is_oversold() -> list[str]:
    """0 ≤ reserved ≤ on hand + what may be sold beyond it."""
    return _violations(
        """
        SELECT 'item', id, 'reserved', reserved, 'on hand', on_hand FROM inventory_stockitem
        WHERE reserved < 0 OR on_hand < 0 OR reserved > on_hand + backorder_limit
        """
    )


CHECKS = [
    ("stock: on hand = sum of movements", stock_is_sum_of_movements),
    ("stock: reserved = sum of open reservations", reserved_is_sum_of_reservations),
    ("stock: nothing oversold", nothing_is_oversold),
]
