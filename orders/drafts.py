"""What the checkout hands in: a finished agreement in the words of the order's language.

All amounts are gross Decimals with two digits in `currency`, unless the name says net or VAT.
"""

import dataclasses
import datetime
import uuid
from decimal import Decimal

from django.conf import settings

from catalog.models import TaxScheme

ZERO = Decimal("0.00")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AddressDraft:
    name: str
    street: str
    postcode: str
    city: str
    country: str
    company: str = ""
    extra: str = ""
    phone: str = ""
    region: str = ""
    post_number: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ComponentDraft:
    """A component of a bundle with its part of the price; `quantity` pieces in the whole line.

    `net` and `vat` are of what is payable: `gross` less `discount_gross`.
    """

    variant_id: int
    sku: str
    name: str
    quantity: int
    gross: Decimal
    net: Decimal
    vat: Decimal
    vat_rate: Decimal
    discount_gross: Decimal = ZERO
    label: str = ""
    is_digital: bool = False
    withdrawal_exception: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """`summary` holds the essential characteristics, `base_price` is in words (`39,80 €/kg`).

    `gross` is at the shelf price; `net` and `vat` are of what is payable, `gross` less
    `discount_gross`, which leaves at least `minimum_gross` a piece.

    The deposit (`unit_deposit` each, `deposit_net` and `deposit_vat` together) is no part of
    `gross`. `facts` are sentences that the law wants told: fibre content, guarantee.

    `vat_rate` is `None` for a bundle whose `components` are taxed at several rates.
    """

    variant_id: int
    sku: str
    name: str
    quantity: int
    unit_gross: Decimal
    gross: Decimal
    vat_rate: Decimal | None
    net: Decimal
    vat: Decimal
    label: str = ""
    summary: str = ""
    engraving: str = ""
    base_price: str = ""
    discount_gross: Decimal = ZERO
    minimum_gross: Decimal = ZERO
    unit_deposit: Decimal = ZERO
    deposit_net: Decimal = ZERO
    deposit_vat: Decimal = ZERO
    facts: list[str] = dataclasses.field(default_factory=list)
    is_digital: bool = False
    withdrawal_exception: str = ""
    expected_on: datetime.date | None = None
    needs_shipping: bool = True
    picture_url: str = ""
    components: tuple[ComponentDraft, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class VatDraft:
    """The VAT of the whole order, delivery included, for one rate in percent."""

    rate: Decimal
    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DiscountDraft:
    """What one promotion takes off. `shares`: (place of the line, `None`: the delivery; gross)."""

    kind: str
    promotion_code: str
    name: str
    gross: Decimal
    shares: tuple[tuple[int | None, Decimal], ...]
    coupon_code: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OrderDraft:
    """`billing` is `None` when the bill goes to the delivery address.

    `discount_gross` is taken off the goods; `delivery_gross` is what is charged for the delivery,
    after `delivery_discount_gross`. `distance_net` is what counts towards the limit of distance
    sales, `None` for a sale at home.
    """

    number: str
    placement_token: uuid.UUID
    email: str
    language: str
    currency: str
    delivery: AddressDraft
    lines: tuple[LineDraft, ...]
    vat_sums: tuple[VatDraft, ...]
    delivery_method: str
    delivery_name: str
    delivery_gross: Decimal
    delivery_from: datetime.date
    delivery_to: datetime.date
    goods_gross: Decimal
    total_gross: Decimal
    payment_method: str
    terms_version: str
    tax_country: str = settings.COUNTRY
    tax_scheme: TaxScheme = TaxScheme.SELLER
    distance_net: Decimal | None = None
    standard_delivery_gross: Decimal | None = None
    withdrawal_version: str = ""
    is_pickup: bool = False
    discount_gross: Decimal = ZERO
    delivery_discount_gross: Decimal = ZERO
    deposit_gross: Decimal = ZERO
    discounts: tuple[DiscountDraft, ...] = ()
    customer_id: int | None = None
    billing: AddressDraft | None = None
    note: str = ""
