"""The context of a list of products: head, filters, sorting, pages."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog import categories
from catalog.collections import showing
from catalog.listing import answering, book, choosing, panel, questions, sheets
from catalog.pictures import display
from shop.kit import languages, money

HEAD_SIZES = "(min-width: 48rem) 40vw, 100vw"
# A page that stands for one value of one facet has an address of its own for search engines, if
# so many products are on it: fewer are not worth a visit.
WORTH_A_PAGE = 3


def choice_of(query: QueryDict, names: book.Book) -> choosing.Choice:
    """What the address of a list says; unknown parameters and values are ignored."""
    return choosing.Choice.of(
        query,
        lists=[*choosing.LISTS, *names.lists],
        ranges=[*choosing.RANGES, *names.ranges],
    )


def breadcrumbs(tree: categories.Tree, path: str) -> list[dict[str, str]]:
    """From the home page down to the category."""
    ways = [{"name": _("Home"), "url": reverse("home")}]
    return ways + [{"name": node.name, "url": node.url} for node in tree.ancestors(path)]


def category_context(
    tree: categories.Tree, node: categories.Node, answer: answering.Answer
) -> dict[str, Any]:
    return {
        "category": {"name": node.name, "intro": node.intro},
        "breadcrumbs": breadcrumbs(tree, node.path),
        "subcategories": [_shelf(child, answer) for child in tree.children(node.path)],
        **list_context(node.url, answer),
    }


def _shelf(child: categories.Node, answer: answering.Answer) -> dict[str, str]:
    """A category below with what the filters leave of it; the link keeps them."""
    count = answer.count_in(child.pk)
    same = answer.choice.with_more(())
    return {
        "name": child.name,
        "count": money.formatted_number(count, languages.active()),
        "url": same.address(child.url) if count or not same.filters else "",
    }


def collection_context(collection: showing.Shown, answer: answering.Answer) -> dict[str, Any]:
    picture = collection.picture
    return {
        "collection": {
            "name": collection.name,
            "paragraphs": [part for part in collection.intro.split("\n\n") if part.strip()],
            "picture": (
                display.shown(picture, alt=picture.alt, sizes=HEAD_SIZES) if picture else None
            ),
        },
        "breadcrumbs": [
            {"name": _("Home"), "url": reverse("home")},
            {"name": collection.name, "url": collection.url},
        ],
        **list_context(collection.url, answer, first=_("our selection")),
    }


def list_context(
    path: str, answer: answering.Answer, *, first: str = "", **more: str
) -> dict[str, Any]:
    """What every list shows besides its goods. `first` names the list's own order; `more` are
    parameters to keep, such as the search."""
    return {
        "filters": panel.context(answer, path, **more),
        "sort_options": sort_options(path, answer, first=first or _("recommended"), **more),
        "list_url": answer.choice.address(path, page=answer.choice.page, keep=more),
        **pages_context(path, answer, **more),
    }


def indexable(answer: answering.Answer) -> questions.Option | None:
    """The one value that a list is narrowed down to, where search engines may keep that page."""
    choice = answer.choice
    if len(choice.filters) != 1 or choice.sort or choice.more or answer.total < WORTH_A_PAGE:
        return None
    ((param, wanted),) = choice.filters.items()
    question = next(one for one in answer.asked if one.param == param)
    if not question.is_indexable or isinstance(wanted, choosing.Range) or len(wanted) != 1:
        return None
    return next(one for one in question.options if one.value.code in wanted)


def robots(answer: answering.Answer) -> str:
    """Sorted and narrowed lists are the same goods again: engines only follow their links."""
    choice = answer.choice
    is_plain = not (choice.filters or choice.sort or choice.more)
    return "" if is_plain or indexable(answer) else "noindex, follow"


def canonical(answer: answering.Answer) -> str:
    """The query of the one address of this list for search engines."""
    return answer.choice.with_more(()).address("", page=answer.choice.page)


def ways_on(tree: categories.Tree) -> list[dict[str, str]]:
    """The top categories, for pages that lead nowhere else."""
    return [{"name": node.name, "url": node.url} for node in tree.children("")]


def sort_options(
    path: str, answer: answering.Answer, *, first: str, **more: str
) -> list[dict[str, Any]]:
    names = {
        "": first,
        "newest": _("newest first"),
        "price": _("price, low to high"),
        "-price": _("price, high to low"),
        "rating": _("best rated"),
        "name": _("name"),
    }
    if sheets.BEST not in answer.sheet.orders:
        names.pop("rating")
    current = answer.choice.sort
    return [
        {
            "name": name,
            "url": answer.choice.address(path, sort=sort, keep=more),
            "is_current": sort == current,
        }
        for sort, name in names.items()
    ]


def pages_context(path: str, answer: answering.Answer, **more: str) -> dict[str, Any]:
    """The number of products in words, and the links to the other pages."""
    page, last = answer.choice.page, answer.page_count
    language = languages.active()

    def url(page: int) -> str:
        return answer.choice.address(path, page=page, keep=more)

    pages = None
    if last > 1:
        pages = {
            "pages": [
                {
                    "number": money.formatted_number(number, language) if number else "",
                    "url": url(number) if number else "",
                    "is_current": number == page,
                }
                for number in _numbers(page, last)
            ],
            "previous_url": url(page - 1) if page > 1 else "",
            "next_url": url(page + 1) if page < last else "",
        }
    total = ngettext("%(count)s product", "%(count)s products", answer.total)
    number = money.formatted_number(answer.total, language)
    return {"total_text": total % {"count": number}, "pagination": pages}


def _numbers(page: int, last: int) -> list[int]:
    """The pages to link to: the ends and the neighbours; 0 stands for a gap."""
    shown = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    numbers: list[int] = []
    for number in shown:
        if numbers and number - numbers[-1] > 1:
            numbers.append(0)
        numbers.append(number)
    return numbers
