"""Pick list and packing slips of many orders as one PDF."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from orders import receipts
from orders.carriers import code128
from orders.models import Order
from orders.shipping import picking, queue
from shop import legal
from shop.kit import languages, typesetting


def pdf(orders: Sequence[Order], *, moment: datetime.datetime) -> bytes:
    """The pick list in the active language, then a slip of each order in the order's own.

    A slip lists what this parcel has to hold, not what has left before. Five statements and three
    per order. Raises `typesetting.CannotTypeset`.
    """
    return typesetting.pdf(
        "packing",
        data(orders, moment=moment),
        language=languages.active(),
        title=_("Pick list and packing slips"),
        moment=moment.replace(microsecond=0),
    )


def data(orders: Sequence[Order], *, moment: datetime.datetime) -> dict[str, Any]:
    """What stands on the sheets."""
    lines = queue.left(orders)
    return {
        "words": {
            "title": _("Pick list"),
            "sum": _("%(orders)s orders · %(time)s")
            % {"orders": len(orders), "time": receipts.time(moment)},
            "shelf": _("Shelf"),
            "sku": _("SKU"),
            "name": _("Product"),
            "pieces": _("Pieces"),
            "orders": _("Orders"),
        },
        "picks": [
            {
                "shelf": " · ".join(filter(None, (one.location, one.shelf))) or "–",
                "sku": one.sku,
                "name": one.title,
                "pieces": one.quantity,
                "orders": ", ".join(one.orders),
            }
            for one in picking.pick_list(orders)
        ],
        "slips": [_slip(order, lines.get(order.pk, [])) for order in orders],
    }


def _slip(order: Order, lines: list[Any]) -> dict[str, Any]:
    with translation.override(order.language):
        merchant = legal.merchant()
        receipt = receipts.receipt(order)
        return {
            "words": {
                "title": _("Packing slip"),
                "order": _("Order %(number)s of %(day)s")
                % {"number": order.number, "day": receipt["placed_on"]},
                "delivery": order.delivery_name,
                "sku": _("SKU"),
                "name": _("Product"),
                "pieces": _("Pieces"),
                "note": _("Your note: %(note)s") % {"note": order.note} if order.note else "",
                "thanks": _("Thank you for your order. Questions? %(email)s")
                % {"email": merchant.email},
            },
            "sender": [
                merchant.name,
                merchant.street,
                f"{merchant.postcode} {merchant.city}",
            ],
            "address": receipt["delivery_address"],
            "bars": list(code128.widths(order.number)),
            "number": order.number,
            "lines": [
                {
                    "sku": line.sku,
                    "name": line.title,
                    "engraving": line.engraving,
                    "pieces": left,
                    "components": [
                        f"{one.quantity} × {one.sku} · {one.title}"
                        for one in picking.pieces_of(line, left)
                        if line.components.all()
                    ],
                }
                for line, left in lines
            ],
        }
