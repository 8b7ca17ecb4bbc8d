"""Reads the goods from `data/*.toml`: texts stay texts, and variants are spelled out here.

A price, weight, stock or content may be one value for the whole product, or a table keyed by the
codes of option values ("*" is the rest), so that sixteen T-shirts need one line and not sixteen.
"""

import itertools
import tomllib
import zlib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from demo.goods import gtins
from demo.goods.types import (
    Brand,
    Catalogue,
    Category,
    Company,
    Content,
    Detail,
    Energy,
    Food,
    Option,
    OptionValue,
    Product,
    Sale,
    Variant,
)

DATA = Path(__file__).parent / "data"
PAIRS = ("name", "summary", "description")
OPTIONAL_PAIRS = ("battery", "warnings", "fibre", "care")


@cache
def catalogue() -> Catalogue:
    """Everything the demo sells, in the order of the shelves; the same values every time."""
    ground = _load("ground.toml")
    companies = {slug: Company(slug=slug, **facts) for slug, facts in ground["company"].items()}
    library = {code: option(code, facts) for code, facts in ground["option"].items()}
    products: list[Product] = []
    for shelf in ground["shelves"]:
        for facts in _load(f"{shelf}.toml")["product"]:
            number = len(products) + 1
            products.append(_product(facts, number=number, companies=companies, library=library))
    return Catalogue(
        categories=tuple(
            Category(position=position, parent=facts.pop("parent", None), **facts)
            for position, facts in enumerate(ground["category"], start=1)
        ),
        brands=tuple(Brand(slug=slug, name=name) for slug, name in ground["brand"].items()),
        products=tuple(products),
    )


def _load(name: str) -> dict[str, Any]:
    with (DATA / name).open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)


def option(code: str, facts: Mapping[str, Any]) -> Option:
    """An option of the library with all its values."""
    values = tuple(
        OptionValue(
            code=value,
            name_de=names[0],
            name_en=names[1],
            swatch=(names[2:] or [None])[0],
        )
        for value, names in facts["values"].items()
    )
    return Option(code=code, name_de=facts["de"], name_en=facts["en"], values=values)


def _product(
    facts: dict[str, Any],
    *,
    number: int,
    companies: Mapping[str, Company],
    library: Mapping[str, Option],
) -> Product:
    options = tuple(
        _narrowed(library[code], wanted) for code, wanted in facts.pop("options", {}).items()
    )
    variants = _variants(facts, number=number, options=options)
    texts = {
        f"{name}_{lang}": facts.pop(f"{name}_{lang}") for name in PAIRS for lang in ("de", "en")
    }
    for name in OPTIONAL_PAIRS:
        texts |= {f"{name}_{lang}": facts.pop(f"{name}_{lang}", "") for lang in ("de", "en")}
    responsible = facts.pop("responsible", None)
    product = Product(
        slug=facts.pop("slug"),
        category=facts.pop("category"),
        further_categories=tuple(facts.pop("also", ())),
        brand=facts.pop("brand", "kontor"),
        details=tuple(Detail(*row) for row in facts.pop("details")),
        vat_class=facts.pop("vat", "standard"),
        options=options,
        variants=variants,
        manufacturer=companies[facts.pop("maker")],
        responsible_person=companies[responsible] if responsible else None,
        is_digital=facts.pop("is_digital", False),
        is_gift_card=facts.pop("is_gift_card", False),
        withdrawal_exception=facts.pop("withdrawal", ""),
        published_days_ago=facts.pop("published", 400),
        is_featured=facts.pop("featured", False),
        energy=_made(Energy, facts.pop("energy", None)),
        food=_made(Food, facts.pop("food", None)),
        related=tuple(facts.pop("related", ())),
        search_words=tuple(facts.pop("words", ())),
        **texts,
    )
    if facts:
        raise ValueError(f"{product.slug}: unknown keys {sorted(facts)}")
    return product


def _made(shape: type, facts: Mapping[str, Any] | None) -> Any:
    return shape(**facts) if facts else None


def _narrowed(option: Option, wanted: list[str]) -> Option:
    known = {value.code: value for value in option.values}
    return Option(
        code=option.code,
        name_de=option.name_de,
        name_en=option.name_en,
        values=tuple(known[code] for code in wanted),
    )


def _variants(
    facts: dict[str, Any], *, number: int, options: tuple[Option, ...]
) -> tuple[Variant, ...]:
    article = facts.pop("article")
    price, weight = facts.pop("price"), facts.pop("weight", 0)
    stock, sale = facts.pop("stock", None), facts.pop("sale", None)
    content, lead = facts.pop("content", None), facts.pop("lead", 0)
    energy = facts.pop("energy_of", None)
    axes = [[(option.code, value.code) for value in option.values] for option in options]
    variants = []
    for place, combination in enumerate(itertools.product(*axes), start=1):
        codes = [code for _, code in combination]
        sku = "-".join([article, *(code.upper() for code in codes)])
        pieces = _pick(stock, codes)
        variants.append(
            Variant(
                sku=sku,
                gtin=gtins.in_store(number * 100 + place),
                option_values=combination,
                price=Decimal(_pick(price, codes)),
                sale=_sale(sale, codes),
                stock=_usual_stock(sku) if pieces is None else pieces,
                weight_g=_pick(weight, codes),
                content=_content(content, codes),
                is_made_to_order=lead > 0,
                lead_days=lead,
                energy=_made(Energy, _pick(energy, codes)),
            )
        )
    return tuple(variants)


def _pick(table: Any, codes: list[str]) -> Any:
    """The entry for a combination: the whole of it first, then any of its values, then the rest."""
    if not isinstance(table, dict):
        return table
    for key in ("/".join(codes), *codes):
        if key in table:
            return table[key]
    return table.get("*")


def _sale(sale: Mapping[str, Any] | None, codes: list[str]) -> Sale | None:
    price = _pick(sale["price"], codes) if sale else None
    if sale is None or price is None:
        return None
    return Sale(price=Decimal(price), started_days_ago=sale["days_ago"])


def _content(content: Mapping[str, Any] | None, codes: list[str]) -> Content | None:
    if content is None:
        return None
    return Content(amount=Decimal(_pick(content["amount"], codes)), unit=content["unit"])


def _usual_stock(sku: str) -> int:
    """Between 8 and 67 pieces, spread by the SKU: the same shelf on every machine."""
    return 8 + zlib.crc32(sku.encode()) % 60
