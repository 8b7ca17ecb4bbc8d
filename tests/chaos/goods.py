"""What the rig sells: goods with a name that stands on the page that refuses them."""

import itertools

from catalog.models import Category, Variant
from inventory.models import StockLocation
from tests import making

_numbers = itertools.count(1)


def shelf(count: int, *, pieces: int, gross: str = "24.00") -> list[Variant]:
    """So many variants with so many pieces each, on sale."""
    warehouse = StockLocation.objects.filter(code="chaos").first()
    warehouse = warehouse or making.make_warehouse("chaos")
    category, _made = Category.objects.get_or_create(
        slug="chaos", defaults={"path": "chaos", "name_de": "Chaos", "name_en": "Chaos"}
    )
    found = []
    for _one in range(count):
        number = next(_numbers)
        product = making.make_product(
            f"chaos-{number}",
            category=category,
            name_de=f"Ware {number:05}",
            name_en=f"Good {number:05}",
        )
        variant = making.make_variant(product, gross=gross, sku=f"CHAOS-{number:05}")
        making.put_in_stock(variant, pieces, warehouse)
        found.append(making.shelve(variant))
    return found
