"""The demo's process tree: PostgreSQL, Valkey, payment sandbox, web, worker, beat.

Started in this order, stopped in the reverse one, so that nobody loses what it still needs.
"""

import http.client
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from demo import (
    folder,
    ports,
    postgres,
    postgres_home,
    preparing,
    processes,
    stamps,
    surroundings,
    system_account,
    valkey,
)

_RESTARTS, _RESTART_WINDOW = 3, 60.0


@dataclass(frozen=True)
class Ground:
    """What stands when database and broker run and the data is up to date."""

    addresses: surroundings.Addresses
    keys: surroundings.Payment
    environment: Mapping[str, str]
    preparation: preparing.Preparation


def lay_ground(
    place: folder.Folder, tree: processes.Tree, *, port: int, say: preparing.Say
) -> Ground:
    """Start PostgreSQL and Valkey. Raises `processes.Failed` and `processes.Stopped`."""
    keys = surroundings.payment(place)
    try:
        home = postgres_home.find(place.path, account=system_account.unprivileged())
    except (postgres_home.NoHome, system_account.NoAccount) as problem:
        raise processes.Failed(str(problem)) from problem
    say("Starting PostgreSQL and Valkey …")
    database = postgres.start(home, password=place.secret("database password"), tree=tree)
    broker = valkey.start(place.valkey, password=place.secret("broker password"), tree=tree)
    addresses = surroundings.Addresses(
        port=port,
        sandbox_port=_sandbox_port(place),
        database_url=database.url,
        cache_url=broker.cache_url,
        broker_url=broker.broker_url,
    )
    environment = surroundings.environment(place, keys, addresses)
    preparation = preparing.Preparation(
        place,
        tree,
        environment=environment,
        database_stamps=stamps.Stamps(home.folder / "stamps.json"),
        say=say,
    )
    return Ground(addresses, keys, environment, preparation)


def _sandbox_port(place: folder.Folder) -> int:
    """The port of the last start if it is free: open payment pages keep their address."""
    known = stamps.Stamps(place.stamps)
    last = known.get("sandbox port")
    if last and ports.is_free(int(last)):
        return int(last)
    port = ports.free_port()
    known.put("sandbox port", str(port))
    return port


class Shop:
    """The processes of the shop itself, on laid ground."""

    def __init__(self, place: folder.Folder, tree: processes.Tree, ground: Ground) -> None:
        self._place = place
        self._tree = tree
        self._ground = ground
        self._restarts: dict[str, list[float]] = {"Worker": [], "Beat": []}

    def open(self) -> None:
        """Start all and wait until the shop answers."""
        if self._ground.keys.is_sandbox:
            sandbox = self._start_sandbox()
            port = self._ground.addresses.sandbox_port
            self._tree.wait_until(sandbox, lambda: answers(port, "/healthz"), seconds=30)
        web = self._start_web()
        self._start_worker()
        self._start_beat()
        port = self._ground.addresses.port
        self._tree.wait_until(web, lambda: answers(port, "/readyz"), seconds=60)

    def watch(self, *, say: preparing.Say) -> None:
        """Return never, but by `processes.Stopped`, or `processes.Failed` when a part died."""
        while True:
            self._tree.wish.check()
            for child in list(self._tree.children):
                if child.is_running:
                    continue
                sentence = f"{child.name} ended with code {child.exit_code}; its log is {child.log}"
                if child.name not in self._restarts or not self._may_restart(child.name):
                    raise processes.Failed(sentence)
                say(f"{sentence}; starting it again.")
                self._tree.start_again(child)
            time.sleep(0.25)

    def _may_restart(self, name: str) -> bool:
        now = time.monotonic()
        recent = [moment for moment in self._restarts[name] if now - moment < _RESTART_WINDOW]
        self._restarts[name] = [*recent, now]
        return len(recent) < _RESTARTS

    def _start_sandbox(self) -> processes.Child:
        return self._tree.start(
            "Payment sandbox",
            SANDBOX,
            env=surroundings.sandbox_environment(
                self._place, self._ground.keys, self._ground.addresses
            ),
            folder=folder.ROOT,
        )

    def _start_web(self) -> processes.Child:
        command = web(self._ground.addresses.port, media=self._place.media)
        return self._start("Web", command, grace=15)

    def _start_worker(self) -> processes.Child:
        return self._start("Worker", WORKER, grace=15)

    def _start_beat(self) -> processes.Child:
        return self._start("Beat", beat(self._place.path / "beat-schedule"))

    def _start(self, name: str, command: list[str], *, grace: float = 10) -> processes.Child:
        return self._tree.start(
            name, command, env=self._ground.environment, folder=folder.ROOT, grace=grace
        )


# --- The programs of the shop; `tests/chaos` starts the same ones ---------------------------------

SANDBOX = [sys.executable, "-m", "demo.payment_sandbox"]
WORKER = [
    *(sys.executable, "-m", "celery", "-A", "shop", "worker", "-Q", "money,mail,slow"),
    *("--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "INFO"),
]


def web(port: int, *, media: Path, workers: int = 2) -> list[str]:
    """The web server on this port of the loopback; what lies in `media` is served under /media."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", ports.LOOPBACK, "--port", str(port), "--workers", str(workers)),
        *("--blocking-threads", "4", "--workers-kill-timeout", "10"),
        *("--respawn-failed-workers", "--respawn-interval", "0.5"),
        *("--static-path-route", "/media", "--static-path-mount", str(media)),
        # All that lies there is named after its content: browsers may keep it for a year.
        *("--static-path-expires", "31536000"),
        "shop.wsgi:application",
    ]


def beat(schedule: Path) -> list[str]:
    """What starts the jobs of the clock; it remembers in the file `schedule` when."""
    return [
        *(sys.executable, "-m", "celery", "-A", "shop", "beat", "--loglevel", "INFO"),
        *("--pidfile=", "--schedule", str(schedule)),
    ]


def answers(port: int, path: str) -> bool:
    """Whether the server on this port of the loopback answers `path` with 200."""
    connection = http.client.HTTPConnection(ports.LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
