"""Money came for an order: what that does to its payment and to itself.

Runs in the caller's transaction, which holds the order's lock. The table stands in
docs/algorithms/bank_transfers.md.
"""

import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Customer
from orders import attempts, outbox, settling, states
from orders.models import (
    BankTransaction,
    ByHand,
    MailKind,
    MoneyIn,
    MoneyMeans,
    Order,
    OrderStatus,
    Payment,
    PaymentState,
)
from orders.states import WrongState


def receive(
    order: Order,
    amount: Decimal,
    *,
    means: MoneyMeans,
    by: Customer | None,
    moment: datetime.datetime,
    transaction: BankTransaction | None = None,
) -> None:
    """Book `amount` (euros) for `order`: a part, all, or more than it needs.

    Raises `WrongState` while a provider's payment page is open: it must be closed first.
    """
    came = _Came(means, by, moment, transaction)
    if order.status == OrderStatus.CANCELLED:
        _receive_late(order, amount, came)
        return
    payment = _awaited(order, came)
    wanted = payment.amount - payment.captured if payment else Decimal(0)
    taken = min(amount, wanted)
    if payment and taken:
        _add(order, payment, taken, came)
    if amount > taken:
        problem = "overpaid" if taken else "paid twice"
        _excess(order, amount - taken, problem, came)
    states.recompute(order)
    _tell(order, payment, came)


class _Came:
    """How and when the money came."""

    def __init__(
        self,
        means: MoneyMeans,
        by: Customer | None,
        moment: datetime.datetime,
        transaction: BankTransaction | None,
    ) -> None:
        self.means, self.by, self.moment, self.transaction = means, by, moment, transaction

    @property
    def by_hand(self) -> ByHand:
        return ByHand.TRANSFER if self.means == MoneyMeans.BANK else ByHand.COUNTER


def _awaited(order: Order, came: _Came) -> Payment | None:
    """The payment that waits for money; one is made for an order whose other attempts are dead."""
    if order.payments.asked().exists():
        text = _("A payment for order %(number)s is being made at this moment.")
        raise WrongState(text % {"number": order.number})
    payment = order.payments.awaited().first()
    if payment is None and order.is_payable:
        payment = _attempt(order, came)
    return payment


def _attempt(order: Order, came: _Came) -> Payment:
    return attempts.first(
        order, moment=came.moment, by_hand=came.by_hand, gateway=came.by_hand.value
    )


def _add(order: Order, payment: Payment, amount: Decimal, came: _Came) -> None:
    captured = payment.captured + amount
    to = PaymentState.SUCCEEDED if captured == payment.amount else PaymentState.PARTIAL
    if not states.move_payment(payment, to, moment=came.moment, captured=captured):
        raise WrongState(f"{order.number}: the payment is {payment.state}.")
    _keep(payment, amount, came)
    settling.note(order, payment, came.moment, by=came.by)


def _keep(payment: Payment, amount: Decimal, came: _Came) -> MoneyIn:
    return MoneyIn.objects.create(
        payment=payment,
        transaction=came.transaction,
        means=came.means,
        amount=amount,
        actor=came.by,
        created_at=came.moment,
    )


def _excess(order: Order, amount: Decimal, problem: str, came: _Came) -> Payment:
    """What the order does not need lies in a payment of its own, and waits to be given back."""
    payment = _attempt(order, came)
    Payment.objects.filter(pk=payment.pk).update(amount=amount)
    payment.amount = amount
    states.move_payment(
        payment, PaymentState.MISMATCH, moment=came.moment, captured=amount, problem=problem
    )
    _keep(payment, amount, came)
    settling.note(order, payment, came.moment, problem=problem, by=came.by)
    return payment


def _tell(order: Order, payment: Payment | None, came: _Came) -> None:
    if payment is None:
        return
    if payment.state == PaymentState.SUCCEEDED and order.status == OrderStatus.PLACED:
        settling.confirm(order, reason="paid", moment=came.moment)
        states.recompute(order)
    elif payment.state == PaymentState.PARTIAL:
        outbox.withdraw(order, MailKind.ACKNOWLEDGEMENT)
        reference = f"{payment.public_id}-{payment.captured}"
        outbox.put(order, MailKind.PART_PAYMENT, moment=came.moment, reference=reference)


def _receive_late(order: Order, amount: Decimal, came: _Came) -> None:
    """For a cancelled order: it lives again when all fits, else everything goes back."""
    is_first = not order.payments.filter(captured__gt=0).exists()
    if is_first and amount == order.total_gross and not order.payments.live().exists():
        payment = order.payments.exclude(by_hand=ByHand.NO).order_by("-pk").first()
        payment = payment or _attempt(order, came)
        _add(order, payment, amount, came)
        states.recompute(order)
        settling.late(order, payment, came.moment)
    else:
        payment = _excess(order, amount, "paid after the order was cancelled", came)
        states.recompute(order)
        settling.give_back(order, payment, payment.problem, came.moment)
    states.recompute(order)
