"""What the goods of a chunk are as rows, table by table; everything but the writing."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from catalog.models import (
    AttributeValue,
    Device,
    FibreShare,
    Food,
    Option,
    OptionValue,
    Price,
    PriceKind,
    Product,
    ProductPicture,
    ProductStatus,
    Variant,
    VatClass,
)
from demo.catalogue import describing, lawful, planning
from demo.catalogue.goods import Cut, Good, Piece
from inventory.models import MovementKind, StockItem, StockMovement

Row = dict[str, Any]
DAY = datetime.timedelta(days=1)
CHOSEN = Variant.option_values.through
# In the order in which they are written.
MODELS = (
    Product, ProductPicture, Option, OptionValue, Variant, CHOSEN, AttributeValue, Price, StockItem,
    StockMovement, FibreShare, Food, Device,
)  # fmt: skip
REFERENCE = "opening-stock"


@dataclasses.dataclass(frozen=True)
class Ground:
    """What the goods stand on: rows that were written before them."""

    moment: datetime.datetime
    described: describing.Description
    categories: Sequence[int]
    brands: Sequence[int]
    makers: Sequence[int]
    pictures: dict[str, list[dict[str, Any]]]
    warehouse: int


class Chunk:
    """The rows of some goods. `number(model, count)` takes numbers for rows to come."""

    def __init__(self, ground: Ground, number: Callable[[Any, int], int]) -> None:
        self.ground, self.number = ground, number
        self.rows: dict[Any, list[Row]] = defaultdict(list)

    def add(self, goods: Sequence[Good]) -> None:
        counts = {
            Product: len(goods),
            Variant: sum(len(one.pieces) for one in goods),
            Option: sum(len(_axes(one)) for one in goods),
            OptionValue: sum(len(values) for one in goods for _code, values in _axes(one)),
        }
        counts[StockItem] = counts[Variant]
        self.next = {model: self.number(model, max(count, 1)) for model, count in counts.items()}
        for one in goods:
            self._good(one)

    def _taken(self, model: Any) -> int:
        self.next[model] += 1
        return int(self.next[model]) - 1

    def _good(self, good: Good) -> None:
        pk = self._taken(Product)
        published_at = self.ground.moment - good.age_days * DAY
        published_at -= datetime.timedelta(seconds=good.age_seconds)
        self.rows[Product].append(self._product(good, pk, published_at))
        for place, drawn in enumerate(self._drawn(good)):
            self.rows[ProductPicture].append(
                {
                    **drawn,
                    "product_id": pk,
                    "position": place,
                    "alt_de": good.name_de,
                    "alt_en": good.name_en,
                }
            )
        values = self._options(good, pk)
        for place, piece in enumerate(good.pieces):
            self._piece(good, piece, pk, place, values, published_at)
        self._attributes(good, pk)
        for model, row in lawful.rows_of(good, pk):
            self.rows[model].append(row)

    def _drawn(self, good: Good) -> list[dict[str, Any]]:
        """Two of the pictures of its department."""
        drawn = self.ground.pictures[good.leaf.department.code]
        return [drawn[(good.number + place) % len(drawn)] for place in range(2)]

    def _product(self, good: Good, pk: int, published_at: datetime.datetime) -> Row:
        ground, department = self.ground, good.leaf.department
        return {
            "id": pk,
            "slug": good.slug,
            "category_id": ground.categories[good.leaf.number],
            "product_type_id": ground.described.types[department.code].pk,
            "brand_id": ground.brands[good.brand],
            "manufacturer_id": ground.makers[good.maker],
            "name_de": good.name_de,
            "name_en": good.name_en,
            "summary_de": f"{good.leaf.name_de}, {good.material_names[0]}, {good.sizes[0]}",
            "summary_en": f"{good.leaf.name_en}, {good.material_names[1]}, {good.sizes[0]}",
            "description_de": good.text_de,
            "description_en": good.text_en,
            "specifications_de": [["Modell", good.model], ["Lieferumfang", "1 Stück"]],
            "specifications_en": [["Model", good.model], ["In the box", "1 piece"]],
            "is_featured": good.number < 12,
            "status": ProductStatus.ARCHIVED if good.is_archived else ProductStatus.ACTIVE,
            "published_at": published_at,
            "created_at": published_at,
        }

    def _options(self, good: Good, product_id: int) -> dict[str, int]:
        """The options in which its variants differ; returns the numbers of values by their code."""
        found: dict[str, int] = {}
        described = self.ground.described
        for position, (code, values) in enumerate(_axes(good)):
            attribute, pk = described.attributes[code], self._taken(Option)
            row = {"id": pk, "product_id": product_id, "attribute_id": attribute.pk}
            names = {"name_de": attribute.name_de, "name_en": attribute.name_en}
            self.rows[Option].append(
                {**row, **names, "code": code.partition("-")[0], "position": position}
            )
            for place, value in enumerate(values):
                choice = described.choices[code, value]
                found[value] = self._taken(OptionValue)
                self.rows[OptionValue].append(
                    {
                        "id": found[value],
                        "option_id": pk,
                        "choice_id": choice.pk,
                        "code": value,
                        "name_de": choice.name_de,
                        "name_en": choice.name_en,
                        "swatch": choice.swatch,
                        "position": place,
                    }
                )
        return found

    def _piece(
        self,
        good: Good,
        piece: Piece,
        product_id: int,
        place: int,
        values: dict[str, int],
        published_at: datetime.datetime,
    ) -> None:
        pk, amount = self._taken(Variant), describing.content_of(piece.size)
        chosen = [code for code in _codes(piece) if code in values]
        names = [self.ground.described.choices[key] for key in _keys(good, piece)]
        labels = [one for one in names if one.code in values]
        self.rows[Variant].append(
            {
                "id": pk,
                "product_id": product_id,
                "sku": piece.sku,
                "gtin": piece.gtin,
                "label_de": " / ".join(one.name_de for one in labels),
                "label_en": " / ".join(one.name_en for one in labels),
                "vat_class": _vat_class(good),
                "weight_g": piece.weight_g,
                "content_amount": amount[0],
                "content_unit": amount[1],
                "position": place,
            }
        )
        self.rows[CHOSEN] += [{"variant_id": pk, "optionvalue_id": values[one]} for one in chosen]
        self.rows[Price] += self._prices(good, piece, pk, published_at)
        self._stock(piece, pk, published_at)

    def _prices(
        self, good: Good, piece: Piece, variant_id: int, published_at: datetime.datetime
    ) -> list[Row]:
        moment = self.ground.moment
        turns = [published_at - DAY]
        if good.raised_days:
            turns.append(moment - good.raised_days * DAY)
        cheaper = [round(piece.price * Decimal("0.93"), 2)] * (len(turns) - 1)
        rows = [
            _price(variant_id, PriceKind.REGULAR, gross, start, end)
            for gross, start, end in zip(
                [*cheaper, piece.price], turns, [*turns[1:], None], strict=True
            )
        ]
        for cut in (good.past_sale, good.sale):
            if cut:
                rows.append(_cut(variant_id, piece, cut, moment))
        return rows

    def _stock(self, piece: Piece, variant_id: int, published_at: datetime.datetime) -> None:
        pk = self._taken(StockItem)
        self.rows[StockItem].append(
            {
                "id": pk,
                "location_id": self.ground.warehouse,
                "variant_id": variant_id,
                "on_hand": piece.on_hand,
            }
        )
        if piece.on_hand:
            self.rows[StockMovement].append(
                {
                    "item_id": pk,
                    "kind": MovementKind.RECEIVED,
                    "quantity": piece.on_hand,
                    "reference": REFERENCE,
                    "created_at": published_at,
                }
            )

    def _attributes(self, good: Good, product_id: int) -> None:
        """What is true of the whole product; the rest stands in its options."""
        described, department = self.ground.described, good.leaf.department
        in_options = {code for code, _values in _axes(good)}
        for code in describing.codes_of(department):
            if code in in_options:
                continue
            attribute = described.attributes[code]
            row: Row = {"product_id": product_id, "attribute_id": attribute.pk}
            row |= {"kind": attribute.kind, "choice_id": None, "number": None, "boolean": None}
            value = _value(good, code)
            if isinstance(value, bool):
                row["boolean"] = value
            elif isinstance(value, int):
                row["number"] = value
            else:
                row["choice_id"] = described.choices[code, value].pk
            self.rows[AttributeValue].append(row)


def _value(good: Good, code: str) -> bool | int | str:
    """What a good says of itself: yes or no, a number, or the code of a choice."""
    department = good.leaf.department
    if code in ("gift", "organic"):
        return good.is_gift if code == "gift" else good.style % 2 == 0
    if code == department.measure:
        return good.pieces[0].weight_g if department.is_food else good.measure
    if code in ("material", "packaging"):
        return planning.slug(good.material)
    if code == "style":
        return good.style_code
    return good.colours[0].code if code == "colour" else planning.slug(good.sizes[0])


def _axes(good: Good) -> list[tuple[str, list[str]]]:
    """Attributes in which its variants differ, with the codes of their choices."""
    axes = [
        ("colour", [one.code for one in good.colours]),
        (f"size-{good.leaf.department.code}", [planning.slug(one) for one in good.sizes]),
    ]
    return [(code, values) for code, values in axes if len(values) > 1]


def _codes(piece: Piece) -> list[str]:
    return [*([piece.colour.code] if piece.colour else []), planning.slug(piece.size)]


def _keys(good: Good, piece: Piece) -> list[tuple[str, str]]:
    size = (f"size-{good.leaf.department.code}", planning.slug(piece.size))
    return [*([("colour", piece.colour.code)] if piece.colour else []), size]


def _vat_class(good: Good) -> str:
    return VatClass.REDUCED if good.leaf.department.is_food else VatClass.STANDARD


def _price(
    variant_id: int,
    kind: str,
    gross: Decimal,
    start: datetime.datetime,
    end: datetime.datetime | None,
) -> Row:
    valid = DateTimeTZRange(start, end)
    return {"variant_id": variant_id, "kind": kind, "gross": gross, "valid": valid}


def _cut(variant_id: int, piece: Piece, cut: Cut, moment: datetime.datetime) -> Row:
    gross = max(round(piece.price * cut.share, 2), Decimal("0.01"))
    start, end = moment - cut.from_days * DAY, moment - cut.to_days * DAY
    return _price(variant_id, PriceKind.SALE, gross, start, end)
