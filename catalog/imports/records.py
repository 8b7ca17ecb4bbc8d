"""A product as a file tells it: only what the file says, in the shop's own words."""

import dataclasses
import datetime
from decimal import Decimal
from typing import Any

# A text in some of the shop's languages: {"de": "Becher"}.
type Texts = dict[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, at a line and a column. Not an error: told, but no reason to refuse."""

    line: int
    column: str
    text: str
    is_error: bool = True


@dataclasses.dataclass(slots=True)
class OptionRecord:
    names: Texts
    code: str = ""


@dataclasses.dataclass(slots=True)
class ValueRecord:
    names: Texts
    code: str = ""
    swatch: str | None = None


# What is said of an attribute: its language (empty where it has none) and the text of each value.
type Said = dict[str, list[tuple[str, str]]]


@dataclasses.dataclass(frozen=True, slots=True)
class Loose:
    """Something that another shop says of a product, which may be one of our attributes."""

    field: str
    names: list[str]
    text: str
    texts: list[str]  # the same as a list of values


@dataclasses.dataclass(frozen=True, slots=True)
class Sale:
    """A reduced price. `start` `None`: from now; `end` `None`: open."""

    gross: Decimal
    start: datetime.datetime | None = None
    end: datetime.datetime | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class BundleRecord:
    """SKUs with their quantities, in order, and what they cost together."""

    parts: tuple[tuple[str, int], ...]
    pricing: str
    percent_off: Decimal


@dataclasses.dataclass(slots=True)
class VariantRecord:
    """`fields` are columns of `Variant`; `None` elsewhere: the file does not say.

    `asked` is what is to be paid now, whatever it is made of; `regular` the price without sales.
    """

    line: int
    sku: str = ""
    made_sku: str = ""  # what it is called where the file has no SKU
    fields: dict[str, Any] = dataclasses.field(default_factory=dict)
    values: list[ValueRecord] = dataclasses.field(default_factory=list)
    asked: Decimal | None = None
    regular: Decimal | None = None
    sale: Sale | None = None
    stock: dict[str, int] = dataclasses.field(default_factory=dict)  # "": the first warehouse
    picture_url: str = ""
    attributes: Said | None = None
    bundle: BundleRecord | None = None

    @property
    def is_summed(self) -> bool:
        """Does its price follow those of its components?"""
        return self.bundle is not None and self.bundle.pricing == "summed"


@dataclasses.dataclass(slots=True)
class PictureRecord:
    line: int
    url: str
    alts: Texts = dataclasses.field(default_factory=dict)
    # Values that it may be the picture of, each with the place of its option.
    shows: list[tuple[int, "ValueRecord"]] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(slots=True)
class DocumentRecord:
    """`facts` are kind and language, where the file says them."""

    line: int
    url: str
    names: Texts = dataclasses.field(default_factory=dict)
    facts: dict[str, str] = dataclasses.field(default_factory=dict)


# Part, fibre and percent.
type Share = tuple[str, str, int]


@dataclasses.dataclass(slots=True)
class ProductRecord:
    """One product. `fields` are columns of `Product`; `None` elsewhere: the file does not say."""

    line: int
    handle: str = ""
    is_handle_given: bool = True
    foreign_handle: str = ""  # as the file writes it: addresses of the shop before end in it
    name: str = ""
    fields: dict[str, Any] = dataclasses.field(default_factory=dict)
    category: tuple[str, ...] | None = None
    further: list[tuple[str, ...]] | None = None
    brand: str | None = None
    manufacturer: dict[str, str] | None = None
    related: list[str] | None = None
    links: dict[str, str] = dataclasses.field(default_factory=dict)  # column → slug; empty: none
    product_type: str | None = None  # its code; empty: none
    attributes: Said | None = None
    loose: list[Loose] = dataclasses.field(default_factory=list)
    loose_attributes: Said = dataclasses.field(default_factory=dict)
    # Label and values of what is typed, by language, for formats that have only words.
    worded: dict[str, list[tuple[str, list[str]]]] = dataclasses.field(default_factory=dict)
    status: str | None = None
    # Does the file have columns for options at all?
    tells_options: bool = True
    # Or of variants? Else those that are there stay as they are.
    tells_variants: bool = True
    options: list[OptionRecord] = dataclasses.field(default_factory=list)
    variants: list[VariantRecord] = dataclasses.field(default_factory=list)
    pictures: list[PictureRecord] = dataclasses.field(default_factory=list)
    documents: list[DocumentRecord] = dataclasses.field(default_factory=list)
    fibres: list[Share] | None = None
    # "food", "device", "guarantee" → columns of that row.
    law: dict[str, dict[str, Any]] = dataclasses.field(default_factory=dict)
    problems: list[Problem] = dataclasses.field(default_factory=list)
    # Where things stand in the file: our field → its column.
    columns: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def errors(self) -> list[Problem]:
        return [one for one in self.problems if one.is_error]

    def refuse(self, field: str, text: str, line: int = 0) -> None:
        """Add an error at the column of `field`."""
        self.problems.append(Problem(line or self.line, self.columns.get(field, ""), text))

    def remark(self, field: str, text: str, line: int = 0) -> None:
        """Add a note that keeps nothing out."""
        column = self.columns.get(field, "")
        self.problems.append(Problem(line or self.line, column, text, is_error=False))
