"""What the shopper saw before pressing the order button, as one short word."""

import hashlib
import json

from checkout.models import Cart
from checkout.quoting import Quote


def digest(cart: Cart, quote: Quote) -> str:
    """SHA-256 of goods, prices, discounts, delivery, VAT, payment and address: of what is agreed.

    The same total says little: in another window the goods may have been exchanged for others at
    the same price, or the address for another one.
    """
    lines = [
        (
            line.item.variant_id,
            line.item.quantity,
            line.item.engraving,
            str(line.item.unit_gross),
            str(line.item.unit_deposit),
            str(line.discount_gross),
            [(part.variant_id, part.quantity) for part in line.item.parts],
        )
        for line in quote.lines
    ]
    delivery = (quote.delivery.code, str(quote.delivery_gross)) if quote.delivery else ()
    discounts = [
        (one.promotion.code, one.promotion.coupon_code, str(one.gross)) for one in quote.discounts
    ]
    taxed = (quote.country, [(str(one.rate), str(one.vat)) for one in quote.vat_sums])
    agreed = [lines, discounts, delivery, cart.payment_method, cart.contact, taxed]
    return hashlib.sha256(json.dumps(agreed, sort_keys=True).encode()).hexdigest()
