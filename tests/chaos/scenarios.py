"""Which scenarios there are, in the order in which they run."""

import dataclasses
import random
import time
import traceback
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection

from demo import postgres, processes
from tests import making
from tests.chaos import (
    double_clicks,
    faulty_gateway,
    kills,
    last_pieces,
    last_uses,
    mail_away,
    malformed,
    messages,
    outages,
    proof,
)
from tests.chaos.figures import Figures
from tests.chaos.rig import Rig
from tests.chaos.sizes import Sizes

Run = Callable[[Rig, Sizes, Figures, random.Random], None]


@dataclasses.dataclass(frozen=True)
class Scenario:
    """One disturbance and what must come of it."""

    name: str
    promise: str
    run: Run
    is_control: bool = False
    may_be_unavailable: bool = False  # 503 is an answer while PostgreSQL is away
    is_for_small: bool = True
    copies_of_mails: int = 1  # 2 where senders are killed: SMTP knows no "exactly once"

    def play(self, rig: Rig, sizes: Sizes, dice: random.Random) -> Figures:
        """Run it on an open shop and prove the books; a control run has a shop of its own."""
        figures = Figures(self.name, self.promise)
        start = time.monotonic()
        play = _play_control if self.is_control else _play
        try:
            play(self, rig, sizes, figures, dice)
        except processes.Stopped:
            raise
        except Exception as problem:  # The others shall still run.
            traceback.print_exc()
            figures.demand(is_kept=False, sentence=f"{type(problem).__name__}: {problem}")
        figures.seconds = time.monotonic() - start
        return figures


def open_shop(rig: Rig) -> None:
    """Tables, rules and all processes, if they are not there yet."""
    if "web" in rig.parts:
        return
    _make_tables()
    rig.open_shop()


def _make_tables() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    making.make_rules()
    connection.close()


def _play(
    scenario: Scenario, rig: Rig, sizes: Sizes, figures: Figures, dice: random.Random
) -> None:
    open_shop(rig)
    watch = proof.Watch(rig)
    scenario.run(rig, sizes, figures, dice)
    proof.settle_down(rig)
    watch.prove(
        figures,
        may_be_unavailable=scenario.may_be_unavailable,
        copies_of_mails=scenario.copies_of_mails,
    )


def _play_control(
    scenario: Scenario, rig: Rig, sizes: Sizes, figures: Figures, dice: random.Random
) -> None:
    """A shop without its guard; afterwards the database is made anew, its books are broken."""
    _make_tables()
    rig.open_web(is_careless=True)
    try:
        scenario.run(rig, sizes, figures, dice)
    finally:
        rig.close_web()
        connection.close()
        connection.close_pool()
        postgres.renew_database(rig.environment["DATABASE_URL"])
        proof.await_database()


ALL = (
    Scenario(
        "R1-control",
        "without the guard the rig sees pieces sold twice",
        last_pieces.control,
        is_control=True,
        is_for_small=False,
    ),
    Scenario("R1", "the last pieces are sold once, losers are told why", last_pieces.run),
    Scenario("R2", "one button pressed many times makes one order", double_clicks.run),
    Scenario("R4", "messages in any number and order pay once", messages.run),
    Scenario("R9", "a provider that fails charges nobody twice", faulty_gateway.run),
    Scenario("R12", "a coupon gives no use and no cent beyond its limits", last_uses.run),
    Scenario(
        "R15", "killed processes lose nothing and double nothing", kills.run, copies_of_mails=2
    ),
    Scenario(
        "R17",
        "PostgreSQL restarts: only 503 and successes, normal again in 15 s",
        outages.database,
        may_be_unavailable=True,
        copies_of_mails=2,
    ),
    Scenario("R18", "Valkey slow, emptied, gone: no error, no false limit", outages.cache),
    Scenario("R19", "mails wait for the mail server and come once", mail_away.run),
    Scenario("S2", "malformed requests change nothing and break nothing", malformed.run),
)


def chosen(names: list[str], *, size: str) -> list[Scenario]:
    """The named ones, or all; control runs stay out of the small size. Raises `KeyError`."""
    by_name = {one.name: one for one in ALL}
    if names:
        return [by_name[name] for name in names]
    return [one for one in ALL if one.is_for_small or size != "small"]
