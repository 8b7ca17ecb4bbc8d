"""The only door to the payment providers.

A call to a provider is never made inside a transaction: the row and the parameters are stored and
committed before it, what came of it is applied in a transaction of its own after it.
"""

import dataclasses
import datetime
import time
from collections.abc import Collection
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Customer
from orders import access, attempts, settling
from orders.attempts import NotPayable
from orders.findings import (
    DisputeFinding,
    Finding,
    Message,
    Movement,
    ProviderAway,
    ProviderBusy,
    ProviderRefused,
    RefundFinding,
)
from orders.gateways.base import Gateway, HandGateway
from orders.gateways.on_pickup import OnPickup
from orders.gateways.prepayment import Prepayment
from orders.gateways.stripe import Stripe
from orders.models import ByHand, Dispute, Order, Payment, PaymentState, Refund
from orders.refunding import refunds
from orders.states import WrongState
from shop.kit import limits, locks

__all__ = ["CannotStart", "Method", "NotPayable", "ProviderAway", "ProviderRefused"]

PATIENCE = 8.0  # seconds that a shopper waits for the provider
SHORT_PATIENCE = 3.0  # on the return page
LONG_PATIENCE = 60.0  # in a worker
WAIT = 0.1  # seconds between two looks at what another request is doing
REPEATABLE_FOR = datetime.timedelta(hours=23)  # after 24 hours a key means nothing any more

_GATEWAYS: dict[str, Gateway] = {"stripe": Stripe()}
_BY_HAND: dict[str, HandGateway] = {"prepayment": Prepayment(), "on_pickup": OnPickup()}
PICKUP = "pickup"  # the kind of a delivery that the buyer fetches


class CannotStart(Exception):
    """The shopper cannot be sent to a payment page now; the order stays as it is.

    Its cause is `NotPayable`, `ProviderAway` (worth another try, under the same key) or
    `ProviderRefused`.
    """


@dataclasses.dataclass(frozen=True, slots=True)
class Method:
    """A way to pay that the checkout offers."""

    code: str
    name: str
    hint: str


@dataclasses.dataclass(frozen=True, slots=True)
class Terms:
    """What a way to pay means for an order: who brings the money, and how long it is awaited."""

    by_hand: ByHand
    is_due_later: bool
    kept_for: datetime.timedelta


def methods(*, delivery_kinds: Collection[str] = ()) -> list[Method]:
    """The ways to pay, in the active language; none without a configured provider.

    `delivery_kinds` are the kinds of the deliveries that are chosen, or still to be chosen from:
    at the counter can pay only who comes there.
    """
    codes = providers()
    codes += [code for code, gateway in _BY_HAND.items() if gateway.is_offered]
    return [
        Method(code, name_of(code), _hint(code))
        for code in codes
        if not terms_of(code).is_due_later or PICKUP in delivery_kinds
    ]


def name_of(code: str) -> str:
    """The name of a way to pay in the active language, also when it is no longer offered."""
    return {
        "stripe": _("Pay online"),
        "prepayment": _("Bank transfer in advance"),
        "on_pickup": _("Pay at pick-up"),
    }.get(code, code)


def _hint(code: str) -> str:
    days = {"days": terms_of(code).kept_for.days}
    return {
        "stripe": _(
            "Card, PayPal, Klarna and more, on the secure page of our payment partner Stripe."
        ),
        "prepayment": _(
            "You get our bank details and a QR code with the order. We keep the goods for"
            " %(days)d days and ship as soon as your money is here."
        )
        % days,
        "on_pickup": _(
            "In cash or by card when you fetch the goods. We keep them for you for %(days)d days."
        )
        % days,
    }[code]


def terms_of(code: str) -> Terms:
    """What the way to pay means for the order."""
    gateway = _BY_HAND.get(code)
    if gateway is None:
        return Terms(ByHand.NO, False, attempts.KEPT_FOR)
    return Terms(gateway.by_hand, gateway.is_due_later, gateway.kept_for)


# --- Start ---------------------------------------------------------------------------------------


def start(order: Order, *, moment: datetime.datetime, patience: float = PATIENCE) -> str:
    """The address of the hosted payment page for `order`; the same one while it is open.

    Where no provider is asked, that of the order itself: it says how to pay. Raises
    `CannotStart`. Never inside a transaction.
    """
    if terms_of(order.payment_method).by_hand:
        return access.path_of(order)
    try:
        return _start(order, moment, patience)
    except (NotPayable, ProviderAway, ProviderRefused, WrongState) as problem:
        raise CannotStart(order.number) from problem


def _start(order: Order, moment: datetime.datetime, patience: float) -> str:
    payment = attempts.live_or_new(order, moment=moment)
    if payment.state == PaymentState.OPEN:
        if payment.expires_at and payment.expires_at > moment and payment.url:
            return payment.url
        settle(payment.pk, moment=moment, patience=patience)
        payment = attempts.live_or_new(order, moment=moment)
    return _open(payment, moment, patience)


def _open(payment: Payment, moment: datetime.datetime, patience: float) -> str:
    for _again in range(2):
        payment = _with_parameters(payment, moment)
        is_first_call = payment.called_at == moment
        try:
            payment = _create(payment, moment, patience)
        except ProviderRefused:
            if is_first_call:
                raise
            # Old parameters, never taken: nothing exists under this key. A new attempt.
        except ProviderAway as problem:
            if is_first_call:
                raise
            look = _awaited if isinstance(problem, ProviderBusy) else _found
            payment = look(payment, moment, patience)
            if payment.state == PaymentState.OPEN:
                return payment.url
        else:
            if payment.state == PaymentState.OPEN and (payment.expires_at or moment) > moment:
                return payment.url
            # The answer to an old call was repeated; the page may be over by now.
            settle(payment.pk, moment=moment, patience=patience)
        payment = attempts.live_or_new(payment.order, moment=moment)
    raise ProviderAway("no payment page")


def _awaited(payment: Payment, moment: datetime.datetime, patience: float) -> Payment:
    """Another click of the shopper is opening the page at this moment: it will be ours too."""
    end = time.monotonic() + patience
    while payment.state == PaymentState.NEW and time.monotonic() < end:
        time.sleep(WAIT)
        payment = Payment.objects.get(pk=payment.pk)
    if payment.state != PaymentState.OPEN:
        raise ProviderAway("the other request brought no page")
    return payment


def _found(payment: Payment, moment: datetime.datetime, patience: float) -> Payment:
    """The same call fails again (a kept 500 does for a day): look whether the page exists at all.

    A page that is not there ends the attempt, so that the shopper can have another one.
    """
    found = _GATEWAYS[payment.gateway].find(
        payment, since=payment.called_at or moment, patience=patience
    )
    if found is not None:
        return _apply(payment.pk, found, moment)
    return attempts.close(
        payment.pk, PaymentState.FAILED, problem="no page was opened", moment=moment
    )


def _with_parameters(payment: Payment, moment: datetime.datetime) -> Payment:
    gateway = _GATEWAYS[payment.gateway]
    return attempts.with_parameters(payment.pk, gateway.parameters, moment=moment)


def _create(payment: Payment, moment: datetime.datetime, patience: float) -> Payment:
    try:
        found = _GATEWAYS[payment.gateway].create(
            payment.parameters or {}, key=payment.key, patience=patience
        )
    except ProviderRefused as problem:
        attempts.close(payment.pk, PaymentState.FAILED, problem=str(problem), moment=moment)
        raise
    return _apply(payment.pk, found, moment)


# --- Settle --------------------------------------------------------------------------------------


def settle(
    payment_pk: int,
    *,
    moment: datetime.datetime,
    session_id: str = "",
    patience: float = LONG_PATIENCE,
) -> Payment:
    """Ask the provider for the truth about an attempt and apply it. Idempotent.

    Called by the webhook's job, the return page, the sweeper and staff. `session_id` is a hint for
    an attempt whose page we never heard of. Raises `ProviderAway`, `ProviderRefused`, `WrongState`.
    """
    with transaction.atomic(durable=True):
        payment = Payment.objects.select_related("order").get(pk=payment_pk)
    if session := payment.provider_session or session_id:
        found = _GATEWAYS[payment.gateway].retrieve(session, patience=patience)
        payment = _apply(payment.pk, found, moment)
        _clear_up(payment, moment, patience)
    return payment


@locks.again_on_conflict
def _apply(payment_pk: int, found: Finding, moment: datetime.datetime) -> Payment:
    return settling.apply(payment_pk, found, moment=moment)


def _clear_up(payment: Payment, moment: datetime.datetime, patience: float) -> None:
    """After money came: close other pages of the order, send back what is not ours."""
    if payment.state not in (PaymentState.SUCCEEDED, PaymentState.MISMATCH):
        return
    for refund in refunds.due(moment).filter(payment=payment):
        carry_out(refund, moment=moment, patience=patience)
    if payment.state == PaymentState.SUCCEEDED:
        limits.release(attempts.held_as(payment.order.placement_token))
        for other in Payment.objects.asked().filter(order=payment.order_id).exclude(pk=payment.pk):
            expire(other, moment=moment, patience=patience)


def expire(
    payment: Payment, *, moment: datetime.datetime, patience: float = LONG_PATIENCE
) -> Payment:
    """End an attempt at the provider, so that no money can come any more.

    Returns the payment as it is then: when the shopper was faster it is processing or succeeded.
    Raises `ProviderAway` when nobody knows.
    """
    payment = settle(payment.pk, moment=moment, patience=patience)
    if payment.state == PaymentState.NEW:
        # The shopper never got its address: if a page exists, nobody can pay on it.
        return attempts.close(payment.pk, PaymentState.CANCELED, problem="", moment=moment)
    if payment.state != PaymentState.OPEN:
        return payment
    try:
        found = _GATEWAYS[payment.gateway].expire(
            payment.provider_session, key=f"{payment.public_id}-expire-v1", patience=patience
        )
    except ProviderRefused:
        return settle(payment.pk, moment=moment, patience=patience)
    return _apply(payment.pk, found, moment)


# --- Refund --------------------------------------------------------------------------------------


@locks.again_on_conflict
def refund(
    payment: Payment,
    *,
    amount: Decimal,
    reason: str,
    by: Customer | None,
    moment: datetime.datetime,
) -> Refund:
    """Ask for a refund of `amount` (gross). The provider is asked by `carry_out`, or by the job.

    Raises `refunds.NotRefundable` when the sum of the refunds would exceed the captured amount.
    """
    with transaction.atomic(durable=True):
        locks.locked_one(Order.objects.all(), payments=payment.pk)
        return refunds.request(payment, amount=amount, reason=reason, by=by, moment=moment)


def carry_out(
    refund: Refund, *, moment: datetime.datetime, patience: float = LONG_PATIENCE
) -> None:
    """Make the provider refund, or ask how a pending refund stands. Idempotent, never raises.

    Without an answer the same key is used again later, at most for 23 hours. What staff transfer
    themselves is left to them.
    """
    if refund.payment.by_hand or not refunds.claim(refund, moment=moment):
        return
    refund = Refund.objects.select_related("payment").get(pk=refund.pk)
    gateway = _GATEWAYS[refund.payment.gateway]
    try:
        if refund.provider_refund:
            found = gateway.retrieve_refund(refund.provider_refund, patience=patience)
        elif refund.called_at and refund.called_at < moment - REPEATABLE_FOR:
            Refund.objects.filter(pk=refund.pk).update(problem="unanswered for 23 hours")
            return
        else:
            found = gateway.refund(refund, key=refund.key, patience=patience)
    except ProviderAway as problem:
        Refund.objects.filter(pk=refund.pk).update(problem=str(problem)[:200])
    except ProviderRefused as problem:
        with transaction.atomic(durable=True):
            refunds.refuse(refund, str(problem), moment=moment)
    else:
        _apply_refund(refund, found, moment)


@locks.again_on_conflict
def _apply_refund(refund: Refund, found: RefundFinding, moment: datetime.datetime) -> None:
    with transaction.atomic(durable=True):
        refunds.apply(refund, found, moment=moment)


def settle_refund(
    gateway: str,
    refund_id: str,
    *,
    known: Refund | None,
    payment: Payment | None,
    moment: datetime.datetime,
    patience: float = LONG_PATIENCE,
) -> None:
    """Ask the provider about a refund and apply it; one that was made there is taken over.

    Raises `ProviderAway` and `ProviderRefused`.
    """
    found = _GATEWAYS[gateway].retrieve_refund(refund_id, patience=patience)
    if known is None and payment is not None:
        with transaction.atomic(durable=True):
            locks.locked_one(Order.objects.all(), payments=payment.pk)
            known = refunds.record(payment, found, moment=moment)
    if known is not None:
        _apply_refund(known, found, moment)


def settle_dispute(
    gateway: str,
    dispute_id: str,
    *,
    payment: Payment,
    moment: datetime.datetime,
    patience: float = LONG_PATIENCE,
) -> Dispute:
    """Ask the provider how a dispute stands and apply it. Idempotent, in any order.

    Raises `ProviderAway` and `ProviderRefused`.
    """
    found = _GATEWAYS[gateway].retrieve_dispute(dispute_id, patience=patience)
    return _apply_dispute(payment, found, moment)


@locks.again_on_conflict
def _apply_dispute(payment: Payment, found: DisputeFinding, moment: datetime.datetime) -> Dispute:
    with transaction.atomic(durable=True):
        return settling.apply_dispute(payment, found, moment=moment)


def read_message(gateway: str, body: bytes, signature: str) -> Message:
    """A verified message of a provider. Raises `findings.BadSignature`."""
    return _GATEWAYS[gateway].read_message(body, signature)


def providers() -> list[str]:
    """The configured providers with books of their own."""
    return [code for code, gateway in _GATEWAYS.items() if gateway.is_offered]


def movements(
    gateway: str, *, since: datetime.datetime, until: datetime.datetime
) -> list[Movement]:
    """All money that came or went back there in this time. Raises `ProviderAway`."""
    return _GATEWAYS[gateway].movements(since=since, until=until, patience=LONG_PATIENCE)
