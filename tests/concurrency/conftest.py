"""Many at once: threads with connections of their own, released by one barrier."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections

from checkout import carts, placing
from checkout.models import Cart
from shop.kit import clock
from tests.checkout.conftest import CONTACT

PATIENCE = 60


@pytest.fixture
def at_once(transactional_db) -> Iterator[Callable[..., list[Any]]]:
    """`at_once(act, arguments)`: one thread for each argument; results or exceptions in order."""
    options = connections.databases["default"]["OPTIONS"]
    before = options["pool"]
    connection.close_pool()
    options["pool"] = {**before, "max_size": 24, "timeout": PATIENCE}

    def run(act: Callable[[Any], Any], arguments: list[Any]) -> list[Any]:
        gate = threading.Barrier(len(arguments))

        def one(argument: Any) -> Any:
            try:
                gate.wait(PATIENCE)
                return act(argument)
            except Exception as problem:
                return problem
            finally:
                connection.close()

        with ThreadPoolExecutor(len(arguments)) as threads:
            return list(threads.map(one, arguments))

    yield run
    connection.close_pool()
    options["pool"] = before


def filled_cart(*variants) -> Cart:
    """A cart with one piece of each, ready to be ordered."""
    moment = clock.now()
    cart = carts.create(customer=None, moment=moment)
    for variant in variants:
        carts.add(cart, variant, quantity=1, moment=moment)
    contact = {name: text for name, text in CONTACT.items() if not name.endswith("_method")}
    carts.save_choices(
        cart, contact=contact, delivery_method="express", payment_method="stripe", moment=moment
    )
    return cart


def place(cart: Cart):
    moment = clock.now()
    return placing.place(
        cart,
        agreed_total=placing.prepare(cart, moment=moment).quote.total_gross,
        token=cart.placement_token,
        terms_version="1",
        moment=moment,
    )
