"""How much of what its type asks for is said of a product."""

import dataclasses
from collections import defaultdict
from collections.abc import Collection

from django.utils.translation import gettext as _

from catalog.models import (
    Attribute,
    AttributeValue,
    Option,
    Product,
    TypeAttribute,
    Variant,
)

FIELD = "attribute_"


@dataclasses.dataclass(frozen=True, slots=True)
class Completeness:
    """`filled` of `total` attributes of the type have a value; the `required` ones that lack it."""

    filled: int = 0
    total: int = 0
    required: tuple[Attribute, ...] = ()

    @property
    def text(self) -> str:
        """For staff: "7 of 9 attributes filled"; empty where the product has no type."""
        if not self.total:
            return ""
        facts = {"filled": self.filled, "total": self.total}
        return _("%(filled)d of %(total)d attributes filled") % facts


def of(products: Collection[Product]) -> dict[int, Completeness]:
    """Of each product; four statements, however many there are; one where no type asks.

    An attribute is filled by a value of the product, by one of every variant for sale, or by an
    option of the product.
    """
    types = {product.product_type_id for product in products} - {None}
    asked: dict[int, list[TypeAttribute]] = defaultdict(list)
    rows = TypeAttribute.objects.filter(product_type__in=types).select_related("attribute")
    for one in rows.order_by("position", "pk"):
        asked[one.product_type_id].append(one)
    if not asked:
        return {product.pk: Completeness() for product in products}
    keys = [product.pk for product in products if product.product_type_id in asked]
    said = set(
        AttributeValue.objects.filter(product_id__in=keys).values_list(
            "product_id", "attribute_id", "variant_id"
        )
    )
    options = set(
        Option.objects.filter(product_id__in=keys, attribute__isnull=False).values_list(
            "product_id", "attribute_id"
        )
    )
    variants: dict[int, list[int]] = defaultdict(list)
    for product_id, pk in Variant.objects.filter(product_id__in=keys, is_active=True).values_list(
        "product_id", "pk"
    ):
        variants[product_id].append(pk)

    def is_filled(product_id: int, one: TypeAttribute) -> bool:
        attribute_id = one.attribute_id
        if (product_id, attribute_id) in options or (product_id, attribute_id, None) in said:
            return True
        held = variants[product_id]
        each = all((product_id, attribute_id, variant_id) in said for variant_id in held)
        return bool(held) and each

    found: dict[int, Completeness] = {}
    for product in products:
        of_type = asked[product.product_type_id or 0]
        empty = [one for one in of_type if not is_filled(product.pk, one)]
        required = tuple(one.attribute for one in empty if one.is_required)
        found[product.pk] = Completeness(len(of_type) - len(empty), len(of_type), required)
    return found


def missing(product: Product) -> dict[str, str]:
    """What its type requires and nobody has said yet, per field: `attribute_material` → why."""
    return wanted(product, of([product])[product.pk]) if product.product_type_id else {}


def wanted(product: Product, known: Completeness) -> dict[str, str]:
    """The same, where it is known already how complete `product` is."""
    facts = {"type": product.product_type}
    return {
        f"{FIELD}{attribute.code}": _("Say “%(attribute)s”: the type “%(type)s” requires it.")
        % (facts | {"attribute": attribute})
        for attribute in known.required
    }
