"""Stripe: hosted Checkout. The only module that imports `stripe` or speaks its words."""

import datetime
import functools
import json
import logging
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import stripe
from django.conf import settings
from django.utils.translation import gettext as _

from orders.findings import (
    BadSignature,
    DisputeFinding,
    Finding,
    Message,
    Movement,
    MovementKind,
    Outcome,
    ProviderAway,
    ProviderBusy,
    ProviderRefused,
    RefundFinding,
)
from orders.models import Order, OrderLine, Payment, Refund
from shop.kit.money import Money

log = logging.getLogger(__name__)

SKEW = datetime.timedelta(minutes=5)
LIFETIME = datetime.timedelta(minutes=31)  # Stripe's floor is 30 minutes
RETRIES = 2
PAUSE_SECONDS = 0.5  # what the client waits before it repeats a call
TOLERANCE_SECONDS = 300
MAX_LINES = 100
EXPAND = ["payment_intent"]


class Stripe:
    """The gateway. Without a secret key it is not offered."""

    code = "stripe"

    @property
    def is_offered(self) -> bool:
        return bool(settings.STRIPE_SECRET_KEY)

    def parameters(
        self, order: Order, payment: Payment, *, order_url: str, moment: datetime.datetime
    ) -> dict[str, Any]:
        ids = {"order": order.number, "payment": str(payment.public_id)}
        return {
            "mode": "payment",
            "ui_mode": "hosted_page",
            "client_reference_id": order.number,
            "customer_email": order.email,
            "locale": order.language,
            "line_items": _line_items(order),
            "metadata": ids,
            "payment_intent_data": {"description": order.number, "metadata": ids},
            "expires_at": int((moment + LIFETIME).timestamp()),
            "success_url": f"{order_url}?session={{CHECKOUT_SESSION_ID}}",
            "cancel_url": order_url,
            "expand": EXPAND,
        }

    def create(self, parameters: dict[str, Any], *, key: str, patience: float) -> Finding:
        return _finding(
            _call(
                lambda client: client.v1.checkout.sessions.create(
                    params=parameters,  # type: ignore[arg-type]
                    options={"idempotency_key": key},
                ),
                patience,
            )
        )

    def retrieve(self, session_id: str, *, patience: float) -> Finding:
        return _finding(
            _call(
                lambda client: client.v1.checkout.sessions.retrieve(
                    session_id, params={"expand": EXPAND}
                ),
                patience,
            )
        )

    def find(
        self, payment: Payment, *, since: datetime.datetime, patience: float
    ) -> Finding | None:
        window = {
            "gte": int((since - SKEW).timestamp()),
            "lte": int((since + LIFETIME).timestamp()),
        }

        def look(client: stripe.StripeClient) -> stripe.checkout.Session | None:
            rows = client.v1.checkout.sessions.list(
                params={  # type: ignore[arg-type]
                    "created": window,
                    "limit": 100,
                    "expand": ["data.payment_intent"],
                }
            )
            wanted = str(payment.public_id)
            for row in rows.auto_paging_iter():
                if row.metadata and row.metadata.to_dict().get("payment") == wanted:
                    return row
            return None

        found = _call(look, patience)
        return _finding(found) if found else None

    def expire(self, session_id: str, *, key: str, patience: float) -> Finding:
        return _finding(
            _call(
                lambda client: client.v1.checkout.sessions.expire(
                    session_id, params={"expand": EXPAND}, options={"idempotency_key": key}
                ),
                patience,
            )
        )

    def refund(self, refund: Refund, *, key: str, patience: float) -> RefundFinding:
        return _refund_finding(
            _call(
                lambda client: client.v1.refunds.create(
                    params={
                        "payment_intent": refund.payment.provider_intent,
                        "amount": Money(refund.amount).cents,
                        "metadata": {"refund": str(refund.pk)},
                    },
                    options={"idempotency_key": key},
                ),
                patience,
            )
        )

    def retrieve_refund(self, refund_id: str, *, patience: float) -> RefundFinding:
        return _refund_finding(
            _call(lambda client: client.v1.refunds.retrieve(refund_id), patience)
        )

    def retrieve_dispute(self, dispute_id: str, *, patience: float) -> DisputeFinding:
        return _dispute_finding(
            _call(lambda client: client.v1.disputes.retrieve(dispute_id), patience)
        )

    def movements(
        self, *, since: datetime.datetime, until: datetime.datetime, patience: float
    ) -> list[Movement]:
        params = {
            "created": {"gte": int(since.timestamp()), "lte": int(until.timestamp())},
            "limit": 100,
        }

        def read(client: stripe.StripeClient) -> list[Movement]:
            intents = client.v1.payment_intents.list(params=params)  # type: ignore[arg-type]
            refunds = client.v1.refunds.list(params=params)  # type: ignore[arg-type]
            return [
                *(_paid(one) for one in intents.auto_paging_iter() if one.status == "succeeded"),
                *(_back(one) for one in refunds.auto_paging_iter() if one.status not in _NOT_BACK),
            ]

        return _asked(read, patience)

    def read_message(self, body: bytes, signature: str) -> Message:
        _verify(body, signature)
        try:
            event = json.loads(body)
            subject = event["data"]["object"]
            return Message(
                event_id=str(event["id"]),
                type=str(event["type"]),
                object_id=str(subject.get("id") or ""),
                hint={
                    "object": subject.get("object"),
                    "payment_intent": _id_of(subject.get("payment_intent")),
                    "metadata": subject.get("metadata") or {},
                    "created": event.get("created"),
                },
                is_decline=event["type"] == "payment_intent.payment_failed",
                reference=str((subject.get("metadata") or {}).get("order") or ""),
                card=_card_of(subject),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise BadSignature("not an event") from problem


def _card_of(intent: dict[str, Any]) -> str:
    """The fingerprint of the card that was refused last; empty for other ways to pay."""
    method = (intent.get("last_payment_error") or {}).get("payment_method") or {}
    return str((method.get("card") or {}).get("fingerprint") or "")


def _verify(body: bytes, signature: str) -> None:
    """Try every secret: while one is rolled, two are valid."""
    for secret in settings.STRIPE_WEBHOOK_SECRETS:
        try:
            stripe.WebhookSignature.verify_header(body, signature, secret, TOLERANCE_SECONDS)
        except (stripe.SignatureVerificationError, UnicodeDecodeError):
            continue
        return
    raise BadSignature("no secret fits")


def _line_items(order: Order) -> list[dict[str, Any]]:
    lines = list(order.lines.order_by("position"))
    items = [_goods(line, order) for line in lines if line.payable_gross]
    items += [
        _item(f"{_('Deposit')}: {line.title}", line.unit_deposit, line.quantity, order)
        for line in lines
        if line.unit_deposit
    ]
    if order.delivery_gross:
        items.append(_item(order.delivery_name, order.delivery_gross, 1, order))
    is_exact = sum(_cents(item) for item in items) == Money(order.total_gross).cents
    if is_exact and len(items) <= MAX_LINES and not any(_is_odd(line) for line in lines):
        return items
    return [_item(order.number, order.total_gross, 1, order)]


def _goods(line: OrderLine, order: Order) -> dict[str, Any]:
    """Pieces at their price; of a line with a discount, what is payable for all of it."""
    if not line.discount_gross:
        return _item(line.title, line.unit_gross, line.quantity, order)
    name = line.title if line.quantity == 1 else f"{line.quantity} × {line.title}"
    return _item(name, line.payable_gross, 1, order)


def _is_odd(line: OrderLine) -> bool:
    """A line whose sum is not quantity times price: the page would show another sum than we do."""
    return line.gross != line.unit_gross * line.quantity


def _item(name: str, gross: Decimal, quantity: int, order: Order) -> dict[str, Any]:
    return {
        "price_data": {
            "currency": order.currency.lower(),
            "unit_amount": Money(gross).cents,
            "product_data": {"name": name},
        },
        "quantity": quantity,
    }


def _cents(item: dict[str, Any]) -> int:
    return int(item["price_data"]["unit_amount"]) * int(item["quantity"])


def _finding(session: dict[str, Any]) -> Finding:
    intent = session["payment_intent"]
    is_known = isinstance(intent, dict)
    received = intent["amount_received"] if is_known else 0
    return Finding(
        session_id=session["id"],
        outcome=_outcome(session, intent["status"] if is_known else ""),
        amount=Money.from_cents(session["amount_total"] or 0).amount,
        captured=Money.from_cents(received or 0).amount,
        currency=(session["currency"] or "").upper(),
        reference=session["client_reference_id"] or "",
        payment_id=(session["metadata"] or {}).get("payment", ""),
        intent_id=_id_of(intent),
        url=session["url"] or "",
        expires_at=datetime.datetime.fromtimestamp(session["expires_at"], datetime.UTC),
    )


def _outcome(session: dict[str, Any], intent_status: str) -> Outcome:
    if session["status"] == "open":
        return Outcome.OPEN
    if session["status"] == "expired":
        return Outcome.EXPIRED
    if session["payment_status"] in ("paid", "no_payment_required"):
        return Outcome.PAID
    if intent_status in ("requires_payment_method", "canceled"):
        return Outcome.FAILED
    return Outcome.PROCESSING


_NOT_BACK = ("failed", "canceled")


def _paid(intent: stripe.PaymentIntent) -> Movement:
    return Movement(
        kind=MovementKind.PAID,
        movement_id=intent.id,
        intent_id=intent.id,
        amount=Money.from_cents(intent.amount_received).amount,
        currency=intent.currency.upper(),
        happened_at=datetime.datetime.fromtimestamp(intent.created, datetime.UTC),
        own_id=_own_id(intent, "payment"),
    )


def _back(refund: stripe.Refund) -> Movement:
    return Movement(
        kind=MovementKind.REFUNDED,
        movement_id=refund.id,
        intent_id=_id_of(refund.payment_intent),
        amount=Money.from_cents(refund.amount).amount,
        currency=refund.currency.upper(),
        happened_at=datetime.datetime.fromtimestamp(refund.created, datetime.UTC),
        own_id=_own_id(refund, "refund"),
    )


def _own_id(thing: stripe.PaymentIntent | stripe.Refund, name: str) -> str:
    return str(thing.metadata.to_dict().get(name, "")) if thing.metadata else ""


_REFUND_STATES = {"succeeded": "succeeded", "failed": "failed", "canceled": "failed"}


def _refund_finding(refund: dict[str, Any]) -> RefundFinding:
    return RefundFinding(
        refund_id=refund["id"],
        state=_REFUND_STATES.get(refund["status"] or "", "pending"),
        amount=Money.from_cents(refund["amount"]).amount,
        intent_id=_id_of(refund["payment_intent"]),
        problem=refund.get("failure_reason") or "",
    )


# An inquiry ("warning") has taken no money yet; closed without more, it is as good as won.
_DISPUTE_STATES = {
    "warning_needs_response": "inquiry",
    "warning_under_review": "inquiry",
    "warning_closed": "won",
    "prevented": "won",
    "needs_response": "open",
    "under_review": "review",
    "won": "won",
    "lost": "lost",
}


def _dispute_finding(dispute: dict[str, Any]) -> DisputeFinding:
    due_by = (dispute.get("evidence_details") or {}).get("due_by")
    return DisputeFinding(
        dispute_id=dispute["id"],
        state=_DISPUTE_STATES.get(dispute["status"] or "", "open"),
        amount=Money.from_cents(dispute["amount"]).amount,
        intent_id=_id_of(dispute["payment_intent"]),
        reason=(dispute.get("reason") or "")[:80],
        answer_until=datetime.datetime.fromtimestamp(due_by, datetime.UTC) if due_by else None,
    )


def _id_of(thing: Any) -> str:
    """An object is given as itself or as its id."""
    return str((thing["id"] if isinstance(thing, dict) else thing) or "")


@functools.lru_cache(maxsize=8)
def _client(secret: str, address: str, patience: float) -> stripe.StripeClient:
    """A client whose call, repetitions included, ends within `patience` seconds."""
    retries = 0 if patience <= 3 else 1 if patience <= 10 else RETRIES
    timeout = (patience - retries * PAUSE_SECONDS) / (retries + 1)
    return stripe.StripeClient(
        secret,
        base_addresses={"api": address},
        max_network_retries=retries,
        http_client=stripe.RequestsClient(timeout=timeout),
    )


def _call(
    ask: Callable[[stripe.StripeClient], stripe.StripeObject | None], patience: float
) -> dict[str, Any]:
    answer = _asked(ask, patience)
    return answer.to_dict() if answer is not None else {}


def _asked[Answer](ask: Callable[[stripe.StripeClient], Answer], patience: float) -> Answer:
    client = _client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE, patience)
    try:
        return ask(client)
    except stripe.StripeError as problem:
        raise _problem(problem) from problem


def _problem(problem: stripe.StripeError) -> Exception:
    """What the error means to us: only what the provider will never do counts as a refusal."""
    # The client leaves `code` empty for this status.
    if problem.error and problem.error.code == "idempotency_key_in_use":
        return ProviderBusy(_words(problem))
    is_refusal = isinstance(problem, (stripe.InvalidRequestError, stripe.CardError))
    if is_refusal and problem.http_status != 409:
        return ProviderRefused(_words(problem))
    log.warning("provider away: %s", _words(problem))
    return ProviderAway(_words(problem))


def _words(problem: stripe.StripeError) -> str:
    return f"{type(problem).__name__} {problem.http_status or ''} {problem.code or ''}".strip()
