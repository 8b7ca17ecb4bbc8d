"""Accounts of the operating system: who runs PostgreSQL when we are root, and what it can reach."""

import os
import pwd
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PREFERRED = ("nobody", "daemon")


class NoAccount(Exception):
    """Root may not become any other user here; the message is one sentence."""


@dataclass(frozen=True)
class Account:
    """An unprivileged account that exists already; we never create one."""

    name: str
    uid: int
    gid: int

    def can(self, script: str, *arguments: str | Path) -> bool:
        """Whether this account can run the shell `script` with `arguments`, tried for real."""
        try:
            done = subprocess.run(  # noqa: S603 - fixed scripts of ours
                ["/bin/sh", "-c", script, "sh", *map(str, arguments)],
                user=self.uid,
                group=self.gid,
                extra_groups=[],
                cwd="/",
                env={"PATH": os.defpath},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=20,
            )
        except (OSError, subprocess.SubprocessError):
            return False
        return done.returncode == 0


def unprivileged() -> Account | None:
    """The account for PostgreSQL: None when we are not root. Raises `NoAccount`."""
    if os.geteuid() != 0:
        return None
    for account in _candidates():
        if account.can(":"):
            return account
    raise NoAccount("PostgreSQL refuses to run as root, and no other account can be used here.")


def _candidates() -> Iterator[Account]:
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    rest = sorted(
        (entry for entry in known.values() if entry.pw_shell.endswith(("nologin", "false"))),
        key=lambda entry: entry.pw_uid,
    )
    for entry in [*(known[name] for name in _PREFERRED if name in known), *rest]:
        if entry.pw_uid != 0:
            yield Account(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)


def temporary_folders() -> list[Path]:
    """Where a private folder of another account may lie, best first."""
    found = [Path(tempfile.gettempdir()), Path("/var/tmp"), Path("/tmp")]  # noqa: S108
    return [folder for folder in dict.fromkeys(found) if folder.is_dir()]
