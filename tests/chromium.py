"""Finding Chromium, and installing it where that is ours to do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ADVICE = (
    "No Chromium found: install the package chromium (or name one with CHROMIUM=/path/to/it)"
    " to run the browser tests; they are skipped."
)


def find() -> str | None:
    """The path of a Chromium: that of `CHROMIUM=`, else the first known name in PATH."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def ensure() -> None:
    """Install Debian's package when we are root there and none is found; else say what to do."""
    if find():
        return
    if os.environ.get("CHROMIUM"):
        print(f"CHROMIUM={os.environ['CHROMIUM']} is no program. {ADVICE}", file=sys.stderr)
    elif os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get"):
        print("Installing chromium for the browser tests …", file=sys.stderr, flush=True)
        if not _install():
            print(f"apt-get could not install it. {ADVICE}", file=sys.stderr)
    else:
        print(ADVICE, file=sys.stderr)


def _install() -> bool:
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        done = subprocess.run([*apt, *arguments], env=environment, stdout=subprocess.DEVNULL)
        if done.returncode != 0:
            return False
    return find() is not None
