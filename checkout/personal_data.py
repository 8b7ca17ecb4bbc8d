"""What the cart knows of a person."""

from typing import Any

from accounts.models import Customer
from checkout.models import Cart

MODELS = ["checkout.Cart"]


def export(customer: Customer) -> dict[str, Any]:
    """Open carts with their lines, and what was typed at the checkout."""
    return {
        "carts": [
            {
                "created_at": cart.created_at.isoformat(),
                "contact": cart.contact,
                "lines": [
                    {
                        "sku": line.variant.sku,
                        "quantity": line.quantity,
                        "engraving": line.engraving,
                    }
                    for line in cart.lines.select_related("variant").order_by("pk")
                ],
                "beside": [
                    {
                        "kind": line.kind,
                        "sku": line.variant.sku,
                        "quantity": line.quantity,
                        "engraving": line.engraving,
                    }
                    for line in cart.aside.select_related("variant").order_by("pk")
                ],
            }
            for cart in Cart.objects.filter(customer=customer).order_by("pk")
        ]
    }


def erase(customer: Customer) -> None:
    """Carts go with all they hold; orders are none of them."""
    Cart.objects.filter(customer=customer).delete()
