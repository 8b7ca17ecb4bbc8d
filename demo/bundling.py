"""Bundles of the demo: a tea set at a price of its own, a coffee set by the sum of its contents."""

import dataclasses
import datetime
from collections.abc import Mapping
from decimal import Decimal

from catalog import pricing, products
from catalog.bundles import composing
from catalog.models import (
    Brand,
    BundlePricing,
    Category,
    Manufacturer,
    Product,
    ProductPicture,
    Variant,
)
from catalog.models.picture import Picture

PUBLISHED = datetime.timedelta(days=20)


@dataclasses.dataclass(frozen=True)
class _Plan:
    slug: str
    sku: str
    category: str
    name_de: str
    name_en: str
    summary_de: str
    summary_en: str
    description_de: str
    description_en: str
    # SKU and pieces, in the order of the page.
    parts: tuple[tuple[str, int], ...]
    # The products whose pictures in use, and whose others, it shows.
    pictured: tuple[str, ...]
    gross: Decimal | None = None
    percent_off: Decimal = Decimal(0)


_PLANS = (
    _Plan(
        slug="set-teestunde",
        sku="SET-101",
        category="geschenke",
        name_de="Set Teestunde",
        name_en="Tea Hour set",
        summary_de="Teekanne Alster mit 250 g Friesischer Mischung und 250 g Kandis.",
        summary_en="Alster teapot with 250 g Frisian Blend and 250 g rock sugar.",
        description_de="Alles für die erste Kanne: die Teekanne aus der Werkstatt, der kräftige "
        "Tee von der Küste und der Kandis, der in der Tasse knistert.\n\n"
        "Wir packen die drei Stücke zusammen in einen Karton, jedes für sich geschützt.",
        description_en="Everything for the first pot: the teapot from the workshop, the strong tea "
        "of the coast, and the rock sugar that crackles in the cup.\n\n"
        "We pack the three together in one box, each protected on its own.",
        parts=(("KER-501-HAFENBLAU", 1), ("TEE-101-250G", 1), ("VOR-301-250G", 1)),
        pictured=("teekanne-alster", "friesische-mischung", "kluntje-kandis"),
        gross=Decimal("89.00"),
    ),
    _Plan(
        slug="set-erster-kaffee",
        sku="SET-102",
        category="geschenke",
        name_de="Set Erster Kaffee",
        name_en="First Coffee set",
        summary_de="Handfilter Schleuse, zwei Becher Speicherstadt und 250 g Filterkaffee.",
        summary_en="Schleuse hand filter, two Speicherstadt mugs and 250 g of filter coffee.",
        description_de="Für zwei, die morgens nicht viel reden: filtern, eingießen, hinsetzen.\n\n"
        "Zehn Prozent günstiger als einzeln, auch wenn einer der Bestandteile gerade reduziert "
        "ist.",
        description_en="For two who do not talk much in the morning: filter, pour, sit down.\n\n"
        "Ten percent less than bought singly, also while one of the contents is reduced.",
        parts=(
            ("KER-404-KREIDE", 1), ("KER-401-BACKSTEIN", 1), ("KER-401-HAFENBLAU", 1),
            ("KAF-202-250G-GEMAHLEN", 1),
        ),
        pictured=("handfilter-schleuse", "becher-speicherstadt", "filterkaffee-speicherboden"),
        percent_off=Decimal(10),
    ),
)  # fmt: skip


def bundle(made: Mapping[str, Product], moment: datetime.datetime) -> list[Product]:
    """Make the bundles of `_PLANS` and put them on sale. Returns them."""
    return [_bundle(plan, made, moment) for plan in _PLANS]


def _bundle(plan: _Plan, made: Mapping[str, Product], moment: datetime.datetime) -> Product:
    product = Product.objects.create(
        slug=plan.slug,
        category=Category.objects.get(slug=plan.category),
        brand=Brand.objects.get(name="Kontor"),
        # Who puts the set together; the makers of its contents stand beside them.
        manufacturer=Manufacturer.objects.get(name__startswith="Kontor "),
        published_at=moment - PUBLISHED,
        **{
            f"{name}_{code}": getattr(plan, f"{name}_{code}")
            for name in ("name", "summary", "description")
            for code in ("de", "en")
        },
    )
    variant = Variant.objects.create(product=product, sku=plan.sku)
    composing.compose(
        variant,
        [
            composing.Part(Variant.objects.select_related("product").get(sku=sku), quantity)
            for sku, quantity in plan.parts
        ],
        pricing=BundlePricing.SUMMED if plan.gross is None else BundlePricing.FIXED,
        percent_off=plan.percent_off,
        moment=moment - PUBLISHED,
    )
    if plan.gross is not None:
        pricing.set_price(variant, gross=plan.gross, start=moment - PUBLISHED)
    _hang(product, [made[slug] for slug in plan.pictured])
    products.publish(product, moment=moment)
    return product


def _hang(product: Product, shown: list[Product]) -> None:
    """The pictures in use first, then what is in it: files of one content exist once."""
    rows = [_last(one) for one in shown] + [_first(one) for one in shown]
    columns = {field.attname for field in Picture._meta.fields}
    for position, row in enumerate(filter(None, rows)):
        values = {name: getattr(row, name) for name in columns}
        ProductPicture.objects.create(product=product, position=position, **values)


def _first(product: Product) -> ProductPicture | None:
    return product.pictures.order_by("position", "pk").first()


def _last(product: Product) -> ProductPicture | None:
    return product.pictures.order_by("-position", "-pk").first()
