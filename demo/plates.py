"""Plain coloured plates instead of drawn pictures: a world for tests, seeded in seconds."""

import io

from django.db import transaction
from PIL import Image

from catalog import pictures
from catalog.models import Product, ProductPicture

SIDE = 400


def hang(made: dict[str, Product]) -> None:
    """One plate for each product; its colour follows from the slug."""
    for slug, product in made.items():
        hue = sum(slug.encode()) * 37 % 360
        out = io.BytesIO()
        Image.new("HSV", (SIDE, SIDE), (hue * 255 // 360, 90, 220)).convert("RGB").save(out, "PNG")
        encoded = pictures.encode(out.getvalue())
        with transaction.atomic():
            pictures.store(encoded)
            ProductPicture.objects.create(
                product=product, alt_de=product.name_de, alt_en=product.name_en, **encoded.columns
            )
