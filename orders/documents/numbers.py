"""Numbers of documents: without gaps in each series and year, drawn in the issuing transaction."""

from collections.abc import Mapping

from django.db import connection

from orders.models import DocumentKind

SERIES: Mapping[str, str] = {
    DocumentKind.INVOICE: "RE",
    DocumentKind.CANCELLATION: "ST",
    DocumentKind.CREDIT_NOTE: "RK",
}

# The row stays locked until the transaction ends, and is as it was when that fails: no gap.
_DRAW = """
    INSERT INTO orders_documentseries (series, year, last) VALUES (%(series)s, %(year)s, %(count)s)
    ON CONFLICT (series, year) DO UPDATE SET last = orders_documentseries.last + EXCLUDED.last
    RETURNING last
"""


def draw(wanted: Mapping[str, int], *, year: int) -> dict[str, list[int]]:
    """So many new numbers of each series, in the caller's transaction, ascending.

    Series are locked in the order of their names, so that nobody waits in a circle.
    """
    drawn = {}
    with connection.cursor() as cursor:
        for series, count in sorted(wanted.items()):
            cursor.execute(_DRAW, {"series": series, "year": year, "count": count})
            last = cursor.fetchone()[0]
            drawn[series] = list(range(last - count + 1, last + 1))
    return drawn


def written(series: str, year: int, position: int) -> str:
    """The number as it is printed: `RE-2026-00042`."""
    return f"{series}-{year}-{position:05d}"
