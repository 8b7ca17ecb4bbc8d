"""PostgreSQL from the wheel, run by hand: the shop is no superuser, nobody enters unasked."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from demo import ports, postgres_home, processes

ROLE = DATABASE = "kontor"
_SUPERUSER = "postgres"
_DURABLE: Mapping[str, str] = {"max_connections": "150"}
# For data that nobody misses: a test run's cluster does not survive a power cut, nor should it.
_FLEETING: Mapping[str, str] = {
    **_DURABLE,
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "on",
}
_LOCALES = ("C.UTF-8", "en_US.UTF-8", "C")


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL with the shop's role and database in it."""

    child: processes.Child
    url: str
    is_new: bool


def start(
    home: postgres_home.Home,
    *,
    password: str,
    tree: processes.Tree,
    is_fleeting: bool = False,
) -> Server:
    """Start the cluster of `home`, made if it is not there.

    `password` belongs to the superuser and to the shop's role alike: both are the demo's own.
    Raises `processes.Failed` and `processes.Stopped`.
    """
    ready = home.folder / "ready"
    data = home.cluster / "data"
    is_new = not ready.exists()
    if is_new:
        _initialise(home, data, password=password, tree=tree)
    _check_version(home, data)
    _await_predecessor(data, wish=tree.wish)
    child, port = _launch(home, data, password=password, tree=tree, is_fleeting=is_fleeting)
    if is_new:
        _create_database(port, password=password, may_create=is_fleeting)
        ready.touch()
    url = f"postgres://{ROLE}:{password}@{ports.LOOPBACK}:{port}/{DATABASE}"
    return Server(child=child, url=url, is_new=is_new)


def _initialise(
    home: postgres_home.Home,
    data: Path,
    *,
    password: str,
    tree: processes.Tree,
) -> None:
    password_file = home.folder / "password"
    password_file.touch(mode=0o600)
    try:
        password_file.write_text(password)
        if home.account:
            os.chown(password_file, home.account.uid, home.account.gid)
        for locale in _LOCALES:
            if data.exists():
                shutil.rmtree(data)
            child = _child(
                home,
                tree,
                "initdb",
                [
                    *("--pgdata", str(data), "--username", _SUPERUSER, "--encoding", "UTF8"),
                    *("--auth", "scram-sha-256", "--pwfile", str(password_file), "--no-sync"),
                    *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
                    *("--locale", locale, "--no-instructions"),
                ],
            )
            with contextlib.suppress(processes.Failed):
                tree.wait_for_end(child)
                return
    finally:
        password_file.unlink()
    raise processes.Failed(f"PostgreSQL could not make its data folder; its log is {child.log}")


def _check_version(home: postgres_home.Home, data: Path) -> None:
    has = (data / "PG_VERSION").read_text().strip()
    answer = subprocess.run(  # noqa: S603 - the wheel's own program
        [home.programs / "bin" / "postgres", "--version"], capture_output=True, text=True
    )
    if answer.stdout.split()[-1].split(".")[0] != has:
        raise processes.Failed(
            f"The demo's data is of PostgreSQL {has}, installed is {answer.stdout.strip()}:"
            " run make demo-reset to begin anew."
        )


def _await_predecessor(data: Path, *, wish: processes.Wish) -> None:
    """A server whose starter was killed is shutting down; one whose machine died left its file."""
    pid_file = data / "postmaster.pid"
    deadline = time.monotonic() + 30
    while pid_file.exists():
        try:
            pid = int(pid_file.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return
        if not _is_server_of(data, pid):
            pid_file.unlink(missing_ok=True)
            return
        if time.monotonic() > deadline:
            raise processes.Failed(f"PostgreSQL (process {pid}) still holds {data}: end it first.")
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        wish.check()
        time.sleep(0.2)


def _is_server_of(data: Path, pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "cwd").resolve(strict=True) == data.resolve()
    except OSError:
        if Path("/proc/self").exists():
            return False
    answer = subprocess.run(["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True)  # noqa: S603
    return str(data).encode() in answer.stdout


def _launch(
    home: postgres_home.Home,
    data: Path,
    *,
    password: str,
    tree: processes.Tree,
    is_fleeting: bool,
) -> tuple[processes.Child, int]:
    for attempt in range(5):
        port = ports.free_port()
        options = {
            "port": str(port),
            "listen_addresses": ports.LOOPBACK,
            "unix_socket_directories": "",
            **(_FLEETING if is_fleeting else _DURABLE),
        }
        assignments = [part for name in options for part in ("-c", f"{name}={options[name]}")]
        child = _child(home, tree, "postgres", ["-D", str(data), *assignments])
        try:
            tree.wait_until(child, lambda: _answers(port, password), seconds=60)  # noqa: B023
        except processes.Failed:
            # Somebody else may have taken the port between our look and the server's.
            if attempt < 4 and not child.is_running and not ports.is_free(port):
                continue
            raise
        return child, port
    raise AssertionError("unreachable")


def _child(
    home: postgres_home.Home, tree: processes.Tree, program: str, arguments: list[str]
) -> processes.Child:
    return tree.start(
        "PostgreSQL",
        [str(home.programs / "bin" / program), *arguments],
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        folder=home.cluster,
        # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave.
        stop_signal=signal.SIGINT,
        grace=30,
        account=home.account,
    )


def _connect(port: int, password: str) -> psycopg.Connection:
    return psycopg.connect(
        host=ports.LOOPBACK,
        port=port,
        user=_SUPERUSER,
        password=password,
        dbname="postgres",
        autocommit=True,
        connect_timeout=5,
    )


def _answers(port: int, password: str) -> bool:
    try:
        _connect(port, password).close()
    except psycopg.OperationalError:
        return False
    return True


def _create_database(port: int, *, password: str, may_create: bool) -> None:
    """The shop's role owns its database and is no superuser, as in production."""
    option = sql.SQL("CREATEDB") if may_create else sql.SQL("NOCREATEDB")
    role = sql.Identifier(ROLE)
    with _connect(port, password) as connection:
        _drop_database(connection)
        connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(role))
        connection.execute(
            sql.SQL("CREATE ROLE {} LOGIN {} PASSWORD {}").format(role, option, password)
        )
        _make_database(connection)


def renew_database(url: str) -> None:
    """Throw the shop's database away and make it anew, empty; `url` is that of `Server`."""
    parts = urlsplit(url)
    with _connect(parts.port or 0, parts.password or "") as connection:
        _drop_database(connection)
        _make_database(connection)


def _drop_database(connection: psycopg.Connection) -> None:
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    connection.execute(drop.format(sql.Identifier(DATABASE)))


def _make_database(connection: psycopg.Connection) -> None:
    make = sql.SQL("CREATE DATABASE {} OWNER {}")
    connection.execute(make.format(sql.Identifier(DATABASE), sql.Identifier(ROLE)))
