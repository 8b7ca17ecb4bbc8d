"""Random lives of orders after payment, with a model beside them that only counts.

`RETURN_SEQUENCES=10000 pytest tests/orders/returns/test_sequences.py` runs so many.
"""

import contextlib
import dataclasses
import random
from collections import Counter
from decimal import Decimal

from django.db import transaction

from inventory import stock
from orders import fulfilments, lifecycle, payments, settling
from orders.drafts import DiscountDraft, VatDraft
from orders.findings import Finding, RefundFinding
from orders.findings import Outcome as Payments
from orders.models import Condition, Order, Outcome, RefundState, Return, Track, Verdict
from orders.refunding import pieces, refunds, returned
from orders.refunding.amounts import NotReturnable
from orders.returns import asking, away, closing, deciding, inspecting, opening, swapping, tracks
from orders.states import WrongState
from shop.kit.money import rounded
from tests.orders.conftest import draft_for, line_for

CENT = Decimal("0.01")
# What the code may answer; everything else is a fault.
REFUSALS = (
    lifecycle.NotCancellable,
    NotReturnable,
    WrongState,
    closing.NotPossible,
    deciding.NeedsReason,
    fulfilments.NotShippable,
    inspecting.NotInspected,
    refunds.NotRefundable,
    stock.OutOfStock,
    tracks.TrackClosed,
)


@dataclasses.dataclass
class Shelves:
    """The model of the stock: variant id → pieces that lie in the house, second choice aside."""

    on_hand: Counter
    apart: Counter = dataclasses.field(default_factory=Counter)


class Life:
    """One order and what happens to it, by the dice of one seed."""

    def __init__(self, seed, variants, shelves, location, moment, sandbox):
        self.dice = random.Random(seed)
        # Only what may be cancelled needs a provider that can be asked.
        self.sandbox = sandbox if self.dice.random() < 0.25 else None
        self.shelves, self.location, self.moment = shelves, location, moment
        self.order = self._placed(variants)
        self.sent = Counter()
        self.is_kept = self.is_free = False

    def run(self, steps=14):
        acts = [self.ship, self.ask, self.ask, self.move, self.move, self.move, self.refund_pieces]
        acts += [self.refund_amount, self.settle, self.withdraw, self.exchange]
        if self.sandbox:
            acts.append(self.cancel)
        for _step in range(steps):
            with contextlib.suppress(*REFUSALS):
                self.dice.choice(acts)()
            self.check()
        if self.dice.random() < 0.5:
            self._finish()

    def check(self):
        """No more goes back than came, and no more pieces than were bought."""
        payment = self.order.payments.get()
        live = payment.refunds.exclude(state=RefundState.FAILED)
        assert sum((one.amount for one in live), Decimal(0)) <= payment.captured
        back = returned.pieces_back(self.order)
        assert all(back.get(line.pk, 0) <= line.quantity for line in self.lines)

    # --- What may happen ---

    def ship(self):
        here = fulfilments.left_of(self.order)
        wanted = {pk: self.dice.randint(0, count) for pk, count in here.items()}
        self.order.refresh_from_db()
        fulfilments.ship(
            self.order,
            carrier="DHL",
            tracking_number="",
            by=None,
            moment=self.moment,
            lines=wanted,
        )
        for line in self.lines:
            self.shelves.on_hand[line.variant_id] -= wanted.get(line.pk, 0)

    def ask(self):
        track = self.dice.choice([Track.GOODWILL, Track.CLAIM])
        wish = asking.Wish(track=track, pieces=self._some())
        entry = asking.ask(self.order, wish, by=None, moment=self.moment)
        if track == Track.GOODWILL:
            seen = asking.estimating.of_return(entry)
            assert pieces.amount(seen) >= 0

    def withdraw(self):
        with transaction.atomic():
            order = Order.objects.select_for_update().get(pk=self.order.pk)
            left = {pk: min(count, self._sent_of(pk)) for pk, count in away.left_of(order).items()}
            opening.open_return(
                order,
                track=Track.WITHDRAWAL,
                pieces={pk: self.dice.randint(0, count) for pk, count in left.items()},
                reason="",
                by=None,
                moment=self.moment,
            )

    def exchange(self):
        left = {pk: count for pk, count in self._some().items() if count}
        offers = swapping.offers(self.order, left, moment=self.moment)
        wanted = {pk: self.dice.choice(found).pk for pk, found in offers.items() if found}
        wish = asking.Wish(track=Track.EXCHANGE, pieces=left, wanted=wanted)
        asking.ask(self.order, wish, by=None, moment=self.moment)

    def cancel(self):
        lifecycle.cancel(self.order, by=None, reason="dice", moment=self.moment)

    def move(self):
        entry = self._one_of(Return.objects.open().filter(order=self.order))
        if entry is None:
            return
        step = {"requested": self._decide, "approved": self._receive, "sent": self._receive}
        step.get(entry.state, self._inspect if entry.state == "received" else self._end)(entry)

    def refund_pieces(self):
        left = away.left_of(self.order)
        wanted = {pk: self.dice.randint(0, count) for pk, count in left.items()}
        delivery = self.dice.random() < 0.2
        pieces.give_back(
            self.order, wanted, delivery=delivery, reason="dice", by=None, moment=self.moment
        )

    def refund_amount(self):
        if self.dice.random() < 0.8:
            return
        payment = self.order.payments.get()
        amount = CENT * self.dice.randint(1, 300)
        payments.refund(payment, amount=amount, reason="dice", by=None, moment=self.moment)
        self.is_free = True

    def settle(self):
        """The provider answers: mostly it worked, and at times the money comes back."""
        rows = self.order.payments.get().refunds.exclude(state=RefundState.FAILED)
        refund = self._one_of(rows)
        if refund is not None:
            to = self.dice.choice(
                [RefundState.SUCCEEDED, RefundState.SUCCEEDED, RefundState.FAILED]
            )
            self._answer(refund, to)

    # --- Steps of a return ---

    def _decide(self, entry):
        if self.dice.random() < 0.2:
            deciding.refuse(entry, reason="worn out", by=None, moment=self.moment)
        else:
            deciding.approve(entry, by=None, moment=self.moment)

    def _receive(self, entry):
        if self.dice.random() < 0.2:
            deciding.call_off(entry, by=None, moment=self.moment)
        else:
            deciding.receive(entry, by=None, moment=self.moment)

    def _inspect(self, entry):
        found, deductions = {}, {}
        for one in inspecting.due(entry):
            verdict = self.dice.choice(list(Verdict))
            found[one.key] = inspecting.Found({verdict: one.quantity}, Condition.USED)
        kept = entry.track in inspecting.DEDUCTIBLE and self.dice.random() < 0.3
        if kept:
            row = entry.lines.first()
            deductions[row.pk] = inspecting.Deduction(CENT * self.dice.randint(1, 99), "used")
        inspecting.inspect(
            entry,
            found,
            deductions=deductions,
            location=self.location,
            by=None,
            moment=self.moment,
        )
        self.is_kept |= kept
        for one in inspecting.due(entry):
            if Verdict.RESTOCK in found[one.key].counts:
                self.shelves.on_hand[one.variant.pk] += one.quantity
            if Verdict.APART in found[one.key].counts:
                self.shelves.apart[one.variant.pk] += one.quantity

    def _end(self, entry):
        outcome = self.dice.choice(closing.outcomes_of(entry))
        done = closing.end(entry, outcome, decision="as told", by=None, moment=self.moment)
        if outcome == Outcome.REPLACEMENT:
            for one in inspecting.due(done):
                self.shelves.on_hand[one.variant.pk] -= one.quantity
        if outcome == Outcome.EXCHANGE:
            for row in done.lines.all():
                self.shelves.on_hand[row.wanted_id] -= row.quantity

    # --- The end ---

    def _finish(self):
        """All that is left goes back: then the parts are to the cent what was paid, per rate."""
        for entry in Return.objects.open().filter(order=self.order):
            if entry.state in ("requested", "approved") and entry.track != Track.WITHDRAWAL:
                deciding.call_off(entry, by=None, moment=self.moment)
        for refund in self.order.payments.get().refunds.filter(state=RefundState.REQUESTED):
            self._answer(refund, RefundState.SUCCEEDED)
        back = returned.pieces_back(self.order)
        rest = {line.pk: line.quantity - back.get(line.pk, 0) for line in self.lines}
        gone = sum(gross for (pk, _p), (gross, _n) in returned.given(self.order).items() if not pk)
        delivery = bool(self.order.delivery_gross) and not gone
        try:
            pieces.give_back(
                self.order, rest, delivery=delivery, reason="end", by=None, moment=self.moment
            )
        except REFUSALS:
            return
        rates = Counter()
        for part in self._live_parts():
            rates[part.rate] += part.gross + part.kept_gross
            rates[f"net {part.rate}"] += part.net + part.kept_net
        for one in self.order.vat_sums.all():
            assert rates[one.rate] == one.gross
            assert rates[f"net {one.rate}"] == one.net

    def _live_parts(self):
        for refund in self.order.payments.get().refunds.exclude(state=RefundState.FAILED):
            yield from refund.parts.all()

    def _answer(self, refund, to):
        number = f"re_{refund.pk}"
        found = RefundFinding(
            refund_id=number, state=to, amount=refund.amount, intent_id="pi", problem=""
        )
        with transaction.atomic():
            refunds.apply(refund, found, moment=self.moment)

    # --- What the dice choose from ---

    def _one_of(self, rows):
        found = list(rows.order_by("pk"))
        return self.dice.choice(found) if found else None

    @property
    def lines(self):
        return list(self.order.lines.order_by("position"))

    def _some(self):
        left = away.left_of(self.order)
        return {
            pk: self.dice.randint(0, min(count, self._sent_of(pk))) for pk, count in left.items()
        }

    def _sent_of(self, pk):
        line = self.order.lines.get(pk=pk)
        return line.quantity - fulfilments.left_of(self.order)[pk]

    def _placed(self, variants):
        dice = self.dice
        lines, taken = [], Decimal(0)
        shares = []
        for place, variant in enumerate(dice.sample(variants, dice.randint(1, 3))):
            quantity, unit = dice.randint(1, 4), CENT * dice.randint(1, 5000)
            rate = dice.choice([Decimal("19.00"), Decimal("7.00"), Decimal("0.00")])
            off = min(CENT * dice.choice([0, 0, 1, 7, 250]), unit * quantity - CENT)
            payable = unit * quantity - off
            net = rounded(payable * 100 / (100 + rate))
            lines.append(
                line_for(
                    variant,
                    quantity=quantity,
                    unit=unit,
                    rate=rate,
                    discount_gross=off,
                    net=net,
                    vat=payable - net,
                )
            )
            if off:
                shares.append((place, off))
            taken += off
        delivery = dice.choice([Decimal("0.00"), Decimal("4.90"), Decimal("12.90")])
        discounts = ()
        if taken:
            discounts = (
                DiscountDraft(
                    kind="order",
                    promotion_code="dice",
                    name="Dice",
                    gross=taken,
                    shares=tuple(shares),
                ),
            )
        draft = draft_for(
            *lines,
            delivery_gross=delivery,
            discount_gross=taken,
            discounts=discounts,
            total_gross=sum(one.gross for one in lines) - taken + delivery,
            vat_sums=_rates(lines, delivery),
        )
        return self._paid(draft)

    def _paid(self, draft):
        with transaction.atomic():
            order = lifecycle.create(draft, moment=self.moment)
            wanted = Counter()
            for line in draft.lines:
                wanted[line.variant_id] += line.quantity
            stock.reserve(wanted, reference=order.number, moment=self.moment)
        if self.sandbox:
            payments.start(order, moment=self.moment)
            self.sandbox.pay(order.payments.get())
            payments.settle(order.payments.get().pk, moment=self.moment)
            order.refresh_from_db()
            return order
        payment = order.payments.get()
        found = Finding(
            session_id=f"cs_{payment.pk}",
            outcome=Payments.PAID,
            amount=payment.amount,
            captured=payment.amount,
            currency="EUR",
            reference=order.number,
            payment_id=str(payment.public_id),
            intent_id=f"pi_{payment.pk}",
        )
        settling.apply(payment.pk, found, moment=self.moment)
        order.refresh_from_db()
        return order


def _rates(lines, delivery):
    """The delivery at the highest rate of its order, as its own part."""
    sums = {}
    for line in lines:
        net, vat = sums.get(line.vat_rate, (Decimal(0), Decimal(0)))
        sums[line.vat_rate] = (net + line.net, vat + line.vat)
    if delivery:
        rate = max(sums)
        extra = rounded(delivery * 100 / (100 + rate))
        net, vat = sums[rate]
        sums[rate] = (net + extra, vat + delivery - extra)
    return tuple(
        VatDraft(rate=rate, net=net, vat=vat, gross=net + vat) for rate, (net, vat) in sums.items()
    )
