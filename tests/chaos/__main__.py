"""`make chaos`: run the scenarios, print their figures, end with 1 when a promise was broken.

`SIZE=full|small|0.1`, `ONLY="R1 R4"`, `CHAOS_SEED=…`, `CHAOS_JSON=path` for the figures as JSON,
`CHAOS_LOGS=folder` keeps the logs of all processes.
"""

import dataclasses
import json
import logging
import os
import random
import sys
import time
from pathlib import Path

from demo import processes
from tests.chaos import figures, sizes
from tests.chaos.rig import Rig

LONGEST_SECONDS = 45 * 60


def main() -> int:
    os.umask(0o077)
    started = time.monotonic()
    seed, size = sizes.seed(), sizes.chosen()
    wanted = os.environ.get("ONLY", "").split()
    found: list[figures.Figures] = []
    with processes.listening() as wish:
        rig = Rig(wish, web_processes=size.web_processes)
        try:
            _prepare(rig)
            from tests.chaos import scenarios

            for scenario in scenarios.chosen(wanted, size=os.environ.get("SIZE", "")):
                wish.check()
                if time.monotonic() > started + LONGEST_SECONDS:
                    found.append(_too_late(scenario.name))
                    continue
                say(f"{scenario.name}: {scenario.promise} …")
                found.append(scenario.play(rig, size, random.Random(f"{seed}{scenario.name}")))
        except processes.Stopped:
            say("Stopped.")
        finally:
            left = rig.close()
    end = figures.Figures("end", "no process is left")
    end.demand_none(left, "processes left")
    found.append(end)
    _tell(found, seed, time.monotonic() - started)
    return int(wish.count > 0 or any(one.broken for one in found))


def _prepare(rig: Rig) -> None:
    say("Starting PostgreSQL and Valkey, making the tables …")
    rig.lay_ground()
    logging.disable(logging.ERROR)  # of this process; the shop's own stand in its logs
    import django

    django.setup()


def _too_late(name: str) -> figures.Figures:
    late = figures.Figures(name, "not begun")
    late.demand(is_kept=False, sentence=f"{LONGEST_SECONDS} s were over")
    return late


def _tell(found: list[figures.Figures], seed: int, seconds: float) -> None:
    say(figures.table(found, seed=seed, seconds=seconds))
    if path := os.environ.get("CHAOS_JSON"):
        rows = {one.name: dataclasses.asdict(one) for one in found}
        Path(path).write_text(json.dumps(rows, indent=1))


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
