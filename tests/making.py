"""Small makers for tests of the apps: one row each, with what the database demands and no more."""

import datetime
import itertools

from accounts.models import Customer
from catalog.models import Category, Product, ProductStatus

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
