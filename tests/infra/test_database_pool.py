"""The pool of connections: how soon it looks again after PostgreSQL was away."""

import itertools
import threading
import time

import psycopg
import pytest
from django.conf import settings
from psycopg_pool import ConnectionPool, PoolTimeout

from demo import ports

AWAY_SECONDS = 12.0
LONGEST_GAP = 3.5  # by then its own default would have doubled it to more, and goes on doubling


@pytest.mark.slow
def test_however_long_the_database_is_away_the_pool_asks_every_few_seconds():
    asked = []

    class Refused(psycopg.Connection):
        @classmethod
        def connect(cls, *arguments, **options):
            asked.append(time.monotonic())
            return super().connect(*arguments, **options)

    wanted = settings.DATABASES["default"]["OPTIONS"]["pool"]
    nobody = f"host={ports.LOOPBACK} port={ports.free_port()}"
    end = time.monotonic() + AWAY_SECONDS

    def visit(pool):
        while time.monotonic() < end:
            with pytest.raises(PoolTimeout):
                pool.getconn(timeout=1)

    with ConnectionPool(nobody, connection_class=Refused, open=True, **wanted) as pool:
        visitors = [threading.Thread(target=visit, args=(pool,)) for _one in range(2)]
        for one in visitors:
            one.start()
        for one in visitors:
            one.join()

    asked.append(end)
    gaps = [later - earlier for earlier, later in itertools.pairwise(asked)]
    assert len(asked) > 5
    assert max(gaps) <= LONGEST_GAP, gaps
