"""Can the shop's neighbours be reached?"""

import logging

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from psycopg_pool import PoolTimeout

log = logging.getLogger(__name__)


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
