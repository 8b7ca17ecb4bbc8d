"""Lists that can be narrowed down: of a category, and of what a search found."""

import datetime
from collections.abc import Sequence

from django.http import QueryDict

from catalog import categories
from catalog.collections import showing
from catalog.listing import answering, keeping, listing_page, questions, sheets
from catalog.listing.book import Book, Value
from shop.kit import languages


def of_category(
    node: categories.Node, query: QueryDict, names: Book, *, moment: datetime.datetime
) -> answering.Answer:
    """What an address asks of a category and all below it; one statement when its sheet is kept."""
    sheet = keeping.of_category(node.pk, moment=moment)
    choice = listing_page.choice_of(query, names)
    asked = questions.of(sheet, names)
    return answering.answer(sheet, asked, choice, language=languages.active())


def of_collection(
    collection: showing.Shown,
    query: QueryDict,
    names: Book,
    tree: categories.Tree,
    *,
    moment: datetime.datetime,
) -> answering.Answer:
    """What an address asks of a collection; one statement when its sheet is kept."""
    sheet = keeping.of_collection(collection.pk, moment=moment)
    choice = listing_page.choice_of(query, names)
    asked = questions.of(sheet, names, places=_places(sheet, tree))
    return answering.answer(sheet, asked, choice, language=languages.active())


def of_search(
    product_ids: Sequence[int],
    query: QueryDict,
    names: Book,
    tree: categories.Tree,
    *,
    moment: datetime.datetime,
) -> answering.Answer:
    """What an address asks of these products, the best first; one statement."""
    language = languages.active()
    choice = listing_page.choice_of(query, names)
    sorts = {f"name_{language}" if choice.sort == "name" else choice.sort, sheets.BEST} - {""}
    sheet = keeping.of_products(product_ids, moment=moment, sorts=sorts)
    asked = questions.of(sheet, names, places=_places(sheet, tree))
    return answering.answer(sheet, asked, choice, language=language)


def _places(sheet: sheets.Sheet, tree: categories.Tree) -> dict[int, Value]:
    """The categories to choose from: of the first level that tells the products apart."""
    path = ""
    while True:
        level = [node for node in tree.children(path) if node.pk in sheet.categories]
        if len(level) != 1 or sheet.runs.count(sheet.categories[level[0].pk]) < len(sheet.heads):
            break
        path = level[0].path
    return {
        node.pk: Value(node.path, node.name, position=place) for place, node in enumerate(level)
    }
