"""Which counted variants can be ordered now, as `inventory` tells."""

from collections.abc import Collection

from django.db import connection, transaction

_GONE = """
DELETE FROM catalog_variantinstock AS stock USING catalog_variant AS variant
WHERE variant.id = stock.variant_id AND stock.variant_id = ANY(%s) RETURNING variant.product_id
"""
_BACK = """
INSERT INTO catalog_variantinstock (variant_id)
SELECT id FROM catalog_variant WHERE id = ANY(%s) ORDER BY id
ON CONFLICT DO NOTHING RETURNING (
    SELECT product_id FROM catalog_variant WHERE id = variant_id
)
"""
_KNOWN = "SELECT variant_id FROM catalog_variantinstock"


@transaction.atomic
def note(*, in_stock: Collection[int], sold_out: Collection[int]) -> set[int]:
    """Note what inventory found. Returns the products that this changed: lists show it once they
    are refreshed. Variants that are not named stay as they are."""
    products: set[int] = set()
    with connection.cursor() as cursor:
        for statement, variant_ids in ((_GONE, sold_out), (_BACK, in_stock)):
            if variant_ids:
                cursor.execute(statement, [sorted(variant_ids)])
                products.update(pk for (pk,) in cursor.fetchall())
    return products


def known() -> set[int]:
    """The variants that are noted as in stock."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN)
        return {pk for (pk,) in cursor.fetchall()}
