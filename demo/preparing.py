"""Bringing the demo up to date: messages, tables, static files, the seed. Each only when needed."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

from demo import folder, postgres, processes, stamps

_MANAGE = str(folder.ROOT / "manage.py")
_LOCK = folder.ROOT / "requirements" / "demo.txt"
_SKIPPED = {".venv", ".cache", "node_modules"}
_BEGUN, _DONE = "begun", "done"
Say = Callable[[str], None]


class Preparation:
    """Runs management commands as children of `tree`, with their output in its logs."""

    def __init__(
        self,
        place: folder.Folder,
        tree: processes.Tree,
        *,
        environment: Mapping[str, str],
        database_stamps: stamps.Stamps,
        say: Say,
    ) -> None:
        self._place = place
        self._tree = tree
        self._environment = environment
        self._stamps = stamps.Stamps(place.stamps)
        # Tables and seed live and die with the database, wherever that lies.
        self._database_stamps = database_stamps
        self._say = say

    def run(self, *, with_seed: bool) -> None:
        """Do what is needed. Raises `processes.Failed` and `processes.Stopped`."""
        self._messages()
        static = self._begin_static()
        self._forget_half_a_world()
        self._tables()
        if with_seed:
            self._seed()
        if static:
            child, value = static
            self._tree.wait_for_end(child)
            self._stamps.put("static", value)

    def _messages(self) -> None:
        value = stamps.fingerprint([_LOCK, *_files("*.po"), *_files("*.mo")])
        if not self._stamps.has("messages", value):
            self._say("Compiling messages …")
            self._tree.wait_for_end(self._command("compile_messages"))
            value = stamps.fingerprint([_LOCK, *_files("*.po"), *_files("*.mo")])
            self._stamps.put("messages", value)

    def _begin_static(self) -> tuple[processes.Child, str] | None:
        """Hashed and compressed as in production; it needs no database, so it runs beside."""
        value = stamps.fingerprint([_LOCK, *_files("static/**/*")])
        if self._stamps.has("static", value):
            return None
        self._say("Collecting and compressing static files …")
        return self._command("collectstatic", "--no-input", "--verbosity", "0"), value

    def _forget_half_a_world(self) -> None:
        """A seed that was stopped in the middle cannot be continued: it begins with nothing."""
        if self._database_stamps.get("seed") == _BEGUN:
            self._say("The last seed was stopped in the middle; the database is made anew.")
            postgres.renew_database(self._environment["DATABASE_URL"])
            self._database_stamps.clear()

    def _tables(self) -> None:
        value = stamps.fingerprint(
            [_LOCK, *_files("migrations/*.py"), *_files("rates.csv"), *_files("roles.py")]
        )
        if not self._database_stamps.has("tables", value):
            self._say("Migrating the database …")
            self._tree.wait_for_end(self._command("migrate", "--no-input"))
            self._tree.wait_for_end(self._command("load_vat_rates"))
            self._tree.wait_for_end(self._command("set_roles"))
            self._database_stamps.put("tables", value)

    def _seed(self) -> None:
        if self._database_stamps.get("seed"):
            return
        self._database_stamps.put("seed", _BEGUN)
        self._say("Seeding the demo shop: goods, pictures, customers, orders …")
        child = self._command("seed")
        with child.log.open(errors="replace") as output:
            relay = _Relay(output, self._say)
            while child.is_running:
                self._tree.wish.check()
                relay.pass_on()
                time.sleep(0.1)
            relay.pass_on()
        self._tree.wait_for_end(child)
        self._database_stamps.put("seed", _DONE)

    def _command(self, name: str, *arguments: str) -> processes.Child:
        return self._tree.start(
            name,
            [sys.executable, _MANAGE, name, *arguments],
            env=self._environment,
            folder=folder.ROOT,
        )


class _Relay:
    """Passes on the lines that a child adds to its log."""

    def __init__(self, output: TextIO, say: Say) -> None:
        self._output = output
        self._rest = ""
        self._say = say

    def pass_on(self) -> None:
        *lines, self._rest = (self._rest + self._output.read()).split("\n")
        for line in lines:
            self._say(f"  {line}")


def _files(pattern: str) -> Iterator[Path]:
    """Files of the project whose path ends like `pattern`, without what is made or installed."""
    for top in sorted(folder.ROOT.iterdir()):
        if top.is_dir() and not top.name.startswith(".") and top.name not in _SKIPPED:
            yield from (path for path in _below(top, pattern) if path.is_file())


def _below(top: Path, pattern: str) -> Iterator[Path]:
    first, _, rest = pattern.partition("/")
    if rest and top.name == first:
        yield from top.glob(rest)
    yield from top.rglob(pattern)
