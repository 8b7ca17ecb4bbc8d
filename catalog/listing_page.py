"""The context of a list of products: head, sorting, pages."""

import dataclasses
import re
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog import browsing, cards, categories
from catalog.collections import showing

HEAD_SIZES = "(min-width: 48rem) 40vw, 100vw"


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """What a shopper chose in a list; unknown values are ignored, never an error."""

    sort: str = "newest"
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        sort, page = query.get("sort", ""), query.get("page", "")
        return cls(
            sort=sort if sort in browsing.SORTS else "newest",
            page=int(page) if re.fullmatch(r"[1-9][0-9]{0,5}", page) else 1,
        )

    def address(self, path: str, *, sort: str | None = None, page: int = 1, **more: str) -> str:
        """The canonical address of this list: parameters in one order, defaults left out."""
        sort = self.sort if sort is None else sort
        pairs = dict(more)
        if sort != "newest":
            pairs["sort"] = sort
        if page > 1:
            pairs["page"] = str(page)
        query = urlencode(sorted(pairs.items()))
        return f"{path}?{query}" if query else path


def breadcrumbs(tree: categories.Tree, path: str) -> list[dict[str, str]]:
    """From the home page down to the category."""
    ways = [{"name": _("Home"), "url": reverse("home")}]
    return ways + [{"name": node.name, "url": node.url} for node in tree.ancestors(path)]


def category_context(
    tree: categories.Tree, node: categories.Node, found: browsing.Listing, choice: Choice
) -> dict[str, Any]:
    return {
        "category": {"name": node.name, "intro": node.intro},
        "breadcrumbs": breadcrumbs(tree, node.path),
        "subcategories": [
            {"name": child.name, "url": child.url} for child in tree.children(node.path)
        ],
        "sort_options": sort_options(node.url, choice),
        **pages_context(node.url, found, choice),
    }


def collection_context(
    collection: showing.Shown, found: browsing.Listing, choice: Choice
) -> dict[str, Any]:
    picture = collection.picture
    return {
        "collection": {
            "name": collection.name,
            "paragraphs": [part for part in collection.intro.split("\n\n") if part.strip()],
            "picture": cards.picture_of(picture, sizes=HEAD_SIZES) if picture else None,
        },
        "breadcrumbs": [
            {"name": _("Home"), "url": reverse("home")},
            {"name": collection.name, "url": collection.url},
        ],
        "sort_options": sort_options(collection.url, choice, newest=_("our selection")),
        **pages_context(collection.url, found, choice),
    }


def ways_on(tree: categories.Tree) -> list[dict[str, str]]:
    """The top categories, for pages that lead nowhere else."""
    return [{"name": node.name, "url": node.url} for node in tree.children("")]


def sort_options(path: str, choice: Choice, *, newest: str = "") -> list[dict[str, Any]]:
    """The ways to sort. `newest` names the order that stands in for the newest first."""
    names = {
        "newest": newest or _("newest first"),
        "price": _("price, low to high"),
        "-price": _("price, high to low"),
        "name": _("name"),
    }
    return [
        {"name": name, "url": choice.address(path, sort=sort), "is_current": sort == choice.sort}
        for sort, name in names.items()
    ]


def pages_context(
    path: str, found: browsing.Listing, choice: Choice, **more: str
) -> dict[str, Any]:
    """The number of products in words, and the links to the other pages."""

    def url(page: int) -> str:
        return choice.address(path, page=page, **more)

    pages = None
    if found.page_count > 1:
        pages = {
            "pages": [
                {
                    "number": str(number) if number else "",
                    "url": url(number) if number else "",
                    "is_current": number == found.page,
                }
                for number in _numbers(found.page, found.page_count)
            ],
            "previous_url": url(found.page - 1) if found.page > 1 else "",
            "next_url": url(found.page + 1) if found.page < found.page_count else "",
        }
    total = ngettext("%(count)d product", "%(count)d products", found.total)
    return {"total_text": total % {"count": found.total}, "pagination": pages}


def _numbers(page: int, last: int) -> list[int]:
    """The pages to link to: the ends and the neighbours; 0 stands for a gap."""
    shown = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    numbers: list[int] = []
    for number in shown:
        if numbers and number - numbers[-1] > 1:
            numbers.append(0)
        numbers.append(number)
    return numbers
