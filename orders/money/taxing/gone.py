"""Money of a sale that is with us no longer: refunds that arrived, and disputes that were lost.

Both lessen what was paid for the goods (section 17 (1) and (2) no 1 UStG). A statement to be read
from: payment, a number that orders what happened at one moment, amount, and when.
"""

BACK = """(
    SELECT payment_id, id, amount, settled_at FROM orders_refund WHERE state = 'succeeded'
    UNION ALL
    SELECT payment_id, -id, amount, settled_at FROM orders_dispute WHERE state = 'lost'
)"""
