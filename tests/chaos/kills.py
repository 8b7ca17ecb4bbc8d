"""R15: SIGKILL for worker, beat and web at random moments, and at moments that are told.

Nothing is lost, nothing is charged twice. A mail may come twice only when its sender was killed
between the server's answer and our stamp, and then it carries the same Message-ID.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable

from django.db import connection

from orders.models import Order
from tests.chaos import goods, passing, process_table, proof
from tests.chaos.figures import Figures
from tests.chaos.rig import Rig
from tests.chaos.shopper import Shopper
from tests.chaos.sizes import Sizes
from tests.chaos.visiting import Load

BUYERS = 3
LONGEST_PAUSE = 0.8
TOLD_SECONDS = 10  # until something comes by that can be killed
GAP_SECONDS = 15  # with all web processes killed at once, the shop may be away for so long
_SLEEP = """
    CREATE OR REPLACE FUNCTION chaos_sleep() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep(1); RETURN NEW; END $$;
    CREATE TRIGGER chaos_sleep BEFORE INSERT ON orders_ordervat FOR EACH ROW
    EXECUTE FUNCTION chaos_sleep()
"""
_AWAKE = "DROP TRIGGER chaos_sleep ON orders_ordervat; DROP FUNCTION chaos_sleep()"
_ASLEEP = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"


def run(rig: Rig, sizes: Sizes, figures: Figures, dice: random.Random) -> None:
    """200 kills of the worker, some of beat and web, while people buy."""
    (variant,) = goods.shelf(1, pieces=100_000)
    connection.close()
    killed: Counter[str] = Counter()
    gaps: list[float] = []
    look = sizes.look_seconds
    with Load(rig, variant.pk, workers=BUYERS, first=100_000, pause=look) as load:
        for number in range(sizes.kills):
            rig.tree.wish.check()
            killed[_kill_worker(rig, number, dice)] += 1
            if number % 10 == 9:
                killed["beat"] += _kill_beat(rig)
    for number in range(max(1, sizes.kills // 10)):
        gaps.append(_kill_web_while_placing(rig, figures, variant.pk, number))
        killed["web while placing"] += 1
    proof.settle_down(rig, seconds=sizes.patience_seconds)
    passing.let_pass(minutes=11)
    seconds = proof.settle_down(rig)

    numbers = list(
        Order.objects.filter(lines__variant=variant, payment_status="paid").values_list(
            "number", flat=True
        )
    )
    paid = [one for one in load.sessions if one]
    figures.demand(len(paid) == len(load.sessions), "buyers were not led to a payment page")
    figures.demand_none(proof.unpaid(numbers), "orders not paid once and told once")
    figures.demand_none(proof.paid_twice(rig), "orders paid twice")
    statuses = load.statuses()
    figures.demand(set(statuses) <= {200, 302, 303}, f"buyers saw {dict(statuses)}")
    figures.note(**{f"kills_{name}".replace(" ", "_"): n for name, n in killed.items()})
    figures.note(orders_paid=len(numbers), caught_up_s=seconds, longest_without_web_s=max(gaps))


def _kill_worker(rig: Rig, number: int, dice: random.Random) -> str:
    """By turns: one of its processes, all of it while it sends a mail, one more, all of it."""
    rig.await_worker()
    time.sleep(dice.random() * LONGEST_PAUSE)
    if number % 2 == 0:
        return "worker process" if rig.kill_one("worker", dice.randrange(8)) else "nothing"
    when = "random"
    if number % 4 == 1:
        when = "before" if number % 8 == 1 else "after"
        when = f"mail {when}" if _await_mail(rig, when, lambda: rig.kill("worker")) else "late"
    if when in ("random", "late"):
        rig.kill("worker")
    rig.bring_back("worker")
    return f"worker {when}"


def _await_mail(rig: Rig, when: str, act: Callable[[], None]) -> bool:
    """Do `act` at the moment before or after a mail is taken. False: none came in time."""
    there, go_on = threading.Event(), threading.Event()

    def tell(now: str) -> None:
        if now == when and not there.is_set():
            there.set()
            if when == "before":
                go_on.wait(5)

    rig.mails.tell = tell
    came = there.wait(TOLD_SECONDS)
    if came:
        act()
    rig.mails.tell = lambda _when: None
    go_on.set()
    return came


def _kill_beat(rig: Rig) -> int:
    rig.kill("beat")
    rig.bring_back("beat")
    return 1


def _kill_web_while_placing(rig: Rig, figures: Figures, variant: int, number: int) -> float:
    """All web processes die in the middle of an order; pressing again makes exactly one."""
    buyer = Shopper(rig.port, 190_000 + number)
    agreed = buyer.fill([variant])
    before = Order.objects.count()
    with connection.cursor() as cursor:
        cursor.execute(_SLEEP)
    pressed = threading.Thread(target=lambda: buyer.place(agreed))
    pressed.start()
    was_asleep = _await_sleep()
    for one in process_table.below(rig.parts["web"].pid):
        process_table.kill(one)
    pressed.join()
    with connection.cursor() as cursor:
        cursor.execute(_AWAKE)
    lost = Order.objects.count() - before
    start = time.monotonic()
    answer = buyer.place(agreed)
    while answer.status == 0 and time.monotonic() < start + 30:
        time.sleep(0.2)
        answer = buyer.place(agreed)
    gap = time.monotonic() - start
    buyer.close()
    figures.demand(was_asleep, "the order was not caught in the middle")
    figures.demand(lost == 0, "an order whose process died was stored")
    figures.demand(answer.status == 303, f"pressed again, the button answered {answer.status}")
    figures.demand(Order.objects.count() == before + 1, "pressing again did not make one order")
    figures.demand(gap < GAP_SECONDS, f"the shop was away for {gap:.1f} s")
    connection.close()
    return gap


def _await_sleep() -> bool:
    end = time.monotonic() + TOLD_SECONDS
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(_ASLEEP)
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.02)
    return False
