"""Many at once, a bounded number of them: threads with one connection each."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

MOST = 64
PATIENCE = 60


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """All acts released by one barrier, at most `MOST`; results in order, exceptions raised."""
    gate = threading.Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        gate.wait(PATIENCE)
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))


def by(workers: int, act: Callable[[Any], Any], things: Iterable[Any]) -> list[Any]:
    """`act` for all things by so many workers, at most `MOST`; results in order."""
    with ThreadPoolExecutor(min(workers, MOST)) as threads:
        return list(threads.map(act, things))
