"""R16, R17, R18: PostgreSQL and Valkey go away under load, and the shop comes back by itself."""

import random
import time
from collections import Counter

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import Sum

from accounts.models import Customer
from catalog.models import Variant
from inventory.models import StockItem
from orders.models import Order, OrderLine
from tests.chaos import goods, passing, proof
from tests.chaos.figures import Figures
from tests.chaos.rig import Rig
from tests.chaos.sizes import Sizes
from tests.chaos.visiting import Hit, Load, Visitor

BUYERS = 4
BEFORE_SECONDS = 2.0
FIRST_SUCCESS_SECONDS, NORMAL_SECONDS = 5.0, 15.0
PASSWORD = "correct horse battery"
GOOD = {200, 302, 303}


def database(rig: Rig, sizes: Sizes, figures: Figures, dice: random.Random) -> None:
    """R17: `pg_ctl stop -m immediate` and start, 10 times, while people buy."""
    (variant,) = goods.shelf(1, pieces=100_000)
    pages = _pages(variant)
    members = _members(20)
    connection.close()
    connection.close_pool()
    firsts, normals, seen = [], [], Counter[int]()
    for number in range(sizes.restarts):
        first = 300_000 + number * 1_000
        look = {"pages": pages, "pause": sizes.look_seconds}
        with Load(rig, variant.pk, workers=BUYERS, first=first, **look) as load:
            members_too = _SignIns(rig, members, load.hits, good={302, 503}, first=first)
            members_too.until(time.monotonic() + BEFORE_SECONDS + dice.random())
            rig.stop_database_at_once()
            if number == 0:  # both must also start while there is no database
                rig.kill("worker")
                rig.kill("beat")
                rig.bring_back("worker")
                rig.bring_back("beat")
            # Once for long: whoever waits longer and longer between two looks is late then.
            down = sizes.down_seconds if number == 0 else 2.0
            members_too.until(time.monotonic() + down)
            rig.bring_back("database")
            proof.await_database()
            accepted = time.monotonic()
            firsts.append(_first_success(load, accepted))
            while time.monotonic() < accepted + NORMAL_SECONDS and _had_trouble(load.hits[-40:]):
                time.sleep(0.2)
            normals.append(time.monotonic() - accepted)
        seen += load.statuses()
        figures.demand_none(members_too.failed, "sign-ins failed")
        figures.demand_none(
            [one for one in load.sessions if not one][:1], "buyers did not get what they wanted"
        )
    figures.demand(set(seen) <= GOOD | {503}, f"buyers saw {dict(seen)}")
    figures.demand(max(firsts) <= FIRST_SUCCESS_SECONDS, f"first success after {max(firsts):.1f} s")
    figures.demand(max(normals) < NORMAL_SECONDS, f"not normal after {max(normals):.1f} s")
    _prove_orders(rig, figures, variant, sizes)
    figures.note(
        restarts=sizes.restarts,
        answers=dict(sorted(seen.items())),
        first_success_s=max(firsts),
        normal_again_s=max(normals),
    )


def _first_success(load: Load, since: float) -> float:
    end = since + NORMAL_SECONDS
    while time.monotonic() < end:
        for one in list(load.hits):
            if one.at >= since and one.status in GOOD:
                return one.at + one.seconds - since
        time.sleep(0.05)
    return NORMAL_SECONDS


def _had_trouble(hits: list[Hit]) -> bool:
    return any(one.status not in GOOD for one in hits)


def _prove_orders(rig: Rig, figures: Figures, variant: Variant, sizes: Sizes) -> None:
    """No half order, none twice: what is reserved is what stands in orders."""
    proof.settle_down(rig, seconds=sizes.patience_seconds)
    passing.let_pass(minutes=11)
    proof.settle_down(rig)
    orders = Order.objects.filter(lines__variant=variant)
    reserved = StockItem.objects.get(variant=variant).reserved
    ordered = OrderLine.objects.filter(variant=variant).aggregate(n=Sum("quantity"))["n"]
    figures.demand(reserved == ordered, f"{reserved} reserved, {ordered} ordered")
    paid = list(orders.filter(payment_status="paid").values_list("number", flat=True))
    figures.demand_none(proof.unpaid(paid), "orders not paid once and told once")
    figures.demand_none(proof.paid_twice(rig), "orders paid twice")
    figures.note(orders=orders.count(), orders_paid=len(paid))


def cache(rig: Rig, sizes: Sizes, figures: Figures, dice: random.Random) -> None:
    """R16, R18: Valkey slow, emptied, then gone for 120 s; people browse, sign in, order, pay."""
    (variant,) = goods.shelf(1, pieces=100_000)
    members = _members(50)
    pages = _pages(variant)
    connection.close()
    phases: list[tuple[str, float]] = []
    look = {"pages": pages, "pause": sizes.look_seconds}
    with Load(rig, variant.pk, workers=BUYERS, first=400_000, **look) as load:
        signed_in = _SignIns(rig, members, load.hits, good={302}, first=500_000)
        for name, disturb in (
            ("before", lambda: None),
            ("emptied", rig.valkey.flushall),
            ("slow", lambda: rig.valkey.execute_command("CLIENT", "PAUSE", "5000", "ALL")),
            ("gone", lambda: rig.kill("broker")),
        ):
            phases.append((name, time.monotonic()))
            disturb()
            signed_in.until(time.monotonic() + (_phase_seconds(name, sizes)))
        rig.bring_back("broker")
        phases.append(("back", time.monotonic()))
        signed_in.until(time.monotonic() + _phase_seconds("before", sizes))
    back = proof.settle_down(rig)
    figures.demand(back < 60, f"not caught up {back:.0f} s after the return")
    seen = load.statuses()
    figures.demand(set(seen) <= GOOD, f"buyers saw {dict(seen)}")
    figures.demand_none(signed_in.failed, "sign-ins refused")
    _compare(figures, load, phases, sizes.slack_seconds)
    orders = list(Order.objects.filter(lines__variant=variant).values_list("number", flat=True))
    figures.demand_none(proof.unpaid(orders), "orders not paid once and told once")
    figures.note(
        answers=dict(sorted(seen.items())),
        orders=len(orders),
        sign_ins=signed_in.count,
        caught_up_s=back,
    )


def _phase_seconds(name: str, sizes: Sizes) -> float:
    return sizes.away_seconds if name == "gone" else min(sizes.away_seconds, 8.0)


def _compare(figures: Figures, load: Load, phases: list[tuple[str, float]], slack: float) -> None:
    """No phase may be slower than the first one by more than `slack` seconds."""
    ends = [start for _name, start in phases[1:]] + [float("inf")]
    slowest: dict[str, float] = {}
    for (name, start), end in zip(phases, ends, strict=True):
        figures.note(**{f"p95_{name}_ms": round(load.p95(since=start, until=end) * 1000)})
        found = max(
            (one for one in load.hits if start <= one.at < end), key=lambda one: one.seconds
        )
        slowest[name] = found.seconds
        figures.demand(
            found.seconds <= slowest["before"] + slack,
            f"{name}: {found.path} took {found.seconds:.2f} s",
        )


class _SignIns:
    """Members sign in, one after another, from addresses of their own."""

    def __init__(
        self, rig: Rig, members: list[str], hits: list[Hit], *, good: set[int], first: int
    ) -> None:
        self._rig, self._members, self._hits, self._good = rig, members, hits, good
        self._first = first
        self.count = 0
        self.failed: list[str] = []

    def until(self, end: float) -> None:
        while time.monotonic() < end:
            self._rig.tree.wish.check()
            visitor = Visitor(self._rig.port, self._first + 500 + self.count, self._hits)
            visitor.get("/de/account/login/")
            member = self._members[self.count % len(self._members)]
            answer = visitor.post("/de/account/login/", {"login": member, "password": PASSWORD})
            is_in = answer.status != 302 or "session" in visitor.cookies
            if answer.status not in self._good or not is_in:
                self.failed.append(f"{answer.status} {answer.location}")
            visitor.get("/de/account/")
            visitor.close()
            self.count += 1
            time.sleep(0.5)


def _members(count: int) -> list[str]:
    """People with an account; hashing their password once is enough."""
    password = make_password(PASSWORD)
    found = []
    for number in range(count):
        email = f"member{number}@example.org"
        member, is_new = Customer.objects.get_or_create(
            email=email, defaults={"password": password}
        )
        if is_new:
            EmailAddress.objects.create(user=member, email=email, verified=True, primary=True)
        found.append(email)
    return found


def _pages(variant: Variant) -> tuple[str, ...]:
    return ("/de/", "/de/c/chaos/", f"/de/p/{variant.product.slug}/", "/de/search/?q=Ware")
