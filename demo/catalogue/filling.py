"""Fills a shop with the large catalogue: shelves and makers first, then the goods in chunks."""

import dataclasses
import datetime
import time
from collections.abc import Callable
from itertools import batched
from typing import Any

from django.db import connection, transaction

from catalog import categories, listing_index, search, search_index
from catalog.models import Brand, Category, Manufacturer, Product, Variant
from checkout.models import DeliveryMethod
from demo import stocking
from demo.catalogue import copying, describing, drawing, goods, planning, rows, words
from inventory import telling
from inventory.models import LocationKind, StockLocation
from orders.models import Order

AT_ONCE = 2000
Say = Callable[[str], None]


class NotHere(RuntimeError):
    """This shop may not be filled; the message says why."""


@dataclasses.dataclass(frozen=True, slots=True)
class Filled:
    """How many rows were written, by table, and how many seconds each step took."""

    rows: dict[str, int]
    seconds: dict[str, float]


def fill(
    products: int,
    *,
    seed: int,
    moment: datetime.datetime,
    may_have_orders: bool = False,
    say: Say = lambda text: None,
) -> Filled:
    """Write `products` products with everything around them, and the indexes that pages read.

    The same `seed` on the same day makes the same goods. Goods that are there already stay.
    Raises `NotHere` for a shop that was filled before, and for one with orders unless it
    `may_have_orders`.
    """
    plan = planning.Plan(products, seed)
    _check(plan, may_have_orders)
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    clock = _Clock(say)
    with transaction.atomic():
        # Checked row by row: at the end there would be millions of checks to remember.
        _execute("SET CONSTRAINTS ALL IMMEDIATE", "SET LOCAL statement_timeout = 0")
        ground = _ground(plan, day)
        clock.stop("shelves, makers, pictures")
        written, popularity = _goods(plan, ground)
        categories.changed()
        clock.stop("goods")
    _execute("SET statement_timeout = 0", "ANALYZE")
    try:
        search.reindex_all(say)
        search_index.set_popularity(popularity)
        clock.stop("search")
        telling.note_changes()
        listing_index.refresh_all(moment=moment, say=say)
        listing_index.take_popularity()
        clock.stop("lists")
        _execute("ANALYZE")
        clock.stop("statistics")
    finally:
        _execute("RESET statement_timeout")
    return Filled(written, clock.seconds)


class _Clock:
    def __init__(self, say: Say) -> None:
        self.say, self.seconds = say, dict[str, float]()
        self.since = time.monotonic()

    def stop(self, name: str) -> None:
        now = time.monotonic()
        self.seconds[name], self.since = now - self.since, now
        self.say(f"{name}: {self.seconds[name]:.1f} s")


def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _check(plan: planning.Plan, may_have_orders: bool) -> None:
    if Order.objects.exists() and not may_have_orders:
        raise NotHere("This shop has orders: it is no place for made-up goods.")
    tops = [one.path for one in plan.shelves if one.parent is None]
    is_filled = Category.objects.filter(path__in=tops).exists()
    if is_filled or Variant.objects.filter(sku__regex=r"^K\d{6}-\d\d$").exists():
        raise NotHere("This shop was filled before, or has shelves or numbers of the same name.")


def _ground(plan: planning.Plan, day: datetime.datetime) -> rows.Ground:
    if not DeliveryMethod.objects.exists():
        stocking.rules(day)
    warehouse = StockLocation.objects.filter(kind=LocationKind.WAREHOUSE, is_active=True).first()
    if warehouse is None:
        raise NotHere("This shop has no warehouse.")
    return rows.Ground(
        moment=day,
        described=describing.make(),
        categories=_shelves(plan),
        brands=_brands(plan),
        makers=_makers(plan),
        pictures=drawing.draw(),
        warehouse=warehouse.pk,
    )


def _shelves(plan: planning.Plan) -> list[int]:
    found: list[int] = []
    for shelf in plan.shelves:
        row = Category.objects.create(
            parent_id=None if shelf.parent is None else found[shelf.parent],
            slug=shelf.slug,
            path=shelf.path,
            name_de=shelf.name_de,
            name_en=shelf.name_en,
            intro_de=shelf.department.intro_de if shelf.parent is None else "",
            intro_en=shelf.department.intro_en if shelf.parent is None else "",
            position=100 + shelf.number,
        )
        found.append(row.pk)
    return found


def _brands(plan: planning.Plan) -> list[int]:
    """A brand of that name that is there already is taken."""
    found: list[int] = []
    for number in range(plan.brands):
        name = planning.made_name(number * 7)
        slug = f"k-{planning.slug(name)}"
        found.append(Brand.objects.get_or_create(name=name, defaults={"slug": slug})[0].pk)
    return found


def _makers(plan: planning.Plan) -> list[int]:
    known = words.known()
    found: list[int] = []
    for number in range(plan.makers):
        name = planning.made_name(number * 11 + 5)
        postcode, town = known.towns[number % len(known.towns)]
        street = known.streets[number % len(known.streets)]
        form = known.legal_forms[number % len(known.legal_forms)]
        facts = {
            "address": f"{street} {1 + number % 90}, {postcode} {town}, DE",
            "country": "DE",
            "email": f"post@{planning.slug(name)}.example",
        }
        row, _made = Manufacturer.objects.get_or_create(name=f"{name} {form}", defaults=facts)
        found.append(row.pk)
    return found


def _goods(plan: planning.Plan, ground: rows.Ground) -> tuple[dict[str, int], dict[int, float]]:
    written: dict[str, int] = {}
    popularity: dict[int, float] = {}
    tables: dict[Any, copying.Table] = {}
    for numbers in batched(range(plan.products), AT_ONCE):
        made = [goods.good(number, plan) for number in numbers]
        chunk = rows.Chunk(ground, copying.first_number)
        chunk.add(made)
        for model in rows.MODELS:
            of_model = chunk.rows[model]
            if not of_model:
                continue
            if model not in tables:
                tables[model] = copying.Table(model, given=of_model[0])
            name = model._meta.db_table
            written[name] = written.get(name, 0) + tables[model].write(of_model)
        ids = [row["id"] for row in chunk.rows[Product]]
        popularity.update(zip(ids, (one.popularity for one in made), strict=True))
    return written, popularity
