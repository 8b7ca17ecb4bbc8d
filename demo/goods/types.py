"""The shapes of the demo's goods: plain values that know nothing of the database.

Prices are gross amounts in EUR with two digits, weights are grams, days are counted back from
the day on which the shop is seeded.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Category:
    slug: str
    parent: str | None
    name_de: str
    name_en: str
    intro_de: str
    intro_en: str
    position: int


@dataclass(frozen=True)
class Brand:
    slug: str
    name: str


@dataclass(frozen=True)
class Company:
    """Maker or EU responsible person, as Art. 19 GPSR wants them named on the offer."""

    slug: str
    name: str
    street: str
    postal_code: str
    city: str
    country: str
    email: str


@dataclass(frozen=True)
class OptionValue:
    code: str
    name_de: str
    name_en: str
    swatch: str | None = None


@dataclass(frozen=True)
class Option:
    code: str
    name_de: str
    name_en: str
    values: tuple[OptionValue, ...]


@dataclass(frozen=True)
class Content:
    """What a piece holds, for the base price: 250 "g", 30 "ml", 5 "m", 12 "piece"."""

    amount: Decimal
    unit: str


@dataclass(frozen=True)
class Sale:
    price: Decimal
    started_days_ago: int


@dataclass(frozen=True)
class Energy:
    """Energy label of a light source, or of the light source which a luminaire contains."""

    efficiency_class: str
    scale: str
    kwh_per_1000h: Decimal
    lumen: int
    is_light_source: bool


@dataclass(frozen=True)
class Variant:
    """One SKU. Its `energy` counts instead of the product's where a product has several."""

    sku: str
    gtin: str
    option_values: tuple[tuple[str, str], ...]
    price: Decimal
    sale: Sale | None
    stock: int
    weight_g: int
    content: Content | None
    is_made_to_order: bool
    lead_days: int
    energy: Energy | None = None

    def value_of(self, option: str) -> str | None:
        """The code of this variant's value of `option`, or None."""
        return dict(self.option_values).get(option)


@dataclass(frozen=True)
class Detail:
    label_de: str
    label_en: str
    value_de: str
    value_en: str


@dataclass(frozen=True)
class Food:
    ingredients_de: str
    ingredients_en: str
    origin_de: str
    origin_en: str
    best_before_de: str
    best_before_en: str
    storage_de: str
    storage_en: str
    nutrition_de: str = ""
    nutrition_en: str = ""


@dataclass(frozen=True)
class Product:
    slug: str
    category: str
    further_categories: tuple[str, ...]
    brand: str
    name_de: str
    name_en: str
    summary_de: str
    summary_en: str
    description_de: str
    description_en: str
    details: tuple[Detail, ...]
    vat_class: str
    options: tuple[Option, ...]
    variants: tuple[Variant, ...]
    manufacturer: Company
    responsible_person: Company | None
    is_digital: bool
    is_gift_card: bool
    withdrawal_exception: str
    published_days_ago: int
    is_featured: bool
    energy: Energy | None
    battery_de: str
    battery_en: str
    warnings_de: str
    warnings_en: str
    fibre_de: str
    fibre_en: str
    care_de: str
    care_en: str
    food: Food | None
    related: tuple[str, ...]
    search_words: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    categories: tuple[Category, ...]
    brands: tuple[Brand, ...]
    products: tuple[Product, ...]

    def product(self, slug: str) -> Product:
        """The product with that slug; KeyError when there is none."""
        for product in self.products:
            if product.slug == slug:
                return product
        raise KeyError(slug)
