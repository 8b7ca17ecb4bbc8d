"""`make bench-checkout`: orders per second of placing, beside raw SQL of the same statements.

Each case runs in turns: `placing.place` for so many filled carts, then the very statements that
placing sends for other carts of the same kind, recorded beforehand and sent by psycopg alone. Both
by the same number of processes with one connection each, so the ratio says what our Python costs
and whether locks are held any longer than they must be. Everything in a database of its own.

`ORDERS=200`, `ROUNDS=3`, `WORKERS=4` and `SKUS=1000` try it out.
"""

import dataclasses
import itertools
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

import psycopg
from django.db import connection, transaction
from django.test.utils import setup_databases, teardown_databases

from catalog.models import Variant
from checkout import placing
from checkout.models import Cart
from inventory.models import StockItem
from orders.models import Order
from shop.kit import clock
from tests import making
from tests.concurrency.conftest import filled_cart

ORDERS = int(os.environ.get("ORDERS", "200"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
WORKERS = int(os.environ.get("WORKERS", "4"))
SKUS = int(os.environ.get("SKUS", "1000"))
GOAL = 0.5
# An id that is nothing else in a statement, so that it can be told from a quantity.
_FIRST_ORDER = 1_000_000_000

type Statement = tuple[str, Any]


@dataclasses.dataclass(frozen=True)
class Case:
    """Carts of so many lines, picked from so many goods."""

    name: str
    goods: int
    lines: int


CASES = (
    Case(f"{SKUS:,} SKUs, one line", SKUS, 1),
    Case("one hot SKU", 1, 1),
    Case("20 hot SKUs, three lines", 20, 3),
)


def main() -> int:
    old = setup_databases(verbosity=0, interactive=False)
    try:
        making.make_rules()
        shelf = _shelf()
        say(f"{ORDERS} orders a round, {ROUNDS} rounds in turns, {WORKERS} processes")
        say(
            f"{'':<28}{'placing':>12}{'raw SQL':>12}{'ratio':>8}{'statements':>12}{'deadlocks':>11}"
        )
        for case in CASES:
            say(_measured(case, shelf[: case.goods]))
    finally:
        connection.close()
        connection.close_pool()
        teardown_databases(old, verbosity=0)
    return 0


def _shelf() -> list[Variant]:
    warehouse = making.make_warehouse("bench")
    product = making.make_product("bench")
    found = []
    for number in range(SKUS):
        variant = making.make_variant(product, sku=f"BENCH-{number:05}")
        making.put_in_stock(variant, 1_000_000, warehouse)
        found.append(variant)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER SEQUENCE orders_order_id_seq RESTART {_FIRST_ORDER}")
        cursor.execute("ANALYZE")
    return found


def _measured(case: Case, shelf: list[Variant]) -> str:
    picks = itertools.cycle(shelf)
    ours, raw, statements = [], [], 0
    deadlocks = _deadlocks()
    before = Order.objects.count()
    for _round in range(ROUNDS):
        carts = [_cart(picks, case.lines) for _one in range(2 * ORDERS)]
        recorded = [_recorded(cart) for cart in carts[ORDERS:]]
        statements = len(recorded[0])
        ours.append(_per_second(_place_all, [one.pk for one in carts[:ORDERS]]))
        raw.append(_per_second(_send_all, recorded))
    made = Order.objects.count() - before
    if made != 2 * ORDERS * ROUNDS or StockItem.objects.filter(reserved__lt=0).exists():
        sys.exit(f"{made} orders of {2 * ORDERS * ROUNDS}: these figures are worth nothing.")
    placed, sent = statistics.median(ours), statistics.median(raw)
    ratio = placed / sent
    missed = "" if ratio >= GOAL else f"  (goal {GOAL})"
    return (
        f"{case.name:<28}{placed:>10.0f}/s{sent:>10.0f}/s{ratio:>8.2f}{statements:>12}"
        f"{_deadlocks() - deadlocks:>11}{missed}"
    )


def _cart(picks: "itertools.cycle[Variant]", lines: int) -> Cart:
    return filled_cart(*(next(picks) for _line in range(lines)))


def _recorded(cart: Cart) -> list[Statement]:
    """What placing this cart sends, without leaving an order behind."""
    found: list[Statement] = []

    def note(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if not str(sql).startswith(("SAVEPOINT", "RELEASE")):
            found.append((sql, params))
        return execute(sql, params, many, context)

    agreed = _agreed(cart)
    with transaction.atomic():
        with connection.execute_wrapper(note):
            order = _place(cart, agreed)
        transaction.set_rollback(True)
    return [(sql, _exchanged(params, order.pk, _MARK)) for sql, params in found]


_MARK = "the id of the order"


def _exchanged(params: Any, old: Any, new: Any) -> Any:
    """The parameters of a statement, whatever their shape, with one value in place of another."""
    if isinstance(params, Mapping):
        return {name: _exchanged(value, old, new) for name, value in params.items()}
    if isinstance(params, list | tuple):
        return [_exchanged(value, old, new) for value in params]
    return new if params == old else params


def _agreed(cart: Cart) -> Any:
    return placing.prepare(cart, moment=clock.now()).quote.total_gross


def _place(cart: Cart, agreed: Any) -> Order:
    return placing.place(
        cart,
        agreed_total=agreed,
        token=cart.placement_token,
        terms_version="1",
        moment=clock.now(),
    )


# --- By several processes ------------------------------------------------------------------------


def _per_second(work: Callable[[list[Any], Any], float], things: list[Any]) -> float:
    """Things a second, from the moment at which all processes are ready."""
    connection.close()
    connection.close_pool()
    fork = multiprocessing.get_context("fork")
    with fork.Manager() as manager:
        gate = manager.Barrier(WORKERS)
        shares = [things[number::WORKERS] for number in range(WORKERS)]
        with ProcessPoolExecutor(WORKERS, mp_context=fork) as processes:
            seconds = list(processes.map(work, shares, [gate] * WORKERS))
    return len(things) / max(seconds)


def _place_all(carts: list[int], gate: Any) -> float:
    prepared = [(cart, _agreed(cart)) for cart in Cart.objects.filter(pk__in=carts)]
    gate.wait(60)
    start = time.perf_counter()
    for cart, agreed in prepared:
        _place(cart, agreed)
    seconds = time.perf_counter() - start
    connection.close()
    connection.close_pool()
    return seconds


def _send_all(orders: list[list[Statement]], gate: Any) -> float:
    facts = connection.settings_dict
    raw = psycopg.connect(
        host=facts["HOST"],
        port=facts["PORT"],
        user=facts["USER"],
        password=facts["PASSWORD"],
        dbname=facts["NAME"],
        cursor_factory=psycopg.ClientCursor,  # as Django binds parameters
    )
    gate.wait(60)
    start = time.perf_counter()
    for statements in orders:
        _send(raw, statements)
    seconds = time.perf_counter() - start
    raw.close()
    return seconds


def _send(raw: psycopg.Connection, statements: list[Statement]) -> None:
    order = None
    with raw.transaction(), raw.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, _exchanged(params, _MARK, order))
            if cursor.description:
                rows = cursor.fetchall()
                if sql.startswith('INSERT INTO "orders_order" '):
                    order = rows[0][0]


def _deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
