"""What must always be true of prices; `manage.py check_books` prints it."""

from collections.abc import Callable

from django.db import connection

_OUT_OF_TIME = """
SELECT reduction.id, price.variant_id, price.gross
FROM catalog_price AS price
JOIN catalog_reduction AS reduction ON reduction.id = price.reduction_id
WHERE reduction.state = 'draft' OR upper(price.valid) > reduction.ends_at
   OR lower(price.valid) < (SELECT min(step.starts_at) FROM catalog_reductionstep AS step
                            WHERE step.reduction_id = reduction.id)
   OR (reduction.state = 'ended' AND upper(price.valid) > statement_timestamp())
"""


def reductions_keep_their_time() -> list[str]:
    """Prices of a catalogue promotion lie between its first step and its end, none is a draft's,
    and none holds once it was ended."""
    with connection.cursor() as cursor:
        cursor.execute(_OUT_OF_TIME)
        return [" ".join(str(value) for value in row) for row in cursor.fetchall()]


CHECKS: list[tuple[str, Callable[[], list[str]]]] = [
    ("prices: catalogue promotions keep their time", reductions_keep_their_time),
]
