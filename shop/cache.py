"""A cache that never stands in the way of a sale.

Redis with short time-outs; when it does not answer, the local memory of the process answers every
method instead, truthfully (`add` and `incr` too), for five seconds before Redis is tried again.
With the stock backend a correct sign-in is then refused, because rate limits read a failed `add`
as "locked".
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import redis
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

log = logging.getLogger(__name__)
PAUSE_SECONDS = 5.0
# A server that is full or only a replica takes no value: as good as away.
_AWAY = (
    redis.exceptions.ConnectionError,
    redis.exceptions.TimeoutError,
    redis.exceptions.OutOfMemoryError,
    redis.exceptions.ReadOnlyError,
    OSError,
)
_METHODS = (
    "add",
    "get",
    "set",
    "touch",
    "delete",
    "get_many",
    "has_key",
    "incr",
    "set_many",
    "delete_many",
    "clear",
)


class ForgivingRedisCache(RedisCache):
    """`RedisCache` that falls back to the memory of the process while the server is away."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = params.setdefault("OPTIONS", {})
        options.setdefault("socket_connect_timeout", 0.2)
        options.setdefault("socket_timeout", 0.2)
        super().__init__(server, params)
        self._memory = LocMemCache("forgiving", {**params, "OPTIONS": {}})
        self._closed_until = 0.0
        self._lock = threading.Lock()

    def _try(self, method: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        fallback: Callable[..., Any] = getattr(self._memory, method)
        if time.monotonic() < self._closed_until:
            return fallback(*args, **kwargs)
        try:
            return getattr(super(), method)(*args, **kwargs)
        except _AWAY as problem:
            with self._lock:
                self._closed_until = time.monotonic() + PAUSE_SECONDS
            log.warning("cache away, memory answers: %s", type(problem).__name__)
            return fallback(*args, **kwargs)

    @property
    def is_away(self) -> bool:
        """Is the memory of the process answering at the moment?"""
        return time.monotonic() < self._closed_until


def _forgiving(method: str) -> Callable[..., Any]:
    def call(self: ForgivingRedisCache, *args: Any, **kwargs: Any) -> Any:
        return self._try(method, args, kwargs)

    call.__name__ = method
    return call


for _name in _METHODS:
    setattr(ForgivingRedisCache, _name, _forgiving(_name))
