"""R1: many buyers for the last pieces. Exactly what there is is sold; the others are told why."""

import dataclasses
import random
import re
from collections import Counter

from django.db import connection
from django.db.models import Sum

from catalog.models import Variant
from inventory.models import StockItem
from orders.models import Order
from tests.chaos import crowd, goods, process_table, proof, shopper
from tests.chaos.figures import Figures
from tests.chaos.rig import Rig
from tests.chaos.shopper import Answer, Shopper
from tests.chaos.sizes import Sizes

# What the page says at a line of which too few are left.
_TOLD = re.compile(r"(Ware \d{5}): (?:[^.<]*ausverkauft|[^.<]*\d)")


@dataclasses.dataclass
class Buyer:
    """One connection with several filled carts, each at its order button."""

    shopper: Shopper
    carts: list[tuple[dict[str, str], dict[str, object], list[str]]]
    answers: list[tuple[Answer, list[str]]] = dataclasses.field(default_factory=list)

    def prepare(self, baskets: list[list[Variant]]) -> None:
        for basket in baskets:
            agreed = self.shopper.fill([one.pk for one in basket])
            names = [one.product.name_de for one in basket]
            self.carts.append((dict(self.shopper.cookies), agreed, names))

    def press(self, times: int) -> None:
        """The order button, again and again, over all carts that are still open."""
        waiting = list(self.carts)
        for number in range(times):
            if not waiting:
                return
            cookies, agreed, names = waiting[number % len(waiting)]
            self.shopper.cookies = dict(cookies)
            answer = self.shopper.place(agreed)
            self.answers.append((answer, names))
            if answer.status == 303:
                waiting.remove((cookies, agreed, names))


def run(rig: Rig, sizes: Sizes, figures: Figures, dice: random.Random) -> None:
    """10,000 attempts of 64 buyers on 100 pieces."""
    sold = _storm(rig, sizes, figures, dice)
    pieces = sizes.pieces // sizes.goods * sizes.goods
    figures.demand(sold == pieces, f"{sold} pieces sold of {pieces}")
    figures.demand_none(proof.oversold(), "shelves oversold")
    figures.demand_none(proof.paid_twice(rig), "orders paid twice")


def control(rig: Rig, sizes: Sizes, figures: Figures, dice: random.Random) -> None:
    """The same with the guard off must oversell, else `run` proves nothing."""
    never_oversold = next(
        one for one in StockItem._meta.constraints if one.name == "stock_item_never_oversold"
    )
    with connection.schema_editor() as editor:
        editor.remove_constraint(StockItem, never_oversold)
    small = dataclasses.replace(sizes, carts=min(sizes.carts, 96), attempts=96, goods=2, pieces=10)
    sold = _storm(rig, small, figures, dice, is_control=True)
    figures.demand(sold > 10, f"the race did not happen: {sold} sold of 10")


def _storm(
    rig: Rig, sizes: Sizes, figures: Figures, dice: random.Random, *, is_control: bool = False
) -> int:
    """Sell; returns the pieces sold."""
    shelf = goods.shelf(sizes.goods, pieces=sizes.pieces // sizes.goods)
    connection.close()
    buyers = _buyers(rig, sizes, shelf, dice)
    web = process_table.below(rig.parts["web"].pid)
    before = {one.pid: process_table.cpu_seconds(one.pid) for one in web}
    each = -(-sizes.attempts // len(buyers))
    crowd.at_once([lambda one=one: one.press(each) for one in buyers])
    spent = {pid: process_table.cpu_seconds(pid) - before[pid] for pid in before}
    busy = [pid for pid, seconds in spent.items() if seconds > 0.1]
    figures.demand(len(busy) >= 2, f"{len(busy)} web processes answered: no race")

    answers = [one for buyer in buyers for one in buyer.answers]
    placed = [answer for answer, _names in answers if answer.status == 303]
    if not is_control:
        _check_losers(figures, answers)
        _pay(rig, figures, placed)
    reserved = StockItem.objects.filter(variant__in=shelf).aggregate(n=Sum("reserved"))["n"]
    figures.note(
        buyers=len(buyers),
        web_processes=len(busy),
        attempts=len(answers),
        orders=len(placed),
        pieces_sold=reserved,
        web_cpu_ms_each=round(1000 * sum(spent.values()) / len(answers)),
    )
    for buyer in buyers:
        buyer.shopper.close()
    return int(reserved)


def _buyers(rig: Rig, sizes: Sizes, shelf: list[Variant], dice: random.Random) -> list[Buyer]:
    """Carts of 1 to 3 lines in random order; enough single ones to sell the last of each."""
    baskets = []
    for number in range(sizes.carts):
        if number % 3 == 0:
            baskets.append([shelf[number // 3 % len(shelf)]])
        else:
            some = dice.sample(shelf, min(1 + number % 3, len(shelf)))
            baskets.append([*some, some[0]])  # two pieces of the first
    dice.shuffle(baskets)
    count = min(sizes.buyers, crowd.MOST)
    buyers = [Buyer(Shopper(rig.port, number), []) for number in range(count)]
    crowd.by(
        8,
        lambda pair: pair[1].prepare(baskets[pair[0] :: count]),
        list(enumerate(buyers)),
    )
    return buyers


def _check_losers(figures: Figures, answers: list[tuple[Answer, list[str]]]) -> None:
    """Each is told which of the lines is short, and how many are left; the cart stays."""
    statuses = Counter(answer.status for answer, _names in answers)
    silent = Counter(answer.text for answer, _names in answers if answer.status == 0)
    figures.demand(set(statuses) <= {303, 409}, f"answers {dict(statuses)} {dict(silent)}")
    untold = [
        names
        for answer, names in answers
        if answer.status == 409 and not _is_told(answer.text, names)
    ]
    figures.demand_none(untold, "losers were not told why")
    figures.note(refused=statuses[409])


def _is_told(text: str, names: list[str]) -> bool:
    told = set(_TOLD.findall(text))
    return bool(told) and told <= set(names)


def _pay(rig: Rig, figures: Figures, placed: list[Answer]) -> None:
    """Everybody who got something pays; the webhooks do the rest."""
    sessions = [shopper.session_of(answer) for answer in placed]
    figures.demand(all(sessions), f"{sessions.count('')} buyers were not led to a payment page")
    crowd.by(4, rig.sandbox.buy, [one for one in sessions if one])
    proof.settle_down(rig)
    captured = rig.sandbox.report()["totals"]["captured"]
    paid = Order.objects.filter(payment_status="paid").aggregate(n=Sum("total_gross"))["n"]
    figures.demand(captured == int((paid or 0) * 100), f"paid {captured}, orders {paid}")
