"""What is done already and need not be done again: fingerprints of inputs, kept in a file."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from demo import folder


def fingerprint(paths: Iterable[Path]) -> str:
    """A hash over names and contents of these files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(folder.ROOT)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


class Stamps:
    """Fingerprints by name in a JSON file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def has(self, name: str, value: str) -> bool:
        return self._read().get(name) == value

    def get(self, name: str) -> str | None:
        return self._read().get(name)

    def put(self, name: str, value: str) -> None:
        folder.write_privately(self._path, json.dumps({**self._read(), name: value}))

    def clear(self) -> None:
        self._path.unlink(missing_ok=True)

    def _read(self) -> dict[str, str]:
        try:
            return dict(json.loads(self._path.read_text()))
        except (OSError, ValueError):
            return {}
