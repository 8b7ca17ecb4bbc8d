"""How much of everything: the figures of the issue, or a few of each."""

import dataclasses
import os
import secrets
from decimal import Decimal


@dataclasses.dataclass(frozen=True)
class Sizes:
    """Counts are of requests, orders, kills …; `*_seconds` are lengths of disturbances."""

    web_processes: int
    buyers: int  # connections at once, never more
    goods: int
    pieces: int  # of all scarce goods together
    carts: int
    attempts: int
    double_carts: int
    double_clicks: int
    told_orders: int
    copies: int
    faulty_checkouts: int
    kills: int
    restarts: int
    away_seconds: float  # of Valkey
    down_seconds: float  # of PostgreSQL, once
    slack_seconds: float  # by which the slowest answer may be slower without Valkey
    mails: int
    malformed: int
    coupon_buyers: int  # at most `crowd.MOST`
    uses: int
    budget: Decimal
    look_seconds: float  # at each page, for the buyers of an outage
    patience_seconds: float  # for tries that come again by themselves, before time is moved


FULL = Sizes(
    web_processes=4,
    buyers=64,
    goods=5,
    pieces=100,
    carts=640,
    attempts=10_000,
    double_carts=50,
    double_clicks=16,
    told_orders=1_000,
    copies=5,
    faulty_checkouts=1_000,
    kills=200,
    restarts=10,
    away_seconds=120,
    down_seconds=30,
    slack_seconds=1,
    mails=60,
    malformed=30_000,
    coupon_buyers=64,
    uses=50,
    budget=Decimal("100.00"),
    look_seconds=0.1,
    patience_seconds=25,
)
SMALL = Sizes(
    web_processes=2,
    buyers=16,
    goods=2,
    pieces=10,
    carts=24,
    attempts=96,
    double_carts=3,
    double_clicks=16,
    told_orders=8,
    copies=5,
    faulty_checkouts=16,
    kills=3,
    restarts=1,
    away_seconds=3,
    down_seconds=2,
    slack_seconds=3,
    mails=6,
    malformed=400,
    coupon_buyers=12,
    uses=5,
    budget=Decimal("10.00"),
    look_seconds=0.3,
    patience_seconds=5,
)


def chosen() -> Sizes:
    """`SIZE`: `full` (default), `small`, or a share of the full one such as `0.1`.

    Single figures can be set beside it: `CHAOS_MALFORMED=3000`.
    """
    size = os.environ.get("SIZE", "full") or "full"
    least, fields = dataclasses.asdict(SMALL), dataclasses.asdict(FULL)
    if size == "small":
        fields = least
    elif size != "full":
        share = float(size)
        for name in set(fields) - _UNSHARED:
            fields[name] = max(least[name], type(fields[name])(fields[name] * share))
    for name, value in fields.items():
        if text := os.environ.get(f"CHAOS_{name.upper()}"):
            fields[name] = type(value)(text)
    return Sizes(**fields)


_UNSHARED = {
    *("web_processes", "buyers", "goods", "double_clicks", "copies"),
    *("patience_seconds", "slack_seconds", "look_seconds", "coupon_buyers", "uses", "budget"),
}


def seed() -> int:
    """`CHAOS_SEED`, or one that is printed with the figures."""
    return int(os.environ.get("CHAOS_SEED") or secrets.randbelow(1_000_000))
