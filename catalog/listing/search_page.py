"""The contexts of the search page and of the suggestions under the search field."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog import categories, search
from catalog.listing import answering, choosing, listing_page
from catalog.search import suggesting
from shop.kit import languages, money


def straight_to(found: search.Answer) -> str:
    """Where a search leads without a page of results: the variant whose number it is, or the path
    that staff gave it. Empty for all others."""
    if found.sku:
        product = reverse("catalog:product", args=[found.slug])
        return f"{product}?{urlencode({'variant': found.sku})}"
    return found.path


def context(
    path: str, found: search.Answer, answer: answering.Answer, tree: categories.Tree
) -> dict[str, Any]:
    """What the page says of the results, how else to spell it, and where to look instead."""
    values = listing_page.list_context(path, answer, first=_("best match"), q=found.text)
    if answer.total >= search.MOST:
        most = money.formatted_number(search.MOST, languages.active())
        values["total_text"] = _("More than %(count)s products") % {"count": most}
    return {
        "query": found.text,
        "corrected": found.corrected if found.scores else "",
        "did_you_mean": _did_you_mean(path, found),
        "categories": listing_page.ways_on(tree),
        **values,
    }


def _did_you_mean(path: str, found: search.Answer) -> dict[str, str] | None:
    if not found.suggested or not found.suggested_count:
        return None
    return {
        "text": found.suggested,
        "url": choosing.Choice().address(path, keep={"q": found.suggested}),
        "count": money.formatted_number(found.suggested_count, languages.active()),
    }


def suggested(found: suggesting.Suggestions) -> dict[str, Any]:
    """Rows that are ready to show, in three groups."""
    path = reverse("catalog:search")
    return {
        "query": found.text,
        "shipping_url": reverse("legal", args=["shipping"]),
        "count": len(found.completions) + len(found.shelves) + len(found.products),
        "completions": [
            {
                "typed": found.text,
                "rest": completion[len(found.text) :],
                "url": choosing.Choice().address(path, keep={"q": completion}),
            }
            for completion in found.completions
        ],
        "categories": [{"name": node.name, "url": node.url} for node in found.shelves],
        "products": [
            {
                "name": one.name,
                "url": reverse("catalog:product", args=[one.slug]),
                "picture_url": one.picture_url,
                **one.prices,
            }
            for one in found.products
        ],
    }
