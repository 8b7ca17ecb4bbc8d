"""How much of everything: the figures of the issue, or a few of each."""

import dataclasses
import os
import secrets


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
    away_seconds: float
    mails: int


FULL = Sizes(
    web_processes=4,
    buyers=64,
    goods=5,
    pieces=100,
    carts=640,
    attempts=10_000,
    double_carts=100,
    double_clicks=16,
    told_orders=1_000,
    copies=5,
    faulty_checkouts=1_000,
    kills=200,
    restarts=10,
    away_seconds=120,
    mails=200,
)
SMALL = Sizes(
    web_processes=2,
    buyers=16,
    goods=2,
    pieces=10,
    carts=32,
    attempts=120,
    double_carts=3,
    double_clicks=16,
    told_orders=12,
    copies=5,
    faulty_checkouts=24,
    kills=4,
    restarts=1,
    away_seconds=4,
    mails=6,
)


def chosen() -> Sizes:
    """`SIZE`: `full` (default), `small`, or a share of the full one such as `0.1`."""
    size = os.environ.get("SIZE", "full") or "full"
    if size in ("full", "small"):
        return FULL if size == "full" else SMALL
    share = float(size)
    fields = dataclasses.asdict(FULL)
    least = dataclasses.asdict(SMALL)
    unchanged = ("web_processes", "buyers", "goods", "double_clicks", "copies")
    return Sizes(
        **{
            name: value if name in unchanged else max(least[name], type(value)(value * share))
            for name, value in fields.items()
        }
    )


def seed() -> int:
    """`CHAOS_SEED`, or one that is printed with the figures."""
    return int(os.environ.get("CHAOS_SEED") or secrets.randbelow(1_000_000))
