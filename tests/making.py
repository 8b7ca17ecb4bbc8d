"""Small makers for tests of the apps: one row each, with what the database demands and no more."""

import datetime
import itertools
from decimal import Decimal

from accounts.models import Customer
from catalog.models import Category, Product, ProductStatus, Variant
from orders.models import Order, OrderLine

NOON = datetime.datetime(2026, 3, 2, 12, 0, tzinfo=datetime.UTC)
_numbers = itertools.count(1)


def make_customer(email: str = "", **fields) -> Customer:
    """A customer without a password, so that no test waits for a hash."""
    return Customer.objects.create_user(email or f"ada{next(_numbers)}@example.com", **fields)


def make_product(slug: str = "", status: ProductStatus = ProductStatus.ACTIVE) -> Product:
    """A product on sale since `NOON`, in a category of its own."""
    slug = slug or f"mug-{next(_numbers)}"
    category = Category.objects.create(
        slug=f"for-{slug}", path=f"for-{slug}", name_de="Geschirr", name_en="Tableware"
    )
    return Product.objects.create(
        slug=slug,
        category=category,
        name_de="Becher",
        name_en="Mug",
        summary_de="Steinzeug, 300 ml",
        summary_en="Stoneware, 300 ml",
        status=status,
        published_at=NOON,
    )


def make_variant(product: Product) -> Variant:
    """One SKU of a product."""
    return Variant.objects.create(product=product, sku=f"SKU-{next(_numbers)}")


def make_order(
    customer: Customer | None,
    *,
    names: list[str],
    variants: list[Variant] | None = None,
    placed_at: datetime.datetime = NOON,
    **facts,
) -> Order:
    """An order of one piece of each name at 10 euros; the `variants` stand in the same order."""
    total = Decimal(10 * len(names))
    order = Order.objects.create(
        customer=customer,
        number=f"K-TEST-{next(_numbers)}",
        email="ada@example.com",
        language="en",
        placed_at=placed_at,
        delivery_method="standard",
        delivery_name="Parcel",
        delivery_from=placed_at.date(),
        delivery_to=placed_at.date(),
        goods_gross=total,
        delivery_gross=0,
        total_gross=total,
        payment_method="card",
        terms_version="2026-11",
        **facts,
    )
    for position, name in enumerate(names):
        OrderLine.objects.create(
            order=order,
            variant=variants[position] if variants else None,
            position=position,
            sku=f"SKU-{name}",
            name=name,
            quantity=1,
            unit_gross=10,
            gross=10,
            vat_rate=0,
            net=10,
            vat=0,
        )
    return order
