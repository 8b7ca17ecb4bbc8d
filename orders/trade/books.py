"""The sums of the dashboard equal those of the orders; `manage.py check_books` prints it."""

from collections.abc import Callable

from insights.models import SalesDay, SalesState
from orders.trade import rollup


def days_equal_the_orders() -> list[str]:
    """Days that wait for their refresh are left out; before the first one there is nothing."""
    state = SalesState.objects.filter(pk=1).first()
    if state is None:
        return []
    waiting = rollup.dirty_days(state.event_id + rollup.OVERLAP)
    kept = set(
        SalesDay.objects.values_list(
            "day", "country", "orders", "gross", "cancelled", "returned", "refunded"
        )
    )
    return sorted(
        f"{day} {country}"
        for day, country, *_sums in kept ^ set(rollup.counted())
        if day not in waiting
    )


CHECKS: list[tuple[str, Callable[[], list[str]]]] = [
    ("the sums of the dashboard equal those of the orders, day by day", days_equal_the_orders),
]
