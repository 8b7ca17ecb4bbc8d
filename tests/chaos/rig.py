"""The shop of one run: its processes, its folder, and how each part is disturbed.

Everything listens on the loopback, on ports that the system chooses, and ends with this process:
children are tethered, also against SIGKILL. No Django here, so that it can run before the settings
know where the database is.
"""

import os
import secrets
import shutil
import signal
import tempfile
import time
from pathlib import Path

import redis

from demo import (
    folder,
    ports,
    postgres,
    postgres_home,
    processes,
    services,
    surroundings,
    system_account,
    valkey,
)
from demo.payment_sandbox.remote import Remote
from tests.chaos import process_table, web_log
from tests.chaos.mail_server import MailServer

SETTINGS = "tests.chaos.settings"


class Rig:
    """PostgreSQL, Valkey, payment sandbox, mail server, web, worker, beat."""

    def __init__(self, wish: processes.Wish, *, web_processes: int) -> None:
        self._web_processes = web_processes
        self.place = folder.Folder(Path(tempfile.mkdtemp(prefix="kontor-chaos-")))
        self.place.make()
        self.tree = processes.Tree(wish=wish, logs=self.place.logs)
        self.mails = MailServer()
        self._seen: set[process_table.Process] = set()
        self.parts: dict[str, processes.Child] = {}

    def lay_ground(self) -> None:
        """Database, cache and broker; puts the environment of the shop into `os.environ`."""
        home = postgres_home.find(self.place.path, account=system_account.unprivileged())
        password = secrets.token_urlsafe(24)
        # Durable, as in production: what is committed survives an immediate stop.
        database = postgres.start(home, password=password, tree=self.tree)
        broker = valkey.start(self.place.valkey, password=password, tree=self.tree)
        self.parts |= {"database": database.child, "broker": broker.child}
        self._keys = surroundings.Payment(
            secret_key="sk_test_" + secrets.token_hex(16),
            webhook_secret="whsec_" + secrets.token_hex(16),
            is_sandbox=True,
        )
        self._addresses = surroundings.Addresses(
            port=ports.free_port(),
            sandbox_port=ports.free_port(),
            database_url=database.url,
            cache_url=broker.cache_url,
            broker_url=broker.broker_url,
        )
        self.environment = {
            **surroundings.environment(self.place, self._keys, self._addresses),
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "EMAIL_URL": f"smtp://{ports.LOOPBACK}:{self.mails.port}",
            # Each buyer comes from an address of its own, told as a proxy tells it.
            "TRUSTED_PROXY_COUNT": "1",
            "LOG_LEVEL": "INFO",
        }
        os.environ.update(self.environment)
        self.valkey = redis.Redis.from_url(broker.cache_url, socket_timeout=5)
        self.sandbox = Remote(self._addresses.sandbox, timeout=900)

    def open_shop(self) -> None:
        """The processes of the shop, on migrated tables."""
        env = surroundings.sandbox_environment(self.place, self._keys, self._addresses)
        # Nobody's clock runs for minutes here: what was refused is sent again soon.
        env |= {"PAYMENT_SANDBOX_RETRY_DELAYS": ",".join(["1"] * 60)}
        self._start("sandbox", services.SANDBOX, env=env)
        self.open_web()
        self._start("worker", services.WORKER, grace=15)
        self._start("beat", services.beat(self.place.path / "beat-schedule"))
        port = self._addresses.sandbox_port
        self.tree.wait_until(
            self.parts["sandbox"], lambda: services.answers(port, "/healthz"), seconds=30
        )
        self.await_worker()

    def await_worker(self) -> None:
        """Until the worker that was started last has processes that work."""
        child = self.parts["worker"]
        self.tree.wait_until(child, lambda: len(process_table.below(child.pid)) >= 2, seconds=60)

    def dead(self) -> list[str]:
        """Parts that ended without being asked to."""
        return [name for name, part in self.parts.items() if not part.is_running]

    def open_web(self, *, is_careless: bool = False) -> None:
        """The web server; `is_careless` takes the guard of the stock away (control runs)."""
        command = services.web(self.port, media=self.place.media, workers=self._web_processes)
        env = {**self.environment, **({"KONTOR_CHAOS_CARELESS": "1"} if is_careless else {})}
        web = self._start("web", command, env=env, grace=15)
        self.tree.wait_until(web, lambda: services.answers(self.port, "/healthz"), seconds=60)

    def close_web(self) -> None:
        self.parts["web"].stop()
        self.tree.children.remove(self.parts.pop("web"))

    def _start(
        self, name: str, command: list[str], *, env: dict[str, str] | None = None, grace: float = 10
    ) -> processes.Child:
        self.parts[name] = self.tree.start(
            name, command, env=env or self.environment, folder=folder.ROOT, grace=grace
        )
        return self.parts[name]

    def close(self) -> list[str]:
        """Stop all and forget the folder; returns what is left running, which must be nothing."""
        self._seen |= process_table.below(os.getpid())
        self.tree.stop()
        self.mails.go_away()
        time.sleep(0.2)
        left = [str(one) for one in self._seen if process_table.is_running(one)]
        if keep := os.environ.get("CHAOS_LOGS"):
            shutil.copytree(self.place.logs, keep, dirs_exist_ok=True)
        postgres_home.forget(self.place.path)
        shutil.rmtree(self.place.path)
        return left

    # --- Addresses and logs ----------------------------------------------------------------------

    @property
    def port(self) -> int:
        return self._addresses.port

    @property
    def site(self) -> str:
        return self._addresses.site

    @property
    def web_log(self) -> Path:
        return self.place.logs / "web.log"

    def log_now(self) -> int:
        """A place in the log of the web server, for `web_log.read`."""
        return web_log.end(self.web_log)

    # --- Disturbing ------------------------------------------------------------------------------

    def kill(self, part: str) -> None:
        """SIGKILL for a part and everything that it started; it stays down."""
        self._seen |= process_table.below(os.getpid())
        os.killpg(self.parts[part].pid, signal.SIGKILL)
        while self.parts[part].is_running:
            time.sleep(0.005)

    def kill_one(self, part: str, number: int) -> bool:
        """SIGKILL for one process of a part; its parent starts another. False: there was none."""
        found = sorted(process_table.below(self.parts[part].pid), key=lambda one: one.pid)
        if found:
            os.kill(found[number % len(found)].pid, signal.SIGKILL)
        return bool(found)

    def bring_back(self, part: str) -> None:
        """Start a part again, as it was: same port, same data."""
        self.parts[part] = self.tree.start_again(self.parts[part])

    def stop_database_at_once(self) -> None:
        """`pg_ctl stop -m immediate`: all connections end, nothing is written any more."""
        self._seen |= process_table.below(os.getpid())
        os.kill(self.parts["database"].pid, signal.SIGQUIT)
        while self.parts["database"].is_running:
            time.sleep(0.01)
