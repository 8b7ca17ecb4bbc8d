"""What machines ask for: the sitemap, whom to tell about holes, where passwords are changed."""

import datetime
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.paginator import EmptyPage, Paginator
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from catalog import categories
from catalog.collections import showing
from catalog.models import Category, Product
from shop import chrome, legal
from shop.kit import clock, languages

# Each product has an address in each language; a sitemap may hold 50 000 of them.
PRODUCTS_PER_PART = 10_000
VALID_FOR = datetime.timedelta(days=180)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Home, categories and products in each language; an index of parts when there are too many."""
    moment = clock.now()
    products = Product.objects.live(moment).order_by("pk").values_list("slug", "changed_at")
    parts = Paginator(products, PRODUCTS_PER_PART)
    part = request.GET.get("part", "")
    if parts.num_pages > 1 and not part:
        addresses = [f"{settings.SITE_URL}{request.path}?part={n}" for n in parts.page_range]
        return _xml(request, "sitemap_index.xml", {"addresses": addresses})
    try:
        chosen = parts.page(int(part or 1) if (part or "1").isdecimal() else 0)
    except EmptyPage as problem:
        raise Http404 from problem
    shelves = _shelves(request, moment) if chosen.number == 1 else []
    return _xml(request, "sitemap.xml", {"pages": [*shelves, *_products(chosen)]})


def _shelves(request: HttpRequest, moment: datetime.datetime) -> Iterable[dict[str, Any]]:
    """The home page, the shown categories with the day on which they or their goods changed, and
    the collections.
    """
    tree = categories.tree(chrome.content_version(request), languages.active())
    changes = dict(Category.objects.values_list("pk", "changed_at"))
    live = Product.objects.live(moment).order_by()
    goods = dict(live.values_list("category").annotate(last=Max("changed_at")))
    yield _page("home", [], None)
    for path, node in tree.nodes.items():
        below = tree.subtree_ids(path)
        days = [goods[pk] for pk in below if pk in goods] + [changes[node.pk]]
        yield _page("catalog:category", [path], max(days))
    version = chrome.content_version(request)
    for one in showing.all_of(version, languages.active(), moment=moment):
        yield _page("catalog:collection", [one.slug], one.changed_at)


def _products(rows: Iterable[tuple[str, datetime.datetime]]) -> Iterable[dict[str, Any]]:
    return [_page("catalog:product", [slug], changed_at) for slug, changed_at in rows]


def _page(name: str, args: list[str], changed_at: datetime.datetime | None) -> dict[str, Any]:
    """The addresses of a page in each language, and when it changed where that is known."""
    addresses = []
    for code in languages.codes():
        with translation.override(code):
            addresses.append((code, settings.SITE_URL + reverse(name, args=args)))
    return {"addresses": addresses, "changed_at": changed_at}


def _xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    context = {**context, "default_language": settings.LANGUAGE_CODE}
    return render(request, f"machine/{template}", context, content_type="application/xml")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell about a hole. 404 while nobody has named the merchant's address."""
    email = legal.merchant().email
    if "@" not in email:
        raise Http404
    expires = (clock.now() + VALID_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{quote(email, safe='@')}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(languages.codes())}",
        f"Canonical: {settings.SITE_URL}{request.path}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Where password managers send people (W3C: a well-known URL for changing passwords)."""
    return HttpResponseRedirect(reverse("account_change_password"))
