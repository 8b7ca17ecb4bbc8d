"""What must hold at the end of every scenario: books, ledger, mails, answers, locks."""

import contextlib
import io
import time
from decimal import Decimal

from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Count, F, Q, Sum
from psycopg_pool import PoolTimeout

from inventory.models import StockItem
from orders.models import Order, OrderMail, Payment, PaymentState, Refund, RefundState, WebhookEvent
from orders.refunding import refunds
from shop.kit import clock
from shop.kit.mail import MailState
from tests.chaos import web_log
from tests.chaos.figures import Figures
from tests.chaos.rig import Rig

QUIET_SECONDS = 300
_BACK = (RefundState.PENDING, RefundState.SUCCEEDED)


def deadlocks() -> int:
    """Counted by PostgreSQL since its last crash."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def await_database(seconds: float = 60) -> None:
    """Until this process has a connection again."""
    end = time.monotonic() + seconds
    while True:
        try:
            connection.close()
            deadlocks()
        except (DatabaseError, InterfaceError, PoolTimeout):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def settle_down(rig: Rig, *, seconds: float = QUIET_SECONDS) -> float:
    """Wait until nothing is on its way any more; returns how long that took, at most `seconds`."""
    await_database()
    start = time.monotonic()
    quiet = 0
    while quiet < 2 and time.monotonic() < start + seconds:
        rig.tree.wish.check()
        quiet = quiet + 1 if not unfinished(rig) else 0
        time.sleep(0.2)
    connection.close()
    return time.monotonic() - start


def unfinished(rig: Rig) -> dict[str, int]:
    """What is still to be done, by kind; empty when all is quiet."""
    moment = clock.now()
    waiting = OrderMail.objects.filter(
        Q(state=MailState.IN_FLIGHT)
        | Q(state=MailState.QUEUED, next_try_at__lte=moment)
        | Q(state=MailState.QUEUED, tries__gt=0)
    )
    found = {
        "messages": WebhookEvent.objects.pending().count(),
        "mails": waiting.count(),
        "refunds": refunds.due(moment).count(),
        "deliveries": int(not rig.sandbox.ask("GET", "webhooks/idle")["idle"]),
    }
    return {name: number for name, number in found.items() if number}


class Watch:
    """Looks at a scenario from its beginning to its end."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self._log = rig.log_now()
        self._deadlocks = deadlocks()
        self._doubled = {name for name, n in rig.mails.times().items() if n > 1}
        connection.close()

    def answers(self, view: str = "") -> web_log.Summary:
        """What the web server answered since the beginning."""
        return web_log.read(self._rig.web_log, since=self._log, view=view)

    def prove(
        self, figures: Figures, *, may_be_unavailable: bool = False, copies_of_mails: int = 1
    ) -> None:
        """Add every broken promise to `figures`."""
        await_database()
        figures.demand_none(self._rig.dead(), "parts ended by themselves")
        left = unfinished(self._rig)
        figures.demand(not left, f"still unfinished after {QUIET_SECONDS} s: {left}")
        figures.demand_none(broken_books(), "broken invariants")
        figures.demand_none(differences(self._rig), "differences to the provider's ledger")
        times = self._rig.mails.times()
        fresh = {name: n for name, n in times.items() if name not in self._doubled}
        figures.demand_none(wrong_mails(fresh, most=copies_of_mails), "wrong mails")
        figures.demand_none(unsent_mails(set(times)), "mails marked as sent that never came")
        if copies_of_mails > 1:
            figures.note(mails_twice=sum(n > 1 for n in fresh.values()))
        figures.demand_none(dead_rows(), "rows given up")
        summary = self.answers()
        tolerated = {503} if may_be_unavailable else set()
        bad = {s: n for s, n in summary.statuses.items() if s >= 500 and s not in tolerated}
        figures.demand(not bad, f"answers {bad}: {dict(summary.failed)} {dict(summary.errors)}")
        more = deadlocks() - self._deadlocks
        figures.demand(more <= 0, f"{more} deadlocks")
        connection.close()


def broken_books() -> list[str]:
    """The lines of `check_books` that are not in order."""
    out = io.StringIO()
    with contextlib.suppress(SystemExit):
        call_command("check_books", stdout=out)
    return [line for line in out.getvalue().splitlines() if not line.startswith("ok")]


def differences(rig: Rig) -> list[str]:
    """Orders for which the provider's ledger and our books differ, by a cent or by a payment."""
    theirs = {
        number: (row["captured"], row["refunded"])
        for number, row in rig.sandbox.report()["orders"].items()
        if row["captured"]
    }
    captured = dict(
        Payment.objects.filter(captured__gt=0)
        .values_list("order__number")
        .annotate(total=Sum("captured"))
    )
    back = dict(
        Refund.objects.filter(state__in=_BACK)
        .values_list("payment__order__number")
        .annotate(total=Sum("amount"))
    )
    ours = {number: (_cents(sum_), _cents(back.get(number))) for number, sum_ in captured.items()}
    return [
        f"{number}: provider {theirs.get(number)}, books {ours.get(number)}"
        for number in sorted(theirs.keys() | ours.keys())
        if theirs.get(number) != ours.get(number)
    ]


def _cents(amount: Decimal | None) -> int:
    return int((amount or Decimal(0)) * 100)


def paid_twice(rig: Rig) -> list[str]:
    """Orders with more than one succeeded charge at the provider."""
    rows = rig.sandbox.report()["orders"].items()
    return [number for number, row in rows if row["payments"] > 1]


def wrong_mails(times: dict[str, int], *, most: int) -> list[str]:
    """Mails that came more than `most` times, or that stand in no outbox."""
    known = {str(one) for one in OrderMail.objects.values_list("message_id", flat=True)}
    wrong = [f"{name} came {n} times" for name, n in times.items() if n > most]
    return wrong + [f"{name} is nobody's" for name in times if _id(name) not in known]


def unsent_mails(came: set[str]) -> list[str]:
    """Mails that the outbox calls sent and the mail server never saw."""
    sent = OrderMail.objects.filter(state=MailState.SENT).values_list("message_id", flat=True)
    return sorted({str(one) for one in sent} - {_id(name) for name in came})


def _id(name: str) -> str:
    return name.partition("@")[0]


def dead_rows() -> list[str]:
    """Messages and mails that were given up."""
    dead = WebhookEvent.objects.filter(is_dead=True).values_list("type", "problem")
    mails = OrderMail.objects.filter(state=MailState.DEAD).values_list("kind", "problem")
    return [f"{name}: {problem}" for name, problem in (*dead, *mails)]


def unpaid(numbers: list[str]) -> list[str]:
    """Which of these orders are not paid exactly once, confirmed, and told so in one mail."""
    good = (
        Order.objects.filter(number__in=numbers, status="confirmed", payment_status="paid")
        .annotate(
            paid=Count("payments", filter=Q(payments__state=PaymentState.SUCCEEDED), distinct=True),
            told=Count(
                "mails", filter=Q(mails__kind="confirmation", mails__state="sent"), distinct=True
            ),
        )
        .filter(paid=1, told=1)
        .values_list("number", flat=True)
    )
    return sorted(set(numbers) - set(good))


def oversold() -> list[str]:
    """Shelves that promised more than lies in them."""
    rows = StockItem.objects.filter(reserved__gt=F("on_hand"))
    return [f"{row.variant_id}: {row.reserved} of {row.on_hand}" for row in rows]
