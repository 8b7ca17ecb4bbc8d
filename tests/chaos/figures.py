"""What a scenario found: figures for the table, and demands that were not met."""

import dataclasses
from collections.abc import Iterable
from typing import Any


@dataclasses.dataclass
class Figures:
    """One scenario's share of the report."""

    name: str
    promise: str
    facts: dict[str, Any] = dataclasses.field(default_factory=dict)
    broken: list[str] = dataclasses.field(default_factory=list)
    seconds: float = 0.0

    def note(self, **facts: Any) -> None:
        """A figure for the table."""
        self.facts.update(facts)

    def demand(self, is_kept: object, sentence: str) -> None:
        """What must be; the sentence says what was found instead."""
        if not is_kept:
            self.broken.append(sentence)

    def demand_none(self, found: Iterable[Any], what: str) -> None:
        """Nothing of this kind may be found; the first five are named."""
        rows = list(found)
        self.demand(not rows, f"{len(rows)} {what}: {', '.join(map(str, rows[:5]))}")


def table(rows: list[Figures], *, seed: int, seconds: float) -> str:
    """The report for people."""
    lines = ["", f"{'scenario':<12}{'seconds':>8}  figures"]
    for row in rows:
        facts = ", ".join(f"{_words(name)} {_value(value)}" for name, value in row.facts.items())
        verdict = "kept" if not row.broken else "BROKEN"
        lines.append(f"{row.name:<12}{row.seconds:>8.1f}  {verdict}: {row.promise}")
        if facts:
            lines.append(f"{'':<22}{facts}")
        lines += [f"{'':<22}BROKEN {sentence}" for sentence in row.broken]
    broken = sum(bool(row.broken) for row in rows)
    lines.append(f"\n{len(rows)} scenarios, {broken} broken, {seconds:.0f} s, CHAOS_SEED={seed}")
    return "\n".join(lines)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _value(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
