"""Sitemaps (sitemaps.org): an index, and files of products, categories and pages.

Only what opens with 200, is its own canonical address and may be indexed. Each entry names the same
page in the other languages; products name their pictures. Files of products are written while they
are read, so that 100,000 products take no more memory than 1,000.
"""

import datetime
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Max, Q
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalog import categories
from catalog.collections import showing
from catalog.machines import crawling
from catalog.models import Category, Product, SizeGuide
from shop import chrome, legal
from shop.kit import clock, languages

KEPT_SECONDS = 3600
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SET = (
    f'{_HEAD}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n'
)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Which files there are, and when what they list last changed."""
    parts: list[tuple[str, datetime.datetime | None]] = [("pages", None), ("categories", None)]
    parts += [
        (f"products-{number}", changed_at)
        for number, (_start, changed_at) in enumerate(crawling.parts(clock.now()), start=1)
    ]
    rows = (
        f"<sitemap><loc>{escape(_absolute('sitemap_part', name))}</loc>"
        f"{_lastmod(changed_at)}</sitemap>\n"
        for name, changed_at in parts
    )
    text = (
        f'{_HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{''.join(rows)}</sitemapindex>\n"
    )
    return _kept(HttpResponse(text, content_type="application/xml"))


@require_safe
def part(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file of the index."""
    moment = clock.now()
    kind, _dash, number = name.partition("-")
    if kind == "products":
        starts = [start for start, _changed_at in crawling.parts(moment)]
        place = int(number) - 1
        if not 0 <= place < len(starts):
            raise Http404
        end = starts[place + 1] if place + 1 < len(starts) else None
        entries = _products(starts[place], end, moment)
    elif kind == "categories":
        entries = _shelves(request, moment)
    else:
        entries = _pages()
    content = StreamingHttpResponse(_written(entries), content_type="application/xml")
    return _kept(content)


def _kept[Response: HttpResponseBase](response: Response) -> Response:
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response


def _written(entries: Iterable[str]) -> Iterator[str]:
    yield _SET
    yield from entries
    yield "</urlset>\n"


def _products(start: int, end: int | None, moment: datetime.datetime) -> Iterator[str]:
    for slug, changed_at, pictures in crawling.products(moment, start=start, end=end):
        images = "".join(
            f"<image:image><image:loc>{escape(settings.SITE_URL + url)}</image:loc></image:image>"
            for url in pictures
        )
        yield _entry(_addresses("catalog:product", slug), changed_at, images)


def _shelves(request: HttpRequest, moment: datetime.datetime) -> Iterator[str]:
    """Shown categories with goods, with the day of the last change there, and collections."""
    tree = categories.tree(chrome.content_version(request), languages.active())
    changes = dict(Category.objects.values_list("pk", "changed_at"))
    goods = _last_changes(moment)
    for path, node in tree.nodes.items():
        below = [goods[pk] for pk in tree.subtree_ids(path) if pk in goods]
        if below:
            yield _entry(_addresses("catalog:category", path), max(*below, changes[node.pk]))
    version = chrome.content_version(request)
    for one in showing.all_of(version, languages.active(), moment=moment):
        yield _entry(_addresses("catalog:collection", one.slug), one.changed_at)


def _last_changes(moment: datetime.datetime) -> dict[int, datetime.datetime]:
    """By category, when one of the goods that stand in it last changed."""
    live = Product.objects.live(moment).order_by()
    found = dict(live.values_list("category").annotate(last=Max("changed_at")))
    further = live.filter(~Q(categories=None)).values_list("categories")
    for pk, last in further.annotate(last=Max("changed_at")):
        found[pk] = max(found.get(pk, last), last)
    return found


def _pages() -> Iterator[str]:
    """The home page, tables of sizes and the legal pages."""
    yield _entry(_addresses("home"), None)
    for slug in SizeGuide.objects.order_by("pk").values_list("slug", flat=True):
        yield _entry(_addresses("catalog:size_guide", slug), None)
    for slug in legal.PAGES:
        yield _entry(_addresses("legal", slug), None)


def _entry(addresses: dict[str, str], changed_at: datetime.datetime | None, more: str = "") -> str:
    """One `<url>` for each language; all name each other, the default is for everybody else."""
    links = {**addresses, "x-default": addresses[settings.LANGUAGE_CODE]}
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
        for code, address in links.items()
    )
    rest = f"{_lastmod(changed_at)}{alternates}{more}</url>\n"
    return "".join(f"<url><loc>{address}</loc>{rest}" for address in addresses.values())


def _addresses(name: str, *args: str) -> dict[str, str]:
    """The page in each language, ready for XML; only the beginning of its path differs."""
    path = reverse(name, args=args)
    rest = escape(path[len(languages.active()) + 1 :], {'"': "&quot;"})
    return {code: f"{settings.SITE_URL}/{code}{rest}" for code in languages.codes()}


def _absolute(name: str, *args: str) -> str:
    return settings.SITE_URL + reverse(name, args=args)


def _lastmod(changed_at: datetime.datetime | None) -> str:
    return f"<lastmod>{changed_at.isoformat()}</lastmod>" if changed_at else ""
