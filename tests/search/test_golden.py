"""The golden set: what shoppers look for in the demo's goods, written before the ranking was tuned.

`expected` names the products of which one must stand first; `c:<category>` any product on that
shelf or below it.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest

from catalog import search
from catalog.models import Product, Variant
from demo import stocking
from tests.making import NOON

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parent
FIRST = {"typo": 0.85}  # the share of searches that must find theirs first; all others:
FIRST_OF_EXACT = 0.95


@pytest.fixture
def shelves(rules):
    """The demo's goods on sale, without pictures."""
    stocking.shelves(NOON)
    stocking.synonyms()
    Product.objects.update(status="active", published_at=NOON)
    search.reindex_all()


@pytest.mark.slow
@pytest.mark.parametrize(("language", "least"), [("de", 120), ("en", 60)])
def test_shoppers_find_what_they_mean(language, least, shelves):
    text = (FOLDER / f"golden_{language}.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    slugs = dict(Product.objects.values_list("pk", "slug"))
    places = _places()
    hits, tries, wrong, empty = Counter(), Counter(), [], []

    for row in rows:
        found = [slugs[pk] for pk in search.find(row["query"], moment=NOON, language=language)]
        is_right = bool(found) and _is_expected(found[0], row["expected"], places)
        tries[row["kind"]] += 1
        hits[row["kind"]] += is_right
        wrong += [] if is_right else [(row["kind"], row["query"], found[:3])]
        empty += [] if found else [row["query"]]

    assert len(rows) >= least
    assert not empty
    shares = {kind: hits[kind] / tries[kind] for kind in tries}
    poor = {
        kind: share for kind, share in shares.items() if share < FIRST.get(kind, FIRST_OF_EXACT)
    }
    assert not poor, wrong
    assert shares["exact"] == 1, wrong


def _places() -> dict[str, set[str]]:
    """The slugs of the shelves on which each product stands."""
    rows = Product.objects.select_related("category").prefetch_related("categories")
    return {
        row.slug: {
            slug
            for shelf in (row.category, *row.categories.all())
            for slug in shelf.path.split("/")
        }
        for row in rows
    }


def _is_expected(slug, expected, places):
    return any(
        one.removeprefix("c:") in places[slug] if one.startswith("c:") else one == slug
        for one in expected.split("|")
    )


def test_every_sku_and_gtin_of_the_demo_leads_to_its_variant(shelves):
    for variant in Variant.objects.select_related("product").exclude(gtin="")[::17]:
        for text in (variant.sku, variant.sku.lower().replace("-", " "), variant.gtin):
            found = search.answer(text, moment=NOON, language="de")
            assert (found.slug, found.sku) == (variant.product.slug, variant.sku), text
