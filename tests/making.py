"""Small makers for tests of the apps: one row each, with what the database demands and no more."""

import datetime
import itertools
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import Customer
from catalog import listing_index, pricing
from catalog.documents import digital_files
from catalog.models import Category, DigitalFile, Product, ProductStatus, Variant, VatRate
from checkout.models import (
    Coupon,
    DeliveryKind,
    DeliveryMethod,
    DeliveryRate,
    DeliveryZone,
    Effect,
    Kind,
    Promotion,
)
from checkout.promotions import codes
from inventory import stock, telling
from inventory.models import LocationKind, StockItem, StockLocation
from orders.models import Order, OrderLine
from reviews import ratings
from shop.kit import clock

NOON = datetime.datetime(2026, 3, 2, 12, 0, tzinfo=datetime.UTC)
LONG_AGO = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
_numbers = itertools.count(1)


def make_customer(email: str = "", **fields) -> Customer:
    """A customer without a password, so that no test waits for a hash."""
    return Customer.objects.create_user(email or f"ada{next(_numbers)}@example.com", **fields)


def make_product(slug: str = "", status: ProductStatus = ProductStatus.ACTIVE, **fields) -> Product:
    """A product on sale since `NOON`, in a category of its own."""
    slug = slug or f"mug-{next(_numbers)}"
    values = {
        "slug": slug,
        "name_de": "Becher",
        "name_en": "Mug",
        "summary_de": "Steinzeug, 300 ml",
        "summary_en": "Stoneware, 300 ml",
        "status": status,
        "published_at": NOON,
    }
    if "category" not in fields:
        values["category"] = Category.objects.create(
            slug=f"for-{slug}", path=f"for-{slug}", name_de="Geschirr", name_en="Tableware"
        )
    return Product.objects.create(**values | fields)


def make_warehouse(
    code: str = "", *, position: int = 0, kind: str = LocationKind.WAREHOUSE, **fields
) -> StockLocation:
    """A place where goods lie."""
    code = code or f"house-{next(_numbers)}"
    return StockLocation.objects.create(
        code=code, name=code, kind=kind, position=position, **fields
    )


def make_variant(
    product: Product | None = None, *, gross: str | None = "24.00", **fields
) -> Variant:
    """A variant with a price since long ago (`None`: without one), and no stock."""
    product = product or make_product()
    values = {"sku": f"{product.slug}-{next(_numbers)}".upper()}
    variant = Variant.objects.create(product=product, **values | fields)
    if gross is not None:
        pricing.set_price(variant, gross=Decimal(gross), start=LONG_AGO)
    return variant


def make_file(product: Product, *, content: bytes = PDF, name: str = "Anleitung") -> DigitalFile:
    """A file that buyers of `product` download; its content lies in the private storage."""
    checked = digital_files.check(ContentFile(content))
    digital_files.store(checked)
    return DigitalFile.objects.create(
        product=product, name_de=name, name_en=f"{name} (en)", **checked.columns
    )


def put_in_stock(variant: Variant, pieces: int, location: StockLocation) -> StockItem:
    """`pieces` of `variant` on a shelf of `location`, by a delivery note."""
    stock.receive(location, {variant.pk: pieces}, reference=f"DN-{next(_numbers)}", moment=LONG_AGO)
    return StockItem.objects.get(variant=variant, location=location)


def make_goods(location: StockLocation, *, pieces: int = 10, gross: str = "24.00") -> Variant:
    """A variant that can be bought: live, priced, `pieces` in stock."""
    variant = make_variant(gross=gross)
    put_in_stock(variant, pieces, location)
    return variant


def fill_shelves(*, moment: datetime.datetime | None = None) -> None:
    """Lists show what there is, as they do a moment after each change."""
    moment = moment or clock.now()
    telling.note_changes()
    listing_index.refresh_all(moment=moment)
    ratings.tell_lists()


def shelve(variant: Variant) -> Variant:
    """Lists show this one."""
    telling.tell([variant.pk], moment=clock.now())
    listing_index.refresh([variant.product_id], moment=clock.now())
    return variant


def make_rules() -> None:
    """The VAT rates of three countries, and four ways of delivery."""
    for country, rates in (("DE", (19, 7, 0)), ("AT", (20, 10, 0)), ("NL", (21, 9, 0))):
        make_rates(country, *rates)
    make_delivery("standard", "4.90", ["DE"], (2, 3), free_from=Decimal("60.00"))
    make_delivery("express", "12.90", ["DE"], (1, 1))
    make_delivery("europe", "11.90", ["AT", "NL"], (4, 7), free_from=Decimal("120.00"))
    make_delivery("email", "0.00", ["DE", "AT", "NL"], (0, 0), kind=DeliveryKind.EMAIL)


def make_rates(country: str, standard: int, reduced: int, zero: int = 0) -> None:
    """The VAT rates of a country, since 2021."""
    valid = DateRange(datetime.date(2021, 1, 1), None)
    for vat_class, rate in (("standard", standard), ("reduced", reduced), ("zero", zero)):
        VatRate.objects.create(country=country, vat_class=vat_class, rate=rate, valid=valid)


def make_delivery(
    code: str,
    gross: str,
    countries: list[str],
    days: tuple[int, int],
    *,
    free_from: Decimal | None = None,
    kind: str = DeliveryKind.PARCEL,
    **fields,
) -> DeliveryMethod:
    """A way of delivery, listed after those that are there; its zone has these countries.

    A pick-up is at a warehouse of its own, if no `pickup_location` is given.
    """
    if kind == DeliveryKind.PICKUP and "pickup_location" not in fields:
        fields["pickup_location"] = make_warehouse(
            f"shop-{code}", street="Kai 1", postcode="20457", city="Hamburg"
        )
    method = DeliveryMethod.objects.create(
        code=code,
        name_de=f"Lieferung {code}",
        name_en=f"Delivery {code}",
        kind=kind,
        min_days=days[0],
        max_days=days[1],
        has_free_threshold=free_from is not None,
        position=DeliveryMethod.objects.count(),
        **fields,
    )
    if method.is_shipped:
        zone = make_zone(countries, free_from=free_from)
        DeliveryRate.objects.create(method=method, zone=zone, gross=Decimal(gross))
    return method


def make_zone(countries: list[str], **fields) -> DeliveryZone:
    """The zone of these countries as a whole, made if there is none; with `postcodes` a new one."""
    known = DeliveryZone.objects.filter(countries=countries, postcodes="").first()
    if known is None or "postcodes" in fields:
        number = DeliveryZone.objects.count()
        name = ", ".join(countries)
        known = DeliveryZone(code=f"zone-{number}", name_de=name, name_en=name, position=number)
    for name, value in {"countries": countries, **fields}.items():
        if value is not None:
            setattr(known, name, value)
    known.save()
    return known


def make_order(
    customer: Customer | None,
    *,
    names: list[str],
    variants: list[Variant] | None = None,
    placed_at: datetime.datetime = NOON,
    **facts,
) -> Order:
    """An order of one piece of each name at 10 euros; the `variants` stand in the same order."""
    total = Decimal(10 * len(names))
    order = Order.objects.create(
        customer=customer,
        number=f"K-TEST-{next(_numbers)}",
        email="ada@example.com",
        language="en",
        placed_at=placed_at,
        delivery_method="standard",
        delivery_name="Parcel",
        delivery_from=placed_at.date(),
        delivery_to=placed_at.date(),
        goods_gross=total,
        delivery_gross=0,
        total_gross=total,
        payment_method="card",
        terms_version="2026-11",
        **facts,
    )
    for position, name in enumerate(names):
        OrderLine.objects.create(
            order=order,
            variant=variants[position] if variants else None,
            position=position,
            sku=f"SKU-{name}",
            name=name,
            quantity=1,
            unit_gross=10,
            gross=10,
            vat_rate=0,
            net=10,
            vat=0,
        )
    return order


def make_promotion(code: str = "", *, percent: str | None = "10", **fields) -> Promotion:
    """A promotion that is on: ten percent off the whole order, by itself."""
    code = code or f"offer-{next(_numbers)}"
    values = {
        "code": code,
        "name_de": f"Aktion {code}",
        "name_en": f"Offer {code}",
        "kind": Kind.ORDER,
        "effect": Effect.PERCENT,
        "percent": percent and Decimal(percent),
        "is_active": True,
    }
    return Promotion.objects.create(**values | fields)


def make_coupon(code: str = "SOMMER10", *, promotion: Promotion | None = None, **fields) -> Coupon:
    """A code that staff named, without limits, for ten percent off the whole order."""
    promotion = promotion or make_promotion(needs_coupon=True)
    return Coupon.objects.create(promotion=promotion, code=code, key=codes.key(code), **fields)
