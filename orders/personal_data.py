"""What orders know about a customer (Art. 15, 17 and 20 GDPR).

Orders are kept: § 147 AO and § 257 HGB demand the records for eight years, Art. 17 (3) b GDPR
allows it. Erasure cuts the tie to the account, ends the signed links and stops mails that wait.
Invoices name the buyer and cannot be changed; § 14b UStG keeps them for eight years as well.
Names and account numbers of payers are part of the bank's bookings, which are kept as long (§ 147
AO); of other people's money only what names one of our orders or transfers is stored at all.
Declarations of withdrawal are business letters and prove a claim (§ 257 (1) no. 2 HGB, Art. 17 (3)
b and e GDPR): they are exported and kept as they came.
"""

from typing import Any

from django.db.models import F, Q, QuerySet

from accounts.models import Customer
from catalog.models import VatSchemeChange
from orders.models import (
    BankStatement,
    BankTransaction,
    BankTransfer,
    Difference,
    Fulfilment,
    MoneyIn,
    Order,
    OrderEvent,
    OrderLine,
    OrderMail,
    ParcelLabel,
    Refund,
    Return,
    ReturnPhoto,
    Withdrawal,
    WithdrawalCase,
)
from orders.returns import photos
from shop.kit.mail import MailState

_OF_ADDRESS = (
    *("kind", "name", "company", "post_number", "street", "extra"),
    *("postcode", "city", "region", "country", "phone"),
)
# What somebody on staff decided about money: the row stays, the name may go.
_STAFF: list[tuple[Any, str]] = [
    (BankStatement, "actor"),
    (BankTransaction, "decided_by"),
    (BankTransfer, "actor"),
    (MoneyIn, "actor"),
    (Difference, "closed_by"),
    (Return, "opened_by"),
    (WithdrawalCase, "decided_by"),
]


def export(customer: Customer) -> dict[str, Any]:
    """The orders with all that belongs to them and what happened; and acts as staff, if any."""
    return {
        "orders": [_order(one) for one in Order.objects.filter(customer=customer).order_by("pk")],
        "withdrawals": [_withdrawal(one) for one in _declared_by(customer)],
        "acts_as_staff": {
            "events": OrderEvent.objects.filter(actor=customer).count(),
            "refunds": Refund.objects.filter(actor=customer).count(),
            "fulfilments": Fulfilment.objects.filter(actor=customer).count(),
            "parcel_labels": ParcelLabel.objects.filter(actor=customer).count(),
            "vat_schemes": VatSchemeChange.objects.filter(actor=customer).count(),
            "bank": sum(
                model.objects.filter(**{field: customer}).count() for model, field in _STAFF
            ),
        },
    }


def _declared_by(customer: Customer) -> QuerySet[Withdrawal]:
    """What was declared about the customer's orders, or from their mailbox."""
    own = Q(case__order__customer=customer) | Q(linked_order__customer=customer)
    rows = Withdrawal.objects.filter(own | Q(email__iexact=customer.email))
    return rows.select_related("case").order_by("pk").distinct()


def _withdrawal(row: Withdrawal) -> dict[str, Any]:
    return {
        "number": row.number,
        "received_at": row.received_at.isoformat(),
        "name": row.name,
        "email": row.email,
        "statement": row.statement,
        "network": row.network,
        "state": row.case.state,
        "reason": row.case.reason,
    }


def _order(order: Order) -> dict[str, Any]:
    return {
        "number": order.number,
        "placed_at": order.placed_at.isoformat(),
        "email": order.email,
        "language": order.language,
        "status": order.status,
        "payment_status": order.payment_status,
        "fulfilment_status": order.fulfilment_status,
        "total_gross": str(order.total_gross),
        "currency": order.currency,
        "note": order.note,
        "lines": [_line(line) for line in order.lines.order_by("position")],
        "discounts": [
            {"name": one.name, "coupon": one.coupon_code, "gross": str(one.gross)}
            for one in order.discounts.order_by("position")
        ],
        "addresses": list(order.addresses.order_by("pk").values(*_OF_ADDRESS)),
        "payments": [
            {"amount": str(one.amount), "state": one.state, "at": one.created_at.isoformat()}
            for one in order.payments.order_by("pk")
        ],
        **_money(order),
        "returns": [_return(one) for one in order.returns.order_by("pk")],
        "events": [
            {"kind": one.kind, "to": one.to_status, "at": one.created_at.isoformat()}
            for one in order.events.order_by("pk")
        ],
        "documents": [
            {
                "number": one.number,
                "kind": one.kind,
                "gross": str(one.gross),
                "issued_at": one.issued_at.isoformat(),
                "buyer": one.content["buyer"],
            }
            for one in order.documents.order_by("pk")
        ],
        "downloads": [
            {
                "name": one.name,
                "count": one.downloaded_count,
                "first_at": one.first_at.isoformat() if one.first_at else None,
            }
            for one in order.downloads.as_listed()
        ],
        "mails": [
            {"kind": one.kind, "state": one.state, "at": one.created_at.isoformat()}
            for one in order.mails.order_by("pk")
        ],
    }


def _money(order: Order) -> dict[str, Any]:
    received = MoneyIn.objects.filter(payment__order=order).select_related("transaction")
    return {
        "transfers_received": [
            {"amount": str(one.amount), "at": one.created_at.isoformat()} | _payer(one)
            for one in received.order_by("pk")
        ],
        "transfers_made": [
            {
                "amount": str(one.amount),
                "name": one.name,
                "iban": one.iban,
                "at": one.created_at.isoformat(),
            }
            for one in order.bank_transfers.order_by("pk")
        ],
    }


def _return(entry: Return) -> dict[str, Any]:
    return {
        "number": entry.number,
        "track": entry.track,
        "state": entry.state,
        "reason": entry.reason,
        "words": entry.words,
        "decision": entry.decision,
        "photos": entry.photos.count(),
        "at": entry.opened_at.isoformat(),
    }


def _payer(money: MoneyIn) -> dict[str, str]:
    booking = money.transaction
    if booking is None:
        return {}
    return {
        "name": booking.payer_name,
        "iban": booking.payer_iban,
        "reference": booking.remittance,
    }


def _line(line: OrderLine) -> dict[str, Any]:
    return {
        "sku": line.sku,
        "name": line.title,
        "engraving": line.engraving,
        "quantity": line.quantity,
        "gross": str(line.gross),
        "discount": str(line.discount_gross),
        "deposit": str(line.deposit_gross),
    }


def erase(customer: Customer) -> None:
    """Cut the tie to the account; the legal record stays. What staff did stays without a name."""
    orders = Order.objects.filter(customer=customer)
    waiting = OrderMail.objects.filter(order__in=orders, state=MailState.QUEUED)
    waiting.filter(order__status__in=["completed", "cancelled"]).delete()
    Return.objects.filter(order__in=orders).update(words="")
    photos.forget(list(ReturnPhoto.objects.filter(goods_return__order__in=orders)))
    orders.update(customer=None, access_version=F("access_version") + 1)
    OrderEvent.objects.filter(actor=customer).update(actor=None)
    Refund.objects.filter(actor=customer).update(actor=None)
    Fulfilment.objects.filter(actor=customer).update(actor=None)
    ParcelLabel.objects.filter(actor=customer).update(actor=None)
    for model, field in _STAFF:
        model.objects.filter(**{field: customer}).update(**{field: None})
