"""Makes the locks anew: `requirements/X.in` → `requirements/X.txt`, with hashes, for every system.

`uv` resolves; it lives in a venv of its own in `.cache`, because nothing of the shop needs it.
No lock names an index: where packages come from is the business of the machine.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = (
    *("--universal", "--python-version", "3.12", "--generate-hashes"),
    *("--no-emit-index-url", "--no-header", "--no-annotate", "--quiet"),
)


def main(arguments: list[str]) -> None:
    uv = _uv()
    for name in ("base", "demo", "dev"):
        source, target = f"requirements/{name}.in", f"requirements/{name}.txt"
        print(f"Locking {target} …", flush=True)
        command: list[str | Path] = [
            uv,
            "pip",
            "compile",
            *OPTIONS,
            source,
            "-o",
            target,
            *arguments,
        ]
        subprocess.run(command, cwd=ROOT, check=True)


def _uv() -> Path:
    venv = ROOT / ".cache" / "uv"
    if not (venv / "bin" / "uv").exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        pip: list[str | Path] = [venv / "bin" / "python", "-m", "pip", "install", "--quiet", "uv"]
        subprocess.run(pip, check=True)
    return venv / "bin" / "uv"


if __name__ == "__main__":
    main(sys.argv[1:])
