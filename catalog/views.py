"""The shelves: home, category, product, search. They gather plain values from several apps."""

import datetime
from collections.abc import Sequence
from typing import Any, cast

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import cache
from django.db.models import OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog import (
    browsing,
    cards,
    categories,
    pricing,
    product_facts,
    search,
)
from catalog.collections import shelves, showing
from catalog.documents import handing_out, size_tables
from catalog.law import previews
from catalog.listing import answering, book, choosing, listing_page, lists, search_page
from catalog.machines import social, structured
from catalog.models import CollectionMember, Document, Product, SizeGuide
from catalog.pictures import display
from catalog.search import suggesting
from catalog.storefront import home_page, product_page
from discovery import recommendations
from inventory import availability
from reviews import ratings, review_page
from shop import chrome, product_extras, structured_data
from shop.kit import clock, languages, pages

RELATED = POPULAR = COLLECTED = 4
KEPT_SECONDS = 3600


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front door."""
    moment = clock.now()
    collections = [one for one in _collections(request, moment) if one.is_on_home]
    sections = _home_rows(collections, moment)
    sold_out = availability.sold_out({row.pk for rows in sections.values() for row in rows})
    context = home_page.context(
        chrome.content_version(request),
        languages.active(),
        {name: _shelf(request, rows, sold_out) for name, rows in sections.items()},
        collections=collections,
        delivery_days=chrome.delivery_days(request),
    )
    context["page"] = _home_head(request, context["hero"])
    return pages.answer(request, "shop/home.html", context)


@require_safe
def category(request: HttpRequest, path: str) -> HttpResponse:
    """A shelf and everything below it."""
    tree = _tree(request)
    node = tree.nodes.get(path)
    if node is None:
        raise Http404
    answer = lists.of_category(node, request.GET, _book(request), moment=clock.now())
    if answer.is_beyond:
        raise Http404
    context = listing_page.category_context(tree, node, answer)
    context["cards_html"] = _goods(request, answer.product_ids)
    context["is_fragment"] = pages.is_fragment(request)
    context["page"] = _category_head(request, node, answer, context["breadcrumbs"])
    return pages.answer(request, "catalog/category_detail.html", context)


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """Goods that belong together, across the shelves."""
    moment = clock.now()
    found = next((one for one in _collections(request, moment) if one.slug == slug), None)
    if found is None:
        raise Http404
    answer = lists.of_collection(found, request.GET, _book(request), _tree(request), moment=moment)
    if answer.is_beyond:
        raise Http404
    context = listing_page.collection_context(found, answer)
    context["cards_html"] = _goods(request, answer.product_ids)
    context["is_fragment"] = pages.is_fragment(request)
    context["page"] = _collection_head(request, found, answer, context["breadcrumbs"])
    return pages.answer(request, "catalog/collection_detail.html", context)


@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """A product with one of its variants; `?variant=<SKU>` chooses it, links need no JavaScript."""
    live, moment, preview_text = _to_show(request, slug)
    facts = product_facts.of(live.pk, live.revision)
    variant_ids = [one.pk for one in facts.variants]
    free = availability.of(variant_ids)
    variant = product_page.chosen_variant(facts, request.GET.get("variant", ""), free)
    prices = pricing.price_of(facts.priced_ids, moment)
    context = product_page.context(
        facts,
        variant=variant,
        prices=prices,
        free=free,
        url=request.path,
        arrival=product_extras.arrival(request, moment),
    )
    is_sold_out = context["availability"]["kind"] == "sold_out"
    context |= _around(request, facts, live.revision)
    context |= product_extras.by_visitor(request, facts, variant, is_sold_out=is_sold_out)
    url, rating = settings.SITE_URL + request.path, context["rating"]
    seen = structured.Seen(facts, prices, free, url, rating, live.revision)
    context["page"] = _product_head(request, seen, variant, context)
    if preview_text:
        context["page"]["robots"], context["preview_text"] = "noindex", preview_text
    context["collections"] = showing.links_of(live.collection_ids, _collections(request, moment))
    return pages.answer(request, "catalog/product_detail.html", context)


@require_safe
def search_results(request: HttpRequest) -> HttpResponse:
    """What was found, the best first."""
    moment = clock.now()
    found = search.answer(request.GET.get("q", ""), moment=moment)
    if address := search_page.straight_to(found):
        return redirect(address)
    tree, names = _tree(request), _book(request)
    answer = lists.of_search(found.ids, request.GET, names, tree, moment=moment)
    if answer.is_beyond:
        return redirect(choosing.Choice().address(request.path, keep={"q": found.text}))
    context = search_page.context(request.path, found, answer, tree)
    context["cards_html"] = _goods(request, answer.product_ids)
    context |= {} if found.scores else _in_vain(request, found, moment)
    context["is_fragment"] = pages.is_fragment(request)
    context["page"] = chrome.page(request, title=found.text or _("Search"), robots="noindex")
    return pages.answer(request, "catalog/search.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What may be meant, while it is typed: a part of the page for the search field."""
    found = suggesting.suggestions(request.GET.get("q", ""), _tree(request), moment=clock.now())
    response = render(request, "catalog/suggestions.html", search_page.suggested(found))
    response["Cache-Control"] = "private, max-age=60"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def document(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """A manual, data sheet or label; its name in the address is for people."""
    shown = Document.objects.shown(clock.now())
    return handing_out.response(get_object_or_404(shown, pk=pk))


@require_safe
def size_guide(request: HttpRequest, slug: str) -> HttpResponse:
    """A table of sizes on a page of its own."""
    guide = get_object_or_404(SizeGuide, slug=slug)
    shown = size_tables.shown(guide, languages.active())
    page = chrome.page(request, title=shown["name"], description=shown["intro"][:160])
    return pages.answer(request, "catalog/size_guide.html", {"guide": shown, "page": page})


def _home_rows(
    collections: Sequence[showing.Shown], moment: datetime.datetime
) -> dict[Any, list[browsing.Row]]:
    """The rows of each section by its name, those of collections by their id; two statements."""
    picked = shelves.first_rows([one.pk for one in collections], size=COLLECTED, moment=moment)
    return {**browsing.home_rows(moment, size=home_page.SECTION_SIZE), **picked}


def _home_head(request: HttpRequest, hero: dict[str, Any] | None) -> dict[str, Any]:
    text, og = "", {}
    if hero:
        text, picture = hero["text"], hero["picture"]
        og = {"og:description": text}
        og |= social.picture(picture["shared"], picture["alt"], settings.SITE_URL)
    data = structured_data.of_home(request)
    return chrome.page(request, title="", description=text, og=og, structured=data)


def _in_vain(
    request: HttpRequest, found: search.Answer, moment: datetime.datetime
) -> dict[str, Any]:
    """What others like, when nothing was found; staff are told what was looked for."""
    if found.text:
        search.note_miss(found.text, language=languages.active())
    liked = search.popular(moment=moment, limit=POPULAR)
    return {"popular_html": _shelf(request, browsing.rows_of(liked, moment))}


def _collections(request: HttpRequest, moment: datetime.datetime) -> list[showing.Shown]:
    version = chrome.content_version(request)
    return showing.all_of(version, languages.active(), moment=moment)


_FIRST = ("pk", "revision", "status", "published_at", "unpublish_at")


def _with_collections(products: QuerySet[Product]) -> Any:
    """What the page of a product asks first; the collections that it is in come along."""
    memberships = CollectionMember.objects.filter(product_id=OuterRef("pk"))
    ids = ArraySubquery(memberships.values("collection_id"))
    return products.only(*_FIRST).annotate(collection_ids=ids)


def _tree(request: HttpRequest) -> categories.Tree:
    return categories.tree(chrome.content_version(request), languages.active())


def _book(request: HttpRequest) -> book.Book:
    return book.of(chrome.content_version(request), languages.active())


def _category_head(
    request: HttpRequest,
    node: categories.Node,
    answer: answering.Answer,
    ways: list[dict[str, str]],
) -> dict[str, Any]:
    """Each choice has one address. What search engines may keep has a title of its own."""
    choice, only = answer.choice, listing_page.indexable(answer)
    title = f"{node.name}: {only.value.name}" if only else node.name
    return chrome.page(
        request,
        title=title if choice.page == 1 else f"{title} · {choice.page}",
        description="" if choice.filters else node.intro[:160],
        robots=listing_page.robots(answer),
        query=listing_page.canonical(answer),
        og=social.of_list(answer.product_ids, settings.SITE_URL),
        structured=structured_data.of_ways(ways),
    )


def _to_show(request: HttpRequest, slug: str) -> tuple[Any, datetime.datetime, str]:
    """The product, as of when, and what staff are told who look at what shoppers do not see."""
    now = clock.now()
    rows = _with_collections(Product.objects.all())
    moment = "preview" in request.GET and previews.asked_for(request.GET, request.user, now)
    if not moment:
        return get_object_or_404(rows.live(now), slug=slug), now, ""
    product = get_object_or_404(rows, slug=slug)
    return product, moment, previews.notice(product, moment)


def _goods(request: HttpRequest, product_ids: list[int]) -> SafeString:
    """The cards of one page of a list; rows and stock in one statement."""
    moment = clock.now()
    rows, sold_out = availability.rows_of(product_ids, moment) if product_ids else ([], set())
    return _cards(request, rows, sold_out, moment)


def _collection_head(
    request: HttpRequest,
    found: showing.Shown,
    answer: answering.Answer,
    ways: list[dict[str, str]],
) -> dict[str, Any]:
    """As for categories: what is sorted or narrowed down is not for search engines."""
    choice, og = answer.choice, {"og:description": found.description}
    if found.picture:
        og |= social.picture(display.shared(found.picture), found.picture.alt, settings.SITE_URL)
    else:
        og |= social.of_list(answer.product_ids, settings.SITE_URL)
    return chrome.page(
        request,
        title=found.title if choice.page == 1 else f"{found.title} · {choice.page}",
        description=found.description,
        robots=listing_page.robots(answer),
        query=listing_page.canonical(answer),
        og=og,
        structured=structured_data.of_ways(ways),
    )


def _shelf(
    request: HttpRequest, rows: Sequence[browsing.Row], sold_out: set[int] | None = None
) -> SafeString:
    """The cards of these rows; which are sold out is read now, unless the caller knows it."""
    if sold_out is None:
        sold_out = availability.sold_out(row.pk for row in rows) if rows else set()
    return _cards(request, rows, sold_out, clock.now())


def _cards(
    request: HttpRequest,
    rows: Sequence[browsing.Row],
    sold_out: set[int],
    moment: datetime.datetime,
) -> SafeString:
    return cards.html(
        rows,
        sold_out=sold_out,
        ratings=ratings.summary_of,
        moment=moment,
        is_exempt=chrome.is_exempt(request),
    )


def _around(request: HttpRequest, facts: product_facts.Facts, revision: int) -> dict[str, Any]:
    """What stands around the product: the way to it, reviews, what goes well with it."""
    tree = _tree(request)
    node = tree.by_pk(facts.category_id)
    ways = listing_page.breadcrumbs(tree, node.path) if node else []
    related: list[int] = cast(
        "list[int]",
        cache.get_or_set(
            f"related.{facts.pk}.{revision}",
            lambda: facts.related_ids or recommendations.for_product(facts.pk, limit=RELATED),
            KEPT_SECONDS,
        ),
    )
    return {
        "breadcrumbs": [*ways, {"name": facts.product["name"], "url": request.path}],
        "related_html": _shelf(request, browsing.rows_of(related[:RELATED], clock.now())),
        "cart_add_url": reverse("checkout:line_create"),
        **review_page.context(facts.pk, revision),
    }


def _product_head(
    request: HttpRequest,
    seen: structured.Seen,
    variant: product_facts.VariantFacts,
    context: dict[str, Any],
) -> dict[str, Any]:
    """What machines are told of the product: the very values that the page shows."""
    return chrome.page(
        request,
        title=seen.facts.product["name"],
        description=seen.facts.product["summary"],
        og=social.of_product(
            seen.facts,
            variant,
            price=seen.prices.get(variant.pk),
            availability=context["availability"]["kind"],
            gallery=context["gallery"],
            site_url=settings.SITE_URL,
        ),
        structured=structured_data.of_product(request, seen, context["breadcrumbs"]),
    )
