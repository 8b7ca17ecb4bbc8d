"""Can the shop's neighbours be reached, and does the clock of its background work tick?"""

import datetime
import logging

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from psycopg_pool import PoolTimeout

log = logging.getLogger(__name__)

_HEARTBEAT = "background-heartbeat"
_REMEMBERED_SECONDS = 7 * 24 * 3600


def parts() -> dict[str, bool]:
    """Database, cache and broker: reachable or not. Never raises, waits a second at most each."""
    return {
        "database": _database(),
        "cache": _redis(settings.REDIS_URL),
        "broker": _redis(settings.CELERY_BROKER_URL),
    }


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, PoolTimeout) as problem:
        log.warning("database away: %s", type(problem).__name__)
        return False
    return True


def _redis(url: str) -> bool:
    client = redis.Redis.from_url(url, socket_connect_timeout=0.5, socket_timeout=0.5)
    try:
        return bool(client.ping())
    except redis.exceptions.RedisError as problem:
        log.warning("redis away: %s", type(problem).__name__)
        return False
    finally:
        client.close()


def note_heartbeat(moment: datetime.datetime) -> None:
    """A job that beat sends every minute was carried out at `moment`."""
    cache.set(_HEARTBEAT, moment, _REMEMBERED_SECONDS)


def last_heartbeat() -> datetime.datetime | None:
    """When beat and a worker were last seen together; `None`: not within a week."""
    found: datetime.datetime | None = cache.get(_HEARTBEAT)
    return found
