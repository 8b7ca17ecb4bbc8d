"""Find orders whose goods come later than was promised, and have their buyers told, once a day."""

import datetime
from collections import defaultdict

from django.db import connection, transaction

from orders import outbox, states
from orders.models import Delay, EventKind, MailKind, Order, OrderStatus
from shop.kit import locks

# Who ordered first gets what lies there first; whose pieces go beyond it waits for the day of the
# shelf. A line is awaited as itself or by a component of its bundle.
_LATE = """
WITH waiting AS (
    SELECT reservation.reference, item.variant_id, item.expected_on, item.on_hand,
           sum(reservation.quantity) OVER (
               PARTITION BY item.id ORDER BY reservation.created_at, reservation.id) AS until
    FROM inventory_reservation AS reservation
    JOIN inventory_stockitem AS item ON item.id = reservation.item_id
    WHERE reservation.state = 'open' AND item.expected_on IS NOT NULL
      AND item.reserved > item.on_hand
)
SELECT bought.id, line.id, max(waiting.expected_on)
FROM waiting
JOIN orders_order AS bought ON bought.number = waiting.reference
JOIN orders_orderline AS line ON line.order_id = bought.id AND (
    line.variant_id = waiting.variant_id OR EXISTS (
        SELECT FROM orders_orderlinecomponent AS component
        WHERE component.line_id = line.id AND component.variant_id = waiting.variant_id))
WHERE waiting.until > waiting.on_hand AND bought.status IN ('placed', 'confirmed')
  AND line.expected_on < waiting.expected_on
  AND NOT EXISTS (SELECT FROM orders_delay AS told
                  WHERE told.order_id = bought.id AND told.day >= waiting.expected_on)
GROUP BY bought.id, line.id
ORDER BY bought.id, line.id
"""


def tell(*, moment: datetime.datetime) -> int:
    """Tell the buyers whose goods come later than the day that they know of. Returns how many.

    One mail for an order and a new day, whatever number of its lines slip; a day that comes nearer
    again, or one that was told already, tells nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LATE)
        rows = cursor.fetchall()
    late: dict[int, list[tuple[int, datetime.date]]] = defaultdict(list)
    for order_id, line_id, day in rows:
        late[order_id].append((line_id, day))
    return sum(_tell(order_id, lines, moment) for order_id, lines in late.items())


@transaction.atomic
def _tell(order_id: int, lines: list[tuple[int, datetime.date]], moment: datetime.datetime) -> bool:
    order = locks.locked_one(Order.objects.all(), pk=order_id)
    day = max(day for _line, day in lines)
    is_open = order.status in (OrderStatus.PLACED, OrderStatus.CONFIRMED)
    if not is_open or order.delays.filter(day__gte=day).exists():
        return False
    Delay.objects.create(
        order=order,
        day=day,
        lines=[[line, day.isoformat()] for line, day in lines],
        told_at=moment,
    )
    outbox.put(order, MailKind.DELAYED, moment=moment, reference=day.isoformat())
    states.note(order, EventKind.CHANGE, moment=moment, what="delayed", day=day.isoformat())
    return True
