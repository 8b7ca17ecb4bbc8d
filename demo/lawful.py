"""What special laws want known of the demo's goods: `goods/data/law.toml` becomes rows."""

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from catalog.models import (
    Device,
    FibreShare,
    Food,
    Guarantee,
    Manufacturer,
    Product,
    ProductType,
    Variant,
)
from demo import goods
from demo.goods import types

_DATA = Path(__file__).parent / "goods" / "data" / "law.toml"
_NUTRITION = (
    "energy_kj",
    "energy_kcal",
    "fat",
    "saturates",
    "carbohydrate",
    "sugars",
    "protein",
    "salt",
)


@functools.cache
def facts() -> Mapping[str, Any]:
    """The file as it is read."""
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


def tell(made: Mapping[str, Product]) -> None:
    """Write what the law wants of each of the products `made`, by their slugs."""
    known = facts()
    FibreShare.objects.bulk_create(
        FibreShare(product=made[slug], part=part, fibre=fibre, percent=percent)
        for slug, shares in known["fibres"].items()
        for part, fibre, percent in shares
    )
    Product.objects.filter(slug__in=known["animal_parts"]["slugs"]).update(has_animal_parts=True)
    for slug, (kind, place) in known["devices"].items():
        Device.objects.create(product=made[slug], battery_kind=kind, battery_place=place)
    for one in goods.catalogue().products:
        if one.food:
            _food(made[one.slug], one, known["foods"][one.slug])
    for slug, amount in known["deposits"].items():
        Variant.objects.filter(product__slug=slug).update(deposit=amount)
    for slug, promise in known["guarantees"].items():
        _guarantee(made[slug], promise)


def bind_types() -> None:
    """Say of each type of goods which laws hold for it."""
    for code, laws in facts()["laws"].items():
        ProductType.objects.filter(code=code).update(laws=laws)


def _food(product: Product, one: types.Product, known: Mapping[str, Any]) -> None:
    """Its operator is the maker: all foods of the demo are made in the EU."""
    assert one.food is not None and product.manufacturer is not None  # noqa: S101
    maker: Manufacturer = product.manufacturer
    fields = ("ingredients", "origin", "best_before", "storage")
    texts = {
        f"{field}_{code}": getattr(one.food, f"{field}_{code}")
        for field in fields
        for code in ("de", "en")
    }
    numbers = known.get("nutrition")
    Food.objects.create(
        product=product,
        designation_de=known["name"][0],
        designation_en=known["name"][1],
        has_no_nutrition=numbers is None,
        operator_name=maker.name,
        operator_address=maker.address,
        **texts,
        **(dict(zip(_NUTRITION, numbers, strict=True)) if numbers else {}),
    )


def _guarantee(product: Product, promise: Mapping[str, Any]) -> None:
    assert product.manufacturer is not None  # noqa: S101 - each product of the demo has one
    Guarantee.objects.create(
        product=product,
        covers_whole_product=True,
        is_free=True,
        guarantor_name=product.manufacturer.name,
        guarantor_address=product.manufacturer.address,
        **{
            name: value.strip() if isinstance(value, str) else value
            for name, value in promise.items()
        },
    )
