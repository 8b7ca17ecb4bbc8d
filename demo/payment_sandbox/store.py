"""What the sandbox remembers: objects by kind and id, in memory and, if asked, in one file."""

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

type Row = dict[str, Any]


class Store:
    """Rows by kind in the order of their making. The caller holds the world's lock.

    With a path every ``commit`` writes the changed rows in one SQLite transaction, so a killed
    process leaves whole acts or nothing.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._rows: dict[str, dict[str, Row]] = {}
        self._changed: dict[tuple[str, str], Row | None] = {}
        self._file = _open(path) if path else None
        if self._file:
            self._load(self._file)

    def put(self, kind: str, identifier: str, row: Row) -> Row:
        """Add or change a row; it is written with the next commit."""
        self._rows.setdefault(kind, {})[identifier] = row
        self._changed[kind, identifier] = row
        return row

    def get(self, kind: str, identifier: str) -> Row | None:
        """The row itself (not a copy), or None."""
        return self._rows.get(kind, {}).get(identifier)

    def rows(self, kind: str) -> list[Row]:
        """All rows of a kind, oldest first."""
        return list(self._rows.get(kind, {}).values())

    def items(self, kind: str) -> list[tuple[str, Row]]:
        """All rows of a kind with their identifiers, oldest first."""
        return list(self._rows.get(kind, {}).items())

    def drop(self, kind: str, identifier: str) -> None:
        """Forget a row."""
        if self._rows.get(kind, {}).pop(identifier, None) is not None:
            self._changed[kind, identifier] = None

    def clear(self) -> None:
        """Forget everything."""
        for kind in list(self._rows):
            for identifier in list(self._rows[kind]):
                self.drop(kind, identifier)

    def commit(self) -> None:
        """Write what changed since the last commit."""
        changed, self._changed = self._changed, {}
        if not self._file or not changed:
            return
        with self._file:
            for (kind, identifier), row in changed.items():
                if row is None:
                    self._file.execute(
                        "DELETE FROM rows WHERE kind = ? AND id = ?", (kind, identifier)
                    )
                else:
                    self._file.execute(
                        "INSERT INTO rows (kind, id, body) VALUES (?, ?, ?) "
                        "ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body",
                        (kind, identifier, json.dumps(row)),
                    )

    def close(self) -> None:
        """Write and let go of the file."""
        self.commit()
        if self._file:
            self._file.close()
            self._file = None

    def _load(self, file: sqlite3.Connection) -> None:
        for kind, identifier, body in file.execute(
            "SELECT kind, id, body FROM rows ORDER BY place"
        ):
            self._rows.setdefault(kind, {})[identifier] = json.loads(body)


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    file = sqlite3.connect(path, check_same_thread=False)
    file.execute("PRAGMA journal_mode = WAL")
    file.execute("PRAGMA synchronous = NORMAL")
    file.execute(
        "CREATE TABLE IF NOT EXISTS rows ("
        "place INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL, "
        "body TEXT NOT NULL, UNIQUE (kind, id))"
    )
    file.commit()
    return file
