"""Addresses that lead nowhere: moved (301), gone for good (410), or never there (404)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import translation

from catalog import browsing, cards, categories
from catalog.listing import keeping, listing_page
from catalog.machines import addresses
from catalog.models import Product
from discovery import recommendations
from inventory import availability
from reviews import ratings
from shop import chrome
from shop.kit import clock, languages

SIMILAR = 4
# Nobody's pages: files, the staff's desk.
_OTHERS = ("/admin/", "/static/", "/media/")


def answer(request: HttpRequest) -> HttpResponse:
    """301 to where the page is now, 410 with goods like it, or 404 with ways on."""
    fate = None
    if request.method in ("GET", "HEAD") and not request.path.startswith(_OTHERS):
        fate = addresses.fate_of(request.path, moment=clock.now())
    if fate and fate.address:
        return _moved(request, fate.address)
    with translation.override(languages.of_path(request.path)):
        tree = categories.tree(chrome.content_version(request), languages.active())
        context: dict[str, Any] = {"categories": listing_page.ways_on(tree)}
        if fate is None:
            return render(request, "404.html", context, status=404)
        context |= _gone(request, tree, fate.product) if fate.product else {}
        return render(request, "410.html", context, status=410)


def _moved(request: HttpRequest, address: str) -> HttpResponse:
    """What was asked with the old address is asked with the new one: `?variant=`, `?utm_…=`."""
    query = request.META.get("QUERY_STRING", "")
    mark = ("&" if "?" in address else "?") if query else ""
    return HttpResponsePermanentRedirect(f"{address}{mark}{query}")


def _gone(request: HttpRequest, tree: categories.Tree, product: Product) -> dict[str, Any]:
    """What the product was called, where it stood, and what goes well instead of it."""
    node = tree.by_pk(product.category_id)
    moment = clock.now()
    ids = recommendations.for_product(product.pk, limit=SIMILAR)
    rows = browsing.rows_of(ids, moment)
    if not rows and node:
        sheet = keeping.of_category(node.pk, moment=moment)
        rows = browsing.rows_of(sheet.first(SIMILAR), moment)
    sold_out = availability.sold_out(row.pk for row in rows)
    return {
        "name": product.name,
        "shelf": {"name": node.name, "url": node.url} if node else None,
        "similar_html": cards.html(
            rows,
            sold_out=sold_out,
            ratings=ratings.summary_of,
            moment=moment,
            is_exempt=chrome.is_exempt(request),
        ),
    }
