"""S2: malformed requests over every address of cart, checkout and orders, and the webhook.

No answer is 5xx, no row of anybody else changes, and what is ordered costs what it costs. In this
process, through the whole of Django, so that thousands take seconds.
"""

import dataclasses
import random
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from catalog.models import Variant
from checkout.models import Cart
from demo.payment_sandbox import signing
from inventory.models import StockItem
from orders import access
from orders.models import Order, OrderLine, Payment, WebhookEvent
from tests.chaos import goods, mutations
from tests.chaos.figures import Figures
from tests.chaos.rig import Rig
from tests.chaos.sizes import Sizes
from tests.concurrency.conftest import filled_cart, place
from tests.pages import Page

NAMESPACES = ("checkout", "orders")
WEBHOOK = "/webhooks/stripe/"
PRICE = Decimal("24.00")
# At the order button one of these is always wrong, else it would be an order like any other.
AGREED = ("agreed_total", "token")


@dataclasses.dataclass
class Town:
    """The attacker's own cart and order, and those of somebody else."""

    variant: Variant
    cart: Cart
    order: Order
    foreign_cart: Cart
    foreign_order: Order

    def before(self) -> dict[str, Any]:
        """Everything that belongs to somebody else, and the whole ledger of stock and money."""
        cart = Cart.objects.get(pk=self.foreign_cart.pk)
        order = Order.objects.get(pk=self.foreign_order.pk)
        return {
            "cart": model_to_dict(cart),
            "lines": list(cart.lines.order_by("pk").values()),
            "order": model_to_dict(order),
            "order lines": list(order.lines.order_by("pk").values()),
            "addresses": list(order.addresses.order_by("pk").values()),
            "payments": list(order.payments.order_by("pk").values()),
            "events": order.events.count(),
            "captured": list(Payment.objects.filter(captured__gt=0).order_by("pk").values_list()),
            "on hand": list(StockItem.objects.order_by("pk").values_list("pk", "on_hand")),
        }


def run(rig: Rig, sizes: Sizes, figures: Figures, dice: random.Random) -> None:
    """30,000 requests, of which none may be answered with 5xx or change the books."""
    (variant,) = goods.shelf(1, pieces=1_000)
    town = settle(variant)
    before = town.before()
    requests = Requests(town, dice)
    for _number in range(sizes.malformed):
        rig.tree.wish.check()
        requests.send()
    WebhookEvent.objects.filter(event_id__startswith="evt_fuzz").delete()
    report(figures, town, before, requests)
    connection.close()


def settle(variant: Variant) -> Town:
    """Two people with a cart and an order each."""
    return Town(
        variant,
        cart=filled_cart(variant),
        order=place(filled_cart(variant)),
        foreign_cart=filled_cart(variant),
        foreign_order=place(filled_cart(variant)),
    )


def report(figures: Figures, town: Town, before: dict[str, Any], requests: "Requests") -> None:
    """What must hold afterwards."""
    figures.demand_none(requests.failed, "answers 5xx")
    after = town.before()
    figures.demand_none([name for name in before if before[name] != after[name]], "changes")
    wrong = OrderLine.objects.filter(variant=town.variant).exclude(unit_gross=PRICE)
    figures.demand_none(wrong, "lines at another price")
    classes = _classes(requests.statuses)
    figures.demand({"2xx", "3xx", "4xx"} <= set(classes), f"only {classes}: these got nowhere")
    figures.demand(len(requests.fields) > 12, f"only the fields {requests.fields} were found")
    figures.note(
        requests=sum(requests.statuses.values()),
        addresses=len(requests.patterns),
        fields=len(requests.fields),
        answers=classes,
        seen_5xx=len(requests.failed),
    )


def _classes(statuses: Counter[int]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for status, number in statuses.items():
        found[f"{status // 100}xx"] += number
    return dict(sorted(found.items()))


class Requests:
    """Sends one malformed request after another."""

    def __init__(self, town: Town, dice: random.Random) -> None:
        self._town, self._dice = town, dice
        self.patterns = list(_patterns())
        self.statuses: Counter[int] = Counter()
        self.failed: list[str] = []
        self._number = 0
        self.fields = self._known_fields()

    def send(self) -> None:
        self._number += 1
        kind = self._dice.randrange(10)
        if kind == 0:
            self._message()
        elif kind == 1:
            self._address()
        elif kind == 2:
            self._look()
        else:
            self._form()

    # --- The kinds -------------------------------------------------------------------------------

    def _form(self) -> None:
        name, path = self._path()
        fields = {key: self._value(key) for key in self._some(self.fields)}
        if name == "checkout:place":
            fields |= {key: self._value(key) for key in AGREED}
        critical = tuple(key for key in AGREED if key in fields)[:1]
        body = mutations.form(self._dice, fields, at_least=critical)
        is_odd = self._dice.random() < 0.1
        method = self._dice.choice(mutations.METHODS) if is_odd else "POST"
        kind = self._dice.choice(mutations.TYPES) if self._dice.random() < 0.1 else _FORM
        self._ask(method, path, body, kind)

    def _address(self) -> None:
        _name, path = self._path()
        self._ask("GET", mutations.address(self._dice, path), b"", _FORM)

    def _look(self) -> None:
        """A good address with a bad query."""
        _name, path = self._path()
        query = mutations.form(self._dice, dict.fromkeys(self._some(self.fields), "1"))
        self._ask("GET", f"{path}?{query[:2_000].decode()}", b"", _FORM)

    def _message(self) -> None:
        body = mutations.event(self._dice, self._number)
        signed = signing.header(body, settings.STRIPE_WEBHOOK_SECRETS[0])
        header = self._dice.choice((signed, signed, signed, signed[:-3], "", "t=x,v1=\x00", "t=1"))
        self._ask("POST", WEBHOOK, body, "application/json", HTTP_STRIPE_SIGNATURE=header)

    # --- Their parts -----------------------------------------------------------------------------

    def _path(self) -> tuple[str, str]:
        """An address of the shop, with own, foreign and impossible parts."""
        name, parts = self._dice.choice(self.patterns)
        path = "/de/"
        for part in parts:
            path += part if isinstance(part, str) else self._part(part[0])
        return name, path

    def _part(self, converter: str) -> str:
        town, dice = self._town, self._dice
        if converter == "int":
            carts = (town.cart, town.foreign_cart)
            lines = [one.pk for cart in carts for one in cart.lines.all()]
            return str(dice.choice([*lines, 0, 2**31, 2**63, 10**30]))
        own = access.token_for(town.order)
        foreign = mutations.word(dice, access.token_for(town.foreign_order))
        return dice.choice((own, foreign, str(town.cart.token), str(town.foreign_cart.token)))

    def _known_fields(self) -> list[str]:
        """The names of all fields on the pages of a purchase."""
        client = Client(SERVER_NAME="localhost", HTTP_COOKIE=f"cart={self._town.cart.token}")
        found = {"variant", "quantity", "engraving", *AGREED, "seen_digest"}
        order = access.path_of(self._town.order, language="de")
        for path in ("/de/cart/", "/de/checkout/", "/de/checkout/review/", order):
            for one in Page(client.get(path)).forms:
                found |= set(one.values)
        return sorted(found - {"csrfmiddlewaretoken"})

    def _some(self, names: list[str]) -> list[str]:
        return names if self._dice.random() < 0.5 else self._dice.sample(names, 4)

    def _value(self, name: str) -> str:
        """A plausible value, so that what is malformed beside it gets as far as possible."""
        known = {
            "variant": self._town.variant.pk,
            "quantity": 1,
            "agreed_total": self._dice.choice(("36.90", "0.01", "24.00")),
            "token": self._dice.choice(
                (self._town.cart.placement_token, self._town.foreign_cart.placement_token)
            ),
            **self._town.cart.contact,
            "delivery_method": "express",
            "payment_method": "stripe",
        }
        return str(known.get(name, "x"))

    def _ask(self, method: str, path: str, body: bytes, kind: str, **extra: str) -> None:
        cart = self._dice.choice((self._town.cart.token, self._town.cart.token, "x", "\\0", "%00"))
        client = Client(raise_request_exception=False, SERVER_NAME="localhost")
        response = client.generic(
            method, path, body, kind, HTTP_COOKIE=f"cart={cart}; session=x", **extra
        )
        self.statuses[response.status_code] += 1
        if response.status_code >= 500:
            trace = getattr(response, "exc_info", None)
            problem = f"{trace[0].__name__}: {trace[1]}" if trace else ""
            self.failed.append(f"{response.status_code} {method} {path[:80]} {problem[:150]}")


_FORM = "application/x-www-form-urlencoded"


def _patterns() -> Iterator[tuple[str, list[Any]]]:
    """All addresses of the namespaces: name, and texts and converters of the path in turns."""
    for language in get_resolver().url_patterns:
        if isinstance(language, URLResolver):
            yield from _below(language, [], "")


def _below(resolver: URLResolver, before: list[Any], space: str) -> Iterator[tuple[str, list[Any]]]:
    for one in resolver.url_patterns:
        parts = [*before, *_parts(one)]
        if isinstance(one, URLResolver):
            yield from _below(one, parts, one.namespace or space)
        elif isinstance(one, URLPattern) and space in NAMESPACES:
            yield f"{space}:{one.name}", parts


def _parts(pattern: Any) -> list[Any]:
    route = str(pattern.pattern)
    found: list[Any] = []
    while "<" in route:
        text, _open, rest = route.partition("<")
        inside, _close, route = rest.partition(">")
        found += [text, (inside.partition(":")[0],)]
    return [*found, route]
