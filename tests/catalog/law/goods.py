"""A product that may go on sale, so that each test takes away one thing."""

from decimal import Decimal

from catalog.models import Manufacturer, Product, ProductPicture, ProductStatus, ProductType
from tests.making import make_product, make_variant

PICTURE = {"key": "0" * 20, "width": 400, "height": 400, "widths": [160, 400], "color": "#ffffff"}


def make_maker(**fields) -> Manufacturer:
    values = {
        "name": f"Töpferei {Manufacturer.objects.count()}",
        "address": "Weg 1, 23552 Lübeck",
        "email": "post@example.com",
        "country": "DE",
    }
    return Manufacturer.objects.create(**values | fields)


def make_complete(*laws: str, **fields) -> Product:
    """A draft that lacks nothing that the law wants of all goods; of a type with `laws`."""
    kind = ProductType.objects.create(
        code=f"type-{ProductType.objects.count()}", name_de="Art", name_en="Kind", laws=list(laws)
    )
    values = {
        "status": ProductStatus.DRAFT,
        "published_at": None,
        "description_de": "Ein Becher.",
        "description_en": "A mug.",
        "product_type": kind,
    }
    if "manufacturer" not in fields:
        values["manufacturer"] = make_maker()
    product = make_product(**values | fields)
    ProductPicture.objects.create(product=product, alt_de="Becher", alt_en="Mug", **PICTURE)
    make_variant(product, content_amount=Decimal(250), content_unit="g")
    return product
