"""`make test` and `make check`: what must be there first, the checks if asked for, then pytest."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

from tests import checks, chromium

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    broken = checks.run_all() if arguments == ["--all-checks"] else []
    chromium.ensure()
    command = [sys.executable, "-m", "pytest", *shlex.split(os.environ.get("T", ""))]
    code = subprocess.run(command, cwd=ROOT).returncode
    for name in broken:
        print(f"Broken: {name} (its message stands above the tests)", file=sys.stderr)
    return code or int(bool(broken))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
