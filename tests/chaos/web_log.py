"""What the web processes wrote: one line of JSON for each request."""

import dataclasses
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any


@dataclasses.dataclass
class Summary:
    """What stands between two places of the log."""

    statuses: Counter[int]
    milliseconds: list[float]
    failed: Counter[str]  # view → answers of 500 and more
    errors: Counter[str]  # first lines of what was logged as an error

    def p95(self) -> float:
        values = sorted(self.milliseconds)
        return values[max(0, -(-95 * len(values) // 100) - 1)] if values else 0.0


def end(path: Path) -> int:
    """The place where the log ends now."""
    return path.stat().st_size if path.exists() else 0


def read(path: Path, *, since: int, view: str = "") -> Summary:
    """All requests since a place of the log; of one `view` only, when it is named."""
    summary = Summary(Counter(), [], Counter(), Counter())
    for row in _rows(path, since):
        if row.get("levelname") in ("ERROR", "CRITICAL"):
            summary.errors[f"{row.get('message')} {_last(row.get('exc_info'))}".strip()] += 1
        if row.get("message") != "request" or (view and row["view"] != view):
            continue
        summary.statuses[row["status"]] += 1
        summary.milliseconds.append(row["ms"])
        if row["status"] >= 500:
            summary.failed[f"{row['view']} {row['status']}"] += 1
    return summary


def _last(trace: Any) -> str:
    return str(trace).strip().splitlines()[-1] if trace else ""


def _rows(path: Path, since: int) -> Iterator[dict[str, Any]]:
    if not path.exists():
        return
    with path.open("rb") as file:
        file.seek(since)
        for line in file:
            if line.startswith(b"{"):
                try:
                    yield json.loads(line)
                except ValueError:
                    continue  # two processes wrote at once
