from orders.models.component import OrderLineComponent
from orders.models.discount import DiscountKind, OrderDiscount, OrderDiscountShare
from orders.models.download import Download
from orders.models.fulfilment import Fulfilment, FulfilmentLine
from orders.models.line import OrderLine
from orders.models.mail import MailKind, OrderMail
from orders.models.order import (
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
from orders.models.payment import Payment, PaymentState, Refund, RefundState, WebhookEvent

__all__ = [
    "AddressKind",
    "DiscountKind",
    "Download",
    "EventKind",
    "Fulfilment",
    "FulfilmentLine",
    "FulfilmentStatus",
    "MailKind",
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
    "Refund",
    "RefundState",
    "WebhookEvent",
]
