"""The context of the home page, and with which picture it opens."""

import functools
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from catalog import categories
from catalog.collections import showing
from catalog.models import CategoryPicture, Hero
from catalog.pictures import display
from shop.kit import languages

SECTION_SIZE = 8
# What is made of the opening picture at once; the rest, up to the width of a window, comes later.
HERO_AT_ONCE = (640, 1280)
PHONE_AT_ONCE = (640,)
HERO_SIZES = "(min-width: 48rem) 58vw, 100vw"
TILE_SIZES = "(min-width: 60rem) 18vw, 40vw"
PHONE_PLATE = {"width": "4", "height": "3"}


def context(
    content_version: int,
    language: str,
    shelves: Mapping[Any, str],
    *,
    collections: Sequence[showing.Shown],
    delivery_days: tuple[int, int],
) -> dict[str, Any]:
    """Hero, tiles and trust row of this content version, and the sections with their cards.

    `shelves`: the cards of each section, those of collections by their id. `delivery_days`: the
    working days that the standard delivery takes, at least and at most.
    """
    titles = {"new": _("New in the shop"), "featured": _("Favourites"), "sale": _("Reduced")}
    sections = {
        name: {"title": title, "cards_html": shelves[name], "url": "", "link_text": ""}
        for name, title in titles.items()
    }
    collected = [
        {
            "title": one.name,
            "cards_html": shelves[one.pk],
            "url": one.url,
            "link_text": _("See all"),
        }
        for one in collections
    ]
    return {
        **_kept(content_version, language, delivery_days),
        "sections": [sections["new"], sections["featured"], *collected, sections["sale"]],
    }


@functools.lru_cache(maxsize=8)
def _kept(content_version: int, language: str, delivery_days: tuple[int, int]) -> dict[str, Any]:
    with translation.override(language):
        hero = Hero.objects.filter(is_shown=True).select_related("category").first()
        return {
            "hero": _hero(hero) if hero else None,
            "category_tiles": _tiles(categories.tree(content_version, language)),
            "trust": _trust(delivery_days),
        }


def _hero(hero: Hero) -> dict[str, Any]:
    return {
        "title": languages.localized(hero, "title"),
        "text": languages.localized(hero, "text"),
        "cta": languages.localized(hero, "button"),
        "url": hero.category.get_absolute_url(),
        "picture": {
            **display.shown(hero, alt=hero.alt, sizes=HERO_SIZES, src=1280),
            "shared": display.shared(hero),
        },
        "mobile_picture": _on_phone(hero),
    }


def _on_phone(hero: Hero) -> dict[str, Any] | None:
    """The picture that staff gave for phones, else the part of the wide one around its focus."""
    if hero.mobile_key:
        size = {"width": str(hero.mobile_width), "height": str(hero.mobile_height)}
        return display.sources(hero.mobile_files, sizes="100vw") | size
    if "phone" in hero.renditions:
        return display.sources(hero.files, sizes="100vw", shape="phone") | PHONE_PLATE
    return None


def _tiles(tree: categories.Tree) -> list[dict[str, Any]]:
    pictures = {one.category_id: one for one in CategoryPicture.objects.all()}
    return [
        {
            "name": node.name,
            "url": node.url,
            # Decoration: the name stands beneath it.
            "picture": display.shown(
                pictures[node.pk], alt="", sizes=TILE_SIZES, shape="tile", src=320, most=640
            ),
        }
        for node in tree.children("")
        if node.pk in pictures
    ]


def _trust(delivery_days: tuple[int, int]) -> list[dict[str, str]]:
    shipping, withdrawal = (reverse("legal", args=[slug]) for slug in ("shipping", "withdrawal"))
    payment = reverse("legal", args=["payment"])
    return [
        {
            "icon": "ship",
            "title": _("Delivered in %(shortest)d–%(longest)d working days")
            % {"shortest": delivery_days[0], "longest": delivery_days[1]},
            "text": _("What is in stock, by standard delivery; you see the days before you order."),
            "url": shipping,
        },
        {
            "icon": "return",
            "title": _("14 days to withdraw"),
            "text": _("Without giving a reason; exceptions stand at the product."),
            "url": withdrawal,
        },
        {
            "icon": "lock",
            "title": _("Paid safely"),
            "text": _("On the page of our payment partner; we never see your card."),
            "url": payment,
        },
    ]


@transaction.atomic
def show(hero: Hero) -> None:
    """Open the home page with `hero`, and with no other."""
    Hero.objects.filter(is_shown=True).exclude(pk=hero.pk).update(is_shown=False)
    hero.is_shown = True
    hero.save(update_fields=["is_shown"])
    categories.changed()
