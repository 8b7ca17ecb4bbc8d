"""Once more, when PostgreSQL says that it was only bad luck."""

import functools
import random
import time
from collections.abc import Callable

from django.db import OperationalError

TRIES = 3
_HEALS = {"40001", "40P01", "55P03"}  # serialization, deadlock, lock timeout


def on_conflict[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Run the whole use case again after a serialization failure, deadlock or lock timeout.

    For functions that open their own outermost transaction; three tries, 20 to 200 ms between them.
    """

    @functools.wraps(function)
    def again(*args: P.args, **kwargs: P.kwargs) -> R:
        for _try in range(TRIES - 1):
            try:
                return function(*args, **kwargs)
            except OperationalError as problem:
                if getattr(problem.__cause__, "sqlstate", None) not in _HEALS:
                    raise
                time.sleep(random.uniform(0.02, 0.2))  # noqa: S311 - no secret
        return function(*args, **kwargs)

    return again
