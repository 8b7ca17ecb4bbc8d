"""The made-up world: the same every time, and left alone where there are goods already."""

import random

import pytest
from django.core.management import call_command

from accounts.models import Customer
from catalog.models import Price, Product, Variant
from demo import history, merchant, people
from inventory.models import StockItem
from orders.models import Order
from reviews.models import Review


def test_the_same_number_makes_the_same_people():
    def everybody(number):
        return people.customers(random.Random(number))

    assert everybody(42) == everybody(42)
    assert everybody(42) != everybody(43)
    assert len({one.email for one in everybody(42)}) == 40


def _world():
    """All that does not depend on the hour of the seeding and on random tokens."""
    orders = Order.objects.order_by("placed_at")
    states = ("email", "total_gross", "status", "payment_status", "fulfilment_status")
    return {
        "products": list(Product.objects.order_by("slug").values_list("slug", "name_de", "status")),
        "variants": list(Variant.objects.order_by("sku").values_list("sku", "label_en", "gtin")),
        "prices": list(
            Price.objects.order_by("variant__sku", "kind").values_list("variant__sku", "gross")
        ),
        "customers": list(Customer.objects.order_by("email").values_list("email", "name")),
        "stock": list(
            StockItem.objects.order_by("variant__sku").values_list(
                "variant__sku", "on_hand", "reserved"
            )
        ),
        "orders": list(orders.values_list(*states)),
        "lines": list(
            orders.order_by("placed_at", "lines__position").values_list(
                "lines__sku", "lines__quantity"
            )
        ),
        "reviews": list(
            Review.objects.order_by("product__slug", "customer__email").values_list(
                "product__slug", "customer__email", "stars", "title", "state"
            )
        ),
    }


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_world_is_the_same_every_time_and_never_made_twice(monkeypatch, capsys, settings):
    """With fewer orders than the demo has, for the sake of time."""
    for name, value in merchant.BANK.items():
        setattr(settings, name.removeprefix("MERCHANT_"), value)
    monkeypatch.setattr(history, "ORDERS", len(history._RECENT) + 12)
    call_command("seed", "--plates")
    first = _world()

    paid = {status for *_facts, status, _fulfilment in first["orders"]}
    assert {"partly_paid", "overpaid", "unpaid", "mismatch"} <= paid

    capsys.readouterr()
    call_command("seed", "--plates")
    assert capsys.readouterr().out == "There are goods already; nothing is changed.\n"
    assert _world() == first

    call_command("flush", interactive=False, verbosity=0)
    call_command("seed", "--plates")
    second = _world()
    assert {name: second[name] == first[name] for name in first} == dict.fromkeys(first, True)
    assert (len(first["orders"]), len(first["products"]) >= 55) == (history.ORDERS, True)
