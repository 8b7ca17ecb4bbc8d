"""The town: Ada (customer), Ben (guest), Carol (another customer), Sam (staff), and goods to buy.

The goods: mug (ten in stock, 24.00), lamp (the last piece, 149.00), tea (by weight, 7 % VAT, 9.90),
pen (engraved, made to order, 39.00), pattern (digital, 12.00).
"""

import uuid
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client

from accounts.models import Customer
from catalog import categories
from catalog.collections import showing
from catalog.listing import book, keeping
from catalog.models import Variant, WithdrawalException
from catalog.storefront import home_page
from catalog.vat import schemes
from demo.payment_sandbox import config, server
from inventory.models import StockLocation
from shop import chrome, structured_data
from tests import making

PASSWORD = "correct horse battery"


@pytest.fixture(scope="session", autouse=True)
def _static_root() -> None:
    """An empty folder stands in for what collectstatic would make."""
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)


@pytest.fixture(autouse=True)
def _memory_of_its_own(settings) -> None:
    """No test finds what another one left in the cache or in the memory of the process."""
    default = {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}
    settings.CACHES = {"default": default}
    keeping.forget()
    book.forget()
    memories = (
        categories._tree,
        schemes.is_small_in,
        home_page._kept,
        chrome._shared,
        showing._kept,
        structured_data.terms_in,
    )
    for kept in memories:
        kept.cache_clear()


def _account(email: str, name: str, **fields) -> Customer:
    customer = Customer.objects.create_user(email, PASSWORD, name=name, **fields)
    EmailAddress.objects.create(user=customer, email=email, verified=True, primary=True)
    return customer


@pytest.fixture
def ada(db) -> Customer:
    """A customer; her password is `PASSWORD`."""
    return _account("ada@example.com", "Ada Petersen", language="de")


@pytest.fixture
def carol(db) -> Customer:
    """Another customer, who has nothing to do with Ada."""
    return _account("carol@example.com", "Carol Jensen", language="en")


@pytest.fixture
def sam(db) -> Customer:
    """Staff with every right."""
    return _account("sam@kontor.example", "Sam Harms", is_staff=True, is_superuser=True)


@pytest.fixture
def ben() -> Client:
    """The browser of a guest."""
    return Client()


@pytest.fixture
def rules(db) -> None:
    """VAT rates and ways of delivery."""
    making.make_rules()


@pytest.fixture
def warehouse(db) -> StockLocation:
    return making.make_warehouse("luebeck")


@pytest.fixture
def mug(rules, warehouse) -> Variant:
    """Ten in stock, 24.00 EUR."""
    product = making.make_product("mug")
    variant = making.make_variant(product, sku="MUG-1", weight_g=400)
    making.put_in_stock(variant, 10, warehouse)
    return making.shelve(variant)


@pytest.fixture
def lamp(rules, warehouse) -> Variant:
    """The last piece, 149.00 EUR."""
    product = making.make_product("lamp", name_de="Leuchte", name_en="Lamp")
    variant = making.make_variant(product, gross="149.00", sku="LAMP-1", weight_g=2000)
    making.put_in_stock(variant, 1, warehouse)
    return making.shelve(variant)


@pytest.fixture
def tea(rules, warehouse) -> Variant:
    """250 g for 9.90 EUR at the reduced rate, 30 packets in stock."""
    product = making.make_product("tea", name_de="Ostfriesentee", name_en="East Frisian tea")
    variant = making.make_variant(
        product,
        gross="9.90",
        sku="TEA-250",
        vat_class="reduced",
        content_amount=Decimal(250),
        content_unit="g",
    )
    making.put_in_stock(variant, 30, warehouse)
    return making.shelve(variant)


@pytest.fixture
def pen(rules) -> Variant:
    """Engraved for 39.00 EUR, made to order in three working days."""
    product = making.make_product(
        "pen",
        name_de="Füller",
        name_en="Fountain pen",
        engraving_length=24,
        withdrawal_exception=WithdrawalException.CUSTOM_MADE,
    )
    variant = making.make_variant(
        product, gross="39.00", sku="PEN-1", has_stock_limit=False, lead_days=3
    )
    return making.shelve(variant)


@pytest.fixture
def pattern(rules) -> Variant:
    """A download for 12.00 EUR."""
    product = making.make_product(
        "pattern",
        name_de="Strickanleitung",
        name_en="Knitting pattern",
        is_digital=True,
        withdrawal_exception=WithdrawalException.DIGITAL,
    )
    making.make_file(product)
    variant = making.make_variant(product, gross="12.00", sku="PATTERN-1", has_stock_limit=False)
    return making.shelve(variant)


@pytest.fixture
def sandbox(settings) -> Iterator[server.Sandbox]:
    """The payment provider in this process; the shop's own client talks to it."""
    box = server.Sandbox(config.Config(secret_key=settings.STRIPE_SECRET_KEY))
    box.start()
    settings.STRIPE_API_BASE = box.url
    yield box
    box.stop()
