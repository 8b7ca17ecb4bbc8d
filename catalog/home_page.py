"""The context of the home page, and with which picture it opens."""

import functools
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from catalog import cards, categories
from catalog.collections import showing
from catalog.models import CategoryPicture, Hero
from catalog.models.picture import rendition_url, shared_rendition
from shop.kit import languages

SECTION_SIZE = 8
# Wider than the pictures of goods: the opening picture fills the window.
HERO_WIDTHS = (640, 960, 1280, 1920, 2400)
HERO_PHONE_WIDTHS = (640, 960, 1280)


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
    mobile = None
    if hero.mobile_key:
        mobile = {
            "src": rendition_url(hero.mobile_key, hero.mobile_widths, 640),
            "srcset": cards.srcset(hero.mobile_key, hero.mobile_widths),
            "width": str(hero.mobile_width),
            "height": str(hero.mobile_height),
        }
    return {
        "title": languages.localized(hero, "title"),
        "text": languages.localized(hero, "text"),
        "cta": languages.localized(hero, "button"),
        "url": hero.category.get_absolute_url(),
        "picture": {
            "src": hero.url(1280),
            "srcset": cards.srcset(hero.key, hero.widths),
            "alt": hero.alt,
            "width": str(hero.width),
            "height": str(hero.height),
            "shared": shared_rendition(hero.key, hero.widths, width=hero.width, height=hero.height),
        },
        "mobile_picture": mobile,
    }


def _tiles(tree: categories.Tree) -> list[dict[str, Any]]:
    pictures = {one.category_id: one for one in CategoryPicture.objects.all()}
    return [
        {
            "name": node.name,
            "url": node.url,
            "picture": {
                "src": pictures[node.pk].url(320),
                "srcset": cards.srcset(pictures[node.pk].key, pictures[node.pk].widths),
                "width": str(pictures[node.pk].width),
                "height": str(pictures[node.pk].height),
            },
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
