"""What to show beside a product."""

from catalog.models import ProductStatus
from discovery.models import ProductAffinity


def for_product(product_id: int, *, limit: int) -> list[int]:
    """The ids of the products that go best with this one, the best first, in one statement.

    Drafts and archived products are left out; the list may be shorter than `limit`, or empty.
    """
    rows = ProductAffinity.objects.filter(
        product_id=product_id, other__status=ProductStatus.ACTIVE
    ).order_by("-score", "other_id")
    return list(rows.values_list("other_id", flat=True)[:limit])
