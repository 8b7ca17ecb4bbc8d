"""Services for one test run: `python -m demo.throwaway` runs them until its standard input ends.

It prints one line of JSON, the environment that points to them. The process that started it holds
the other end of the pipe: whatever becomes of it, SIGKILL included, the end of the pipe stops the
servers here and removes their folder.
"""

import json
import os
import secrets
import select
import shutil
import sys
import tempfile
from pathlib import Path

from demo import postgres, postgres_home, processes, system_account, valkey


def main() -> None:
    os.umask(0o077)
    account = system_account.unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="kontor-test-", dir=_temporary_folder(account)))
    folder.chmod(0o711 if account else 0o700)
    try:
        with processes.listening() as wish:
            tree = processes.Tree(wish=wish, logs=folder)
            try:
                _run(folder, tree, account)
            finally:
                tree.stop()
    except processes.Stopped:
        pass
    except (processes.Failed, postgres_home.NoHome) as problem:
        for log in folder.glob("*.log"):
            print(log.read_text(errors="replace"), file=sys.stderr)
        sys.exit(str(problem))
    finally:
        shutil.rmtree(folder)


def _temporary_folder(account: system_account.Account | None) -> Path:
    """The first temporary directory that the account of PostgreSQL can reach."""
    folders = system_account.temporary_folders()
    if account is None:
        return folders[0]
    return next((folder for folder in folders if account.can('cd "$1"', folder)), folders[0])


def _run(folder: Path, tree: processes.Tree, account: system_account.Account | None) -> None:
    password = secrets.token_urlsafe(24)
    home = postgres_home.find(folder, account=account)
    try:
        database = postgres.start(home, password=password, tree=tree, is_fleeting=True)
        broker = valkey.start(folder / "valkey", password=password, tree=tree, is_fleeting=True)
        places = {name: folder / name for name in ("mail", "media", "private", "static")}
        for place in places.values():
            place.mkdir()
        environment = {
            "DATABASE_URL": database.url,
            "REDIS_URL": broker.cache_url,
            "BROKER_URL": broker.broker_url,
            "MAIL_DIR": str(places["mail"]),
            "MEDIA_ROOT": str(places["media"]),
            "PRIVATE_ROOT": str(places["private"]),
            "STATIC_ROOT": str(places["static"]),
        }
        print(json.dumps(environment), flush=True)
        _await_end_of_input(tree)
    finally:
        tree.stop()
        postgres_home.forget(folder)


def _await_end_of_input(tree: processes.Tree) -> None:
    while True:
        tree.wish.check()
        readable, _, _ = select.select([sys.stdin], [], [], 0.25)
        if readable and not os.read(sys.stdin.fileno(), 4096):
            return
        for child in tree.children:
            if not child.is_running:
                raise processes.Failed(f"{child.name} ended in the middle of the run.")


if __name__ == "__main__":
    main()
