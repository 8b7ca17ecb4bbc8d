"""Makes `.venv` and installs a lock file into it: `python requirements/install.py demo|dev|base`.

Nothing happens, and nothing is printed, when the lock is installed already: a stamp in `.venv`
holds the hashes of the locks that it satisfies. Progress goes to standard error, so that
`make -s manage` prints the command's output alone. Standard library only: it runs before all else.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
NEWEST_THAT_WE_REFUSE = (3, 11)


def main(name: str) -> None:
    if sys.version_info[:2] <= NEWEST_THAT_WE_REFUSE:
        sys.exit(f"Kontor needs Python 3.12 or newer; this is {sys.version.split()[0]}.")
    venv = ROOT / ".venv"
    (ROOT / ".cache").mkdir(exist_ok=True)
    # `make demo` and `make test` side by side in a fresh clone: one of them installs.
    with (ROOT / ".cache" / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_satisfied(venv, name):
            install(venv, name)


def is_satisfied(venv: Path, name: str) -> bool:
    """Whether `venv` holds this lock's packages, for the Python that asks."""
    stamp = _stamp(venv)
    is_of_this_python = _version_of(venv) == stamp.get("python") == _own_version()
    return is_of_this_python and stamp.get(name) == _fingerprint(name)


def install(venv: Path, name: str) -> None:
    """Make the venv if it is missing or of another Python, install, and stamp what is there."""
    started = time.monotonic()
    if _version_of(venv) != _own_version():
        _make(venv)
    _say(f"Installing {len(_pins(name))} packages of requirements/{name}.txt …")
    _run(
        [
            *(venv / "bin" / "python", "-m", "pip", "install", "-qq", "--no-input"),
            *("--disable-pip-version-check", "--require-hashes", "-r", LOCKS / f"{name}.txt"),
        ],
        problem="The packages could not be installed (pip's own words stand above).",
    )
    stamp = {"python": _own_version()}
    for other in ("base", "demo", "dev"):
        # The lock of the tests holds that of the demo: whoever has the former has the latter.
        if _pins(other) <= _pins(name) or _stamp(venv).get(other) == _fingerprint(other):
            stamp[other] = _fingerprint(other)
    (venv / "kontor.json").write_text(json.dumps(stamp))
    _say(f"Installed in {time.monotonic() - started:.0f} s.")


def _make(venv: Path) -> None:
    if Path(sys.prefix).resolve() == venv.resolve():
        sys.exit("This .venv is broken: remove it and call make again.")
    if venv.exists():
        shutil.rmtree(venv)
    _say(f"Making .venv with Python {sys.version.split()[0]} …")
    _run(
        [sys.executable, "-m", "venv", venv],
        problem="This Python cannot make a .venv: install the package python3-venv.",
    )


def _run(command: list[str | Path], *, problem: str) -> None:
    """Run to the end, or end it with us: pip must not go on when make was stopped."""
    environment = {**os.environ, "PIP_REQUIRE_VIRTUALENV": "0"}
    process = subprocess.Popen(command, stdout=sys.stderr, env=environment)

    def stop(number: int, frame: object) -> None:
        process.terminate()
        process.wait()
        sys.exit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    if process.wait() != 0:
        sys.exit(problem)


def _stamp(venv: Path) -> dict[str, str]:
    try:
        return dict(json.loads((venv / "kontor.json").read_text()))
    except (OSError, ValueError):
        return {}


def _fingerprint(name: str) -> str:
    return hashlib.sha256((LOCKS / f"{name}.txt").read_bytes()).hexdigest()


def _pins(name: str) -> set[str]:
    return set(re.findall(r"^[A-Za-z0-9_.\[\],-]+==\S+", (LOCKS / f"{name}.txt").read_text(), re.M))


def _own_version() -> str:
    """Packages fit a minor version; a new patch of the system's Python changes nothing."""
    return ".".join(map(str, sys.version_info[:2]))


def _version_of(venv: Path) -> str | None:
    """The version of the venv's Python, read without starting it; None if it is gone."""
    try:
        text = (venv / "pyvenv.cfg").read_text()
    except OSError:
        return None
    found = re.search(r"^version\s*=\s*(\d+\.\d+)", text, re.M)
    return found[1] if found and (venv / "bin" / "python").exists() else None


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
