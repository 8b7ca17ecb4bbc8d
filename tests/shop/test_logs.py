"""A whole purchase with its troubles leaves no personal data and no key to an order in the logs."""

import io
import logging
import logging.config

import pytest
from django.conf import settings as django_settings
from django.test import Client

from checkout.models import Cart
from orders import access, jobs
from orders.models import Order
from tests.checkout.conftest import CONTACT
from tests.conftest import PASSWORD
from tests.pages import Page


@pytest.fixture
def log():
    """What the shop's own handler would write, at the level of production."""
    stream = io.StringIO()
    handlers = dict(logging.Logger.manager.loggerDict)
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    logging.config.dictConfig(
        django_settings.LOGGING | {"root": {"handlers": ["console"], "level": "INFO"}}
    )
    console = root.handlers[-1]
    console.setStream(stream)
    yield stream
    root.handlers[:], root.level = before[0], before[1]
    assert handlers is not None


def buy(client, mug):
    client.post("/de/cart/lines/", {"variant": mug.pk, "quantity": 1})
    client.post("/de/checkout/", CONTACT | {"street": ""})
    client.post("/de/checkout/", CONTACT)
    cart = Cart.objects.get()
    agreed = Page(client.get("/de/checkout/review/")).form("/de/checkout/place/").values
    client.post("/de/checkout/place/", agreed | {"agreed_total": "1.00"})
    return cart, client.post("/de/checkout/place/", agreed)


@pytest.mark.django_db(transaction=True)
def test_a_purchase_leaves_neither_names_nor_keys_in_the_logs(log, mug, ada, settings, request):
    settings.ROOT_URLCONF = "tests.shop.broken_urls"
    client = Client(raise_request_exception=False)

    cart, away = buy(client, mug)  # the provider is away
    order = Order.objects.get()
    token = access.token_for(order)
    path = access.path_of(order)
    request.getfixturevalue("sandbox")
    client.get(path)
    client.post(f"{path}payment/")
    client.get(path[:-3] + "x/")  # a token with a slip of the pen
    client.get("/de/search/?q=Deichstraße")
    client.post("/de/account/login/", {"login": ada.email, "password": "wrong-password"})
    client.post("/de/account/login/", {"login": ada.email, "password": PASSWORD})
    client.post("/de/account/password/reset/", {"email": "ben@example.org"})
    client.get(f"/de/broken/{token}/")
    Client(enforce_csrf_checks=True).post(f"{path}payment/")
    Client().get(path, headers={"Host": "evil.example"})
    client.post("/webhooks/stripe/", b"{}", content_type="application/json")
    jobs.sweep_mails()

    text = log.getvalue()
    assert away.status_code == 303
    assert '"view": "checkout:place"' in text
    assert '"status": 500' in text
    secrets = [
        ada.email, "ben@example.org", "Ben Quast", "Quast", "Deichstra", "Hinterhaus", "20459",
        token, token[:20], path[:-3], cart.token, str(cart.placement_token), PASSWORD,
        "wrong-password",
    ]  # fmt: skip
    found = {secret: line for secret in secrets for line in text.splitlines() if secret in line}
    assert not found


@pytest.mark.django_db
def test_each_line_of_a_request_carries_its_id(log, mug):
    Client().get("/de/", headers={"X-Request-ID": "mark-12345678"})

    lines = [line for line in log.getvalue().splitlines() if '"message": "request"' in line]
    assert len(lines) == 1
    assert '"request_id": "mark-12345678"' in lines[0]
    assert '"view": "home"' in lines[0]


@pytest.mark.django_db(transaction=True)
def test_an_address_that_the_payment_partner_refuses_is_not_in_the_logs(log, mug, request):
    client = Client()
    buy(client, mug)  # the provider is away
    request.getfixturevalue("sandbox")
    Order.objects.update(email='"quast@home"@example.org')
    Order.objects.get().payments.update(state="failed")

    answer = client.post(f"{access.path_of(Order.objects.get())}payment/")

    assert answer["Location"].endswith("?unreachable=1")
    assert "payment page not reached: ProviderRefused" in log.getvalue()
    assert "quast" not in log.getvalue()
