"""What the checkout hands in: a finished agreement in the words of the order's language.

All amounts are gross Decimals with two digits in `currency`, unless the name says net or VAT.
"""

import dataclasses
import datetime
import uuid
from decimal import Decimal

from django.conf import settings

from catalog.models import TaxScheme


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


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ComponentDraft:
    """A component of a bundle with its part of the price; `quantity` pieces in the whole line."""

    variant_id: int
    sku: str
    name: str
    quantity: int
    gross: Decimal
    net: Decimal
    vat: Decimal
    vat_rate: Decimal
    label: str = ""
    is_digital: bool = False
    withdrawal_exception: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """`summary` holds the essential characteristics, `base_price` is in words (`39,80 €/kg`).

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
    unit_deposit: Decimal = Decimal("0.00")
    deposit_net: Decimal = Decimal("0.00")
    deposit_vat: Decimal = Decimal("0.00")
    facts: list[str] = dataclasses.field(default_factory=list)
    is_digital: bool = False
    withdrawal_exception: str = ""
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
class OrderDraft:
    """`billing` is `None` when the bill goes to the delivery address.

    `distance_net` is what counts towards the limit of distance sales, `None` for a sale at home.
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
    deposit_gross: Decimal = Decimal("0.00")
    customer_id: int | None = None
    billing: AddressDraft | None = None
    note: str = ""
