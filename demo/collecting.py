"""Collections of the demo: by rule and by hand, through the same steps that staff take."""

import dataclasses
import datetime
from collections.abc import Mapping
from decimal import Decimal

from catalog import categories
from catalog.collections import editing, rules
from catalog.models import (
    Category,
    Collection,
    CollectionPicture,
    Fibre,
    Product,
    ProductPicture,
)
from catalog.models.picture import Picture

# The socks are of mixed yarn: they may not be said to be of wool.
_WOOL = rules.Condition(field="fibre", words=(Fibre.WOOL, Fibre.VIRGIN_WOOL), low=Decimal(100))


@dataclasses.dataclass(frozen=True)
class _Plan:
    slug: str
    name_de: str
    name_en: str
    intro_de: str
    intro_en: str
    # The product whose picture in use opens the page.
    pictured: str
    # Slugs of categories, the first of the conditions.
    shelves: tuple[str, ...] = ()
    conditions: tuple[rules.Condition, ...] = ()
    pinned: tuple[str, ...] = ()
    is_on_home: bool = False


_PLANS = (
    _Plan(
        slug="geschenke-unter-30-euro",
        name_de="Geschenke unter 30 €",
        name_en="Gifts under €30",
        intro_de="Kleine Dinge mit Gewicht: Tee, Keramik und Papier, die man gern auspackt, "
        "für weniger als 30 €.",
        intro_en="Small things with substance: tea, ceramics and paper that are good to "
        "unwrap, for less than €30.",
        pictured="notizbuch-logbuch",
        shelves=("keramik", "tee-kaffee", "papier-schreiben"),
        conditions=(
            rules.Condition(field="price", low=Decimal("8.00"), high=Decimal("29.99")),
            rules.Condition(field="available", flag=True),
        ),
        pinned=("becher-speicherstadt", "notizbuch-logbuch"),
        is_on_home=True,
    ),
    _Plan(
        slug="lieblinge-der-werkstatt",
        name_de="Lieblinge der Werkstatt",
        name_en="Workshop favourites",
        intro_de="Was wir selbst jeden Tag in die Hand nehmen, vom ersten Tee am Morgen bis "
        "zum Licht am Abend.",
        intro_en="What we pick up every day ourselves, from the first tea in the morning to "
        "the lamp in the evening.",
        pictured="tischleuchte-hafenlicht",
        pinned=(
            "teekanne-alster", "tischleuchte-hafenlicht", "friesische-mischung",
            "becher-speicherstadt", "kugelschreiber-gravur", "wolldecke-nordsee",
            "handfilter-schleuse", "vase-molenfeuer",
        ),
        is_on_home=True,
    ),
    _Plan(
        slug="neu-diesen-monat",
        name_de="Neu diesen Monat",
        name_en="New this month",
        intro_de="In den letzten 31 Tagen in den Speicher gekommen.",
        intro_en="Came into the warehouse in the last 31 days.",
        pictured="sencha-fruehlicht",
        conditions=(rules.Condition(field="new", days=31),),
    ),
    _Plan(
        slug="aus-wolle",
        name_de="Aus Wolle",
        name_en="Made of wool",
        intro_de="Schurwolle, warm, robust und mit der Zeit weicher: Decken, Mützen und das "
        "Garn dazu.",
        intro_en="New wool, warm, hard-wearing and softer with time: blankets, hats, and the "
        "yarn to knit them.",
        pictured="wolldecke-nordsee",
        conditions=(_WOOL,),
    ),
)  # fmt: skip


def collect(made: Mapping[str, Product], moment: datetime.datetime) -> None:
    """Make the collections of `_PLANS`, see what enters, save."""
    for position, plan in enumerate(_PLANS):
        content = editing.Content(
            rule=_rule(plan),
            pinned=tuple(made[slug].pk for slug in plan.pinned),
        )
        row = Collection(
            slug=plan.slug,
            name_de=plan.name_de,
            name_en=plan.name_en,
            intro_de=plan.intro_de,
            intro_en=plan.intro_en,
            is_active=True,
            is_on_home=plan.is_on_home,
            position=position,
        )
        seen = editing.difference(row, content, moment=moment)
        editing.store(row, content, seen=seen.digest, moment=moment)
        _hang(row, made[plan.pictured])
    categories.changed()


def _rule(plan: _Plan) -> rules.Rule | None:
    conditions = list(plan.conditions)
    if plan.shelves:
        shelves = Category.objects.filter(slug__in=plan.shelves).order_by("pk")
        ids = tuple(shelves.values_list("pk", flat=True))
        conditions.insert(0, rules.Condition(field="category", ids=ids))
    return rules.made("all", conditions) if conditions else None


def _hang(row: Collection, product: Product) -> None:
    shown = ProductPicture.objects.filter(product=product).order_by("-position", "pk").first()
    if shown:
        columns = {field.attname for field in Picture._meta.fields}
        values = {name: getattr(shown, name) for name in columns}
        CollectionPicture.objects.create(collection=row, **values)
