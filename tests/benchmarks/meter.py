"""What a call costs: time by the clock, CPU of this process and of PostgreSQL's, statements.

On a busy machine only CPU says something; Linux tells it of every process to the nanosecond.
"""

import dataclasses
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from demo import calling

_BACKENDS = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend'
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Cost:
    ms: float
    cpu_ms: float
    statements: int
    bytes: int


class Meter:
    """Calls pages, and counts the statements of each."""

    def __init__(self, handler: WSGIHandler) -> None:
        self.handler = handler
        self.statements = 0
        with connection.cursor() as cursor:
            cursor.execute(_BACKENDS)
            self.backends = [Path(f"/proc/{pid}/schedstat") for (pid,) in cursor.fetchall()]

    def call(self, target: str) -> Cost:
        """Ask for an address once."""
        self.statements = 0
        with connection.execute_wrapper(self._count):
            cpu, start = self._cpu(), time.perf_counter()
            size = calling.call(self.handler, target)
            spent = time.perf_counter() - start
        used = self._cpu() - cpu
        return Cost(spent * 1000, used * 1000, self.statements, size)

    def _count(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.statements += 1
        return execute(*arguments)

    def _cpu(self) -> float:
        """Seconds of CPU, of PostgreSQL's only where the system tells them."""
        backends = (int(one.read_text().split()[0]) for one in self.backends if one.exists())
        return time.process_time() + sum(backends) / 1e9
