from orders.models.bank import (
    BankRule,
    BankState,
    BankStatement,
    BankTransaction,
    BankTransfer,
    MoneyIn,
    MoneyMeans,
    TransferState,
)
from orders.models.component import OrderLineComponent
from orders.models.discount import DiscountKind, OrderDiscount, OrderDiscountShare
from orders.models.dispute import Dispute, DisputeState
from orders.models.download import Download
from orders.models.fulfilment import Fulfilment, FulfilmentLine, KnownBy
from orders.models.line import OrderLine
from orders.models.mail import MailKind, OrderMail
from orders.models.order import (
    COVERED,
    AddressKind,
    EventKind,
    FulfilmentStatus,
    Order,
    OrderAddress,
    OrderEvent,
    OrderQuerySet,
    OrderStatus,
    OrderVat,
    PaymentStatus,
)
from orders.models.payment import (
    ByHand,
    Payment,
    PaymentState,
    Refund,
    RefundState,
    WebhookEvent,
)
from orders.models.reconciliation import (
    Difference,
    DifferenceKind,
    Reconciliation,
    ReconciliationState,
)
from orders.models.redemption import Redemption, RedemptionCount

__all__ = [
    "COVERED",
    "AddressKind",
    "BankRule",
    "BankState",
    "BankStatement",
    "BankTransaction",
    "BankTransfer",
    "ByHand",
    "Difference",
    "DifferenceKind",
    "DiscountKind",
    "Dispute",
    "DisputeState",
    "Download",
    "EventKind",
    "Fulfilment",
    "FulfilmentLine",
    "FulfilmentStatus",
    "KnownBy",
    "MailKind",
    "MoneyIn",
    "MoneyMeans",
    "Order",
    "OrderAddress",
    "OrderDiscount",
    "OrderDiscountShare",
    "OrderEvent",
    "OrderLine",
    "OrderLineComponent",
    "OrderMail",
    "OrderQuerySet",
    "OrderStatus",
    "OrderVat",
    "Payment",
    "PaymentState",
    "PaymentStatus",
    "Reconciliation",
    "ReconciliationState",
    "Redemption",
    "RedemptionCount",
    "Refund",
    "RefundState",
    "TransferState",
    "WebhookEvent",
]
