"""`make bench-catalogue`: how pages grow from 10,000 to 100,000 products.

Two shops in two databases of the throwaway PostgreSQL, each in a process of its own, measured in
turns: what disturbs one disturbs the other. A page is called in this process through the whole of
Django, without a web server. Of each address the median of all rounds counts; p50 and p95 are taken
over the addresses, so that they tell of the pages and not of the neighbours. Beside the clock
stands the CPU of the process and of PostgreSQL: on a busy machine it is what can be compared.

`SIZES="1000 2000"` and `ROUNDS=5` try it out.
"""

import json
import os
import statistics
import subprocess
import sys
from typing import Any

from tests import services

SIZES = [int(one) for one in os.environ.get("SIZES", "10000 100000").split()]
ROUNDS = int(os.environ.get("ROUNDS", "9"))
# Page → the goals at the larger size: ratio of p95, p95 in milliseconds.
GOALS: dict[str, tuple[float | None, float | None]] = {
    "category": (1.25, 60),
    "product": (1.25, None),
    "suggestions": (1.25, 25),
    "search": (None, 60),
    "search, broadest": (None, 150),
}


class Shop:
    """A process with a filled shop, and what it answered."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.shop_of_size", str(size)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        # By page, cold or not, and "ms" or "cpu": rounds of one figure for each address.
        self.rounds: dict[tuple[str, bool, str], list[list[float]]] = {}
        self.facts: dict[tuple[str, bool], dict[str, Any]] = {}

    def heard(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"The shop with {self.size} products ended (its message stands above).")
        found: dict[str, Any] = json.loads(line)
        return found

    def measure(self, page: str, *, is_cold: bool) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"page": page, "is_cold": is_cold}) + "\n")
        self.process.stdin.flush()
        facts = self.heard()
        for unit in ("ms", "cpu"):
            self.rounds.setdefault((page, is_cold, unit), []).append(facts[unit])
        self.facts[page, is_cold] = facts

    def percentiles(self, page: str, unit: str, *, is_cold: bool) -> tuple[float, float]:
        """Median and 95th percentile over the addresses of a page."""
        rounds = zip(*self.rounds[page, is_cold, unit], strict=True)
        values = sorted(statistics.median(one) for one in rounds)
        return statistics.median(values), values[max(0, -(-95 * len(values) // 100) - 1)]

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def main() -> int:
    services.ensure()
    shops: list[Shop] = []
    pages: list[str] = []
    try:
        for size in SIZES:
            shops.append(Shop(size))
            facts = shops[-1].heard()
            pages = facts["pages"]
            steps = ", ".join(f"{name} {spent:.0f} s" for name, spent in facts["seconds"].items())
            say(f"{size:,} products: {sum(facts['rows'].values()):,} rows; {steps}")
        for is_cold in (True, False):
            for page in pages:
                for _round in range(2 if is_cold else ROUNDS):
                    for shop in shops:
                        shop.measure(page, is_cold=is_cold)
            report(shops, pages, is_cold=is_cold)
    finally:
        for shop in shops:
            shop.end()
    return 0


def report(shops: list[Shop], pages: list[str], *, is_cold: bool) -> None:
    say("\nnothing kept (cold)" if is_cold else "\nwarm")
    for unit, name in (("ms", "milliseconds by the clock"), ("cpu", "milliseconds of CPU")):
        heads = "".join(f"{shop.size:>9,} p50   p95" for shop in shops)
        say(f"{name:<38}{heads}   ratio p95   statements   kB")
        for page in pages:
            say(line(shops, page, unit, is_cold=is_cold))


def line(shops: list[Shop], page: str, unit: str, *, is_cold: bool) -> str:
    figures = [shop.percentiles(page, unit, is_cold=is_cold) for shop in shops]
    cells = "".join(f"{middle:>13.1f} {high:>5.1f}" for middle, high in figures)
    facts = shops[-1].facts[page, is_cold]
    ratio = figures[-1][1] / figures[0][1]
    missed = "" if is_cold else verdict(page, ratio, figures[-1][1])
    counts = f"{facts['statements']:>13}{facts['bytes'] / 1000:>5.0f}"
    return f"{page:<38}{cells}{ratio:>12.2f}{counts}{missed}"


def verdict(page: str, ratio: float, high: float) -> str:
    """What a figure lacks; the goal of a page is that of the longest name that it begins with."""
    found = max((name for name in GOALS if page.startswith(name)), key=len, default=None)
    if found is None:
        return ""
    most, slowest = GOALS[found]
    lacking = [f"goal {most}"] if most and ratio > most else []
    lacking += [f"goal {slowest:.0f} ms"] if slowest and high > slowest else []
    return f"  ({', '.join(lacking)})" if lacking else ""


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
