"""What must always be true of messages and mails; see `orders.books`."""

STATEMENTS: dict[str, str] = {
    # No message of a provider is pending for more than 15 minutes without a next try, or dead.
    "messages: all worked off": """
        SELECT gateway, event_id, type, CASE WHEN is_dead THEN 'given up' ELSE 'pending' END
        FROM orders_webhookevent
        WHERE processed_at IS NULL
          AND (is_dead OR next_try_at < CURRENT_TIMESTAMP - INTERVAL '15 minutes')
    """,
    # No mail is stuck on its way, waits unnoticed, or was given up.
    "mails: all go out": """
        SELECT o.number, m.kind, m.state, m.problem FROM orders_ordermail m
        JOIN orders_order o ON o.id = m.order_id
        WHERE m.state = 'dead'
           OR (m.state = 'queued' AND m.next_try_at < CURRENT_TIMESTAMP - INTERVAL '15 minutes')
           OR (m.state = 'in_flight' AND m.claimed_at < CURRENT_TIMESTAMP - INTERVAL '20 minutes')
    """,
    # Repetitions have a reference.
    "mails: each confirmed order has one confirmation": """
        SELECT o.number, o.status, 'confirmations', COUNT(m.id) FROM orders_order o
        LEFT JOIN orders_ordermail m
            ON m.order_id = o.id AND m.kind = 'confirmation' AND m.reference = ''
        WHERE o.status IN ('confirmed', 'completed')
        GROUP BY o.id HAVING COUNT(m.id) <> 1
    """,
}
