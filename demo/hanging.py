"""Hangs the pictures: drawn and encoded side by side on all cores, stored by the shop."""

import concurrent.futures
import multiprocessing
import os
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from catalog import pictures as shop_pictures
from catalog.models import Category, CategoryPicture, Hero, OptionValue, Product, ProductPicture
from catalog.storefront import home_page
from demo import goods, pictures

Drawn = tuple[pictures.Picture, shop_pictures.Encoded]


Job = tuple[tuple[str, str, int], pictures.Picture, tuple[int, ...]]
# Forked processes find the jobs here: what draws a picture cannot be sent to them.
_jobs: list[Job] = []


def _draw(number: int) -> shop_pictures.Encoded:
    _owner, picture, widths = _jobs[number]
    return shop_pictures.encode(pictures.render(picture), at_once=widths)


def _drawn() -> Iterator[tuple[tuple[str, str, int], Drawn]]:
    """Each job's owner with its picture, as they get ready, in order."""
    context = multiprocessing.get_context("fork")
    workers = os.cpu_count() or 1
    with concurrent.futures.ProcessPoolExecutor(workers, mp_context=context) as pool:
        results = pool.map(_draw, range(len(_jobs)), chunksize=4)
        for (owner, picture, _widths), encoded in zip(_jobs, results, strict=True):
            yield owner, (picture, encoded)


def hang(made: dict[str, Product], say: Callable[[str], None]) -> None:
    """Draw, encode and store every picture of goods, categories and the home page.

    What pages show at once is made here; the worker makes the other renditions after the opening.
    """
    _jobs[:] = _all_jobs()
    values = {
        (value.option.product.slug, value.code): value
        for value in OptionValue.objects.select_related("option__product")
    }
    hero: dict[str, Drawn] = {}
    for number, ((kind, slug, place), drawn) in enumerate(_drawn(), start=1):
        with transaction.atomic():
            shop_pictures.store(drawn[1])
            if kind == "product":
                _of_product(made[slug], drawn, place, values)
            elif kind == "category":
                category = Category.objects.get(slug=slug)
                CategoryPicture.objects.create(category=category, **_columns(drawn))
            else:
                hero[slug] = drawn
        if number % 60 == 0 or number == len(_jobs):
            say(f"{number} of {len(_jobs)} pictures")
    _hero(hero)


def _all_jobs() -> list[Job]:
    standard, catalogue = shop_pictures.AT_ONCE, goods.catalogue()
    jobs: list[Job] = [
        (("product", one.slug, place), picture, standard)
        for one in catalogue.products
        for place, picture in enumerate(pictures.plan(one))
    ]
    jobs += [
        (("category", one.slug, 0), pictures.plan_category(one.slug), standard)
        for one in catalogue.categories
    ]
    wide, tall = pictures.plan_home()
    return [
        *jobs,
        (("hero", "wide", 0), wide, home_page.HERO_AT_ONCE),
        (("hero", "tall", 0), tall, home_page.PHONE_AT_ONCE),
    ]


def _columns(drawn: Drawn) -> dict[str, Any]:
    picture, encoded = drawn
    return {**encoded.columns, "alt_de": picture.alt_de, "alt_en": picture.alt_en}


def _of_product(
    product: Product, drawn: Drawn, place: int, values: dict[tuple[str, str], OptionValue]
) -> None:
    value = drawn[0].option_value
    ProductPicture.objects.create(
        product=product,
        option_value=values[product.slug, value] if value else None,
        position=place,
        **_columns(drawn),
    )


def _hero(hero: dict[str, Drawn]) -> None:
    tall = hero["tall"][1]
    Hero.objects.create(
        **_columns(hero["wide"]),
        mobile_key=tall.key,
        mobile_width=tall.width,
        mobile_height=tall.height,
        mobile_widths=tall.widths,
        mobile_renditions=tall.renditions,
        focus_x=95,
        title_de="Schöne Dinge, die mit der Flut kommen",
        title_en="Good things that come in with the tide",
        text_de="Tee, Keramik, Papier und Licht: ausgesucht in einem alten Speicher an der Elbe.",
        text_en="Tea, ceramics, paper and light, chosen in an old warehouse on the river Elbe.",
        button_de="Zur Keramik",
        button_en="See the ceramics",
        category=Category.objects.get(slug="keramik"),
        is_shown=True,
    )
