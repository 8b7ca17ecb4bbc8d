"""`python -m demo up|manage|reset`: the demo shop on this machine; `make` calls it.

Not a management command: the settings need a database's address before Django can start, and
finding that address is the work of this program.
"""

import contextlib
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Mapping

from demo import folder, ports, processes, services, tether, welcome

_RESET_FIRST = "Stop it first (Ctrl-C where it runs)."


def main(arguments: list[str]) -> int:
    os.umask(0o077)  # Logs, mails and pictures of the demo are nobody else's business.
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    place = folder.Folder(folder.ROOT / os.environ.get("DEMO_DIR", ".demo"))
    try:
        match arguments:
            case ["up"]:
                return up(place)
            case ["manage", *words]:
                return manage(place, words or shlex.split(os.environ.get("DO", "")))
            case ["reset"]:
                return reset(place)
    except processes.Failed as problem:
        print(problem, file=sys.stderr)
        return 1
    print("usage: python -m demo up|manage|reset", file=sys.stderr)
    return 2


def up(place: folder.Folder) -> int:
    """Run the demo until somebody stops it."""
    started = time.monotonic()
    port = _port()
    place.make()
    if "MAKELEVEL" in os.environ:
        tether.follow_parent(parent=os.getppid(), signal_number=signal.SIGTERM)
    with place.locked(purpose="demo") as is_mine, processes.listening() as wish:
        if not is_mine:
            raise processes.Failed(_occupied(place))
        if not ports.is_free(port):
            raise processes.Failed(
                f"Port {port} cannot be used, another program may have it:"
                f" choose another one with make demo PORT={ports.free_port()}"
            )
        tree = processes.Tree(wish=wish, logs=place.logs)
        place.begin_logs()
        try:
            ground = services.lay_ground(place, tree, port=port, say=print)
            ground.preparation.run(with_seed=os.environ.get("SEED") != "0")
            place.note_running({"environment": dict(ground.environment)})
            shop = services.Shop(place, tree, ground)
            print("Opening the shop …")
            shop.open()
            print(welcome.text(place, ground, seconds=time.monotonic() - started))
            shop.watch(say=print)
        except processes.Stopped:
            print("\nStopping …")
        finally:
            place.forget_running()
            tree.stop()
        print("Stopped. make demo starts again with the same data; make demo-reset forgets it.")
    return 0


def manage(place: folder.Folder, words: list[str]) -> int:
    """Run one management command on the demo's data; returns its exit code."""
    if not words:
        raise processes.Failed('Say which command: make manage DO="check_books"')
    place.make()
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with place.locked(purpose=shlex.join(words)) as is_mine:
            if is_mine:
                return _manage_alone(place, words)
            if facts := place.running():
                return _command(words, facts["environment"])
        time.sleep(0.2)
    raise processes.Failed(_occupied(place))


def _manage_alone(place: folder.Folder, words: list[str]) -> int:
    with processes.listening() as wish:
        tree = processes.Tree(wish=wish, logs=place.logs)
        try:
            ground = services.lay_ground(place, tree, port=_port(), say=_silence)
            ground.preparation.run(with_seed=False)
            return _command(words, ground.environment, wish=wish)
        except processes.Stopped:
            return 128 + wish.signal_number
        finally:
            tree.stop()


def _command(
    words: list[str], environment: Mapping[str, str], *, wish: processes.Wish | None = None
) -> int:
    """The command in the foreground, with our terminal; Ctrl-C is its own affair."""
    with contextlib.ExitStack() as stack:
        heard = wish or stack.enter_context(processes.listening())
        process = subprocess.Popen(  # noqa: S603 - the person's own command
            [sys.executable, str(folder.ROOT / "manage.py"), *words],
            env=dict(environment),
            cwd=folder.ROOT,
        )
        passed_on = 0
        while process.poll() is None:
            if heard.count > passed_on:
                passed_on = heard.count
                if heard.signal_number != signal.SIGINT:
                    process.send_signal(heard.signal_number)
            time.sleep(0.02)
    code = process.returncode
    return code if code >= 0 else 128 - code


def reset(place: folder.Folder) -> int:
    """Forget the demo's data."""
    if not place.path.exists():
        print("There is no demo to forget.")
        return 0
    if not place.is_made:
        raise processes.Failed(f"{place.path} is not a demo's folder: nothing was removed.")
    with place.locked(purpose="demo-reset", seconds=5) as is_mine:
        if not is_mine:
            raise processes.Failed(f"{_occupied(place)} {_RESET_FIRST}")
        place.remove()
    print(f"Forgotten: {place.path}")
    return 0


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise processes.Failed(f"PORT must be a number from 1 to 65535, not {text}.")
    return int(text)


def _occupied(place: folder.Folder) -> str:
    purpose, facts = place.holder(), place.running()
    if purpose == "demo" and facts:
        return f"This demo runs already: {facts['environment']['SITE_URL']}/"
    return f"The demo's folder {place.path} is in use ({purpose or 'starting'})."


def _silence(sentence: str) -> None:
    """`make -s manage` prints the command's own output alone."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
