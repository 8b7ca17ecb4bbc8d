"""The list: looked at, shortened, taken into the cart, shown to others."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from checkout import cart_cookie, carts
from discovery import sharing
from discovery.models import Wishlist, WishlistItem
from discovery.wishlists import cookie, hearts, lists, presenting
from inventory import availability
from shop import chrome
from shop.kit import clock, pages

TEMPLATE = "discovery/wishlist.html"


@never_cache
@require_safe
def wishlist(request: HttpRequest) -> HttpResponse:
    """What is on the list, at today's prices and stock."""
    found = cookie.current(request)
    removed = request.GET.get("removed", "")
    context = _context(request, found, removed_pk=int(removed) if removed.isdecimal() else 0)
    return pages.answer(request, TEMPLATE, context)


@never_cache
@require_safe
def shared_list(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody's list for those who have its link: goods alone, nothing of the person."""
    found = lists.shared(token)
    if found is None:
        raise Http404
    shelf = presenting.Shelf(found, clock.now())
    context = {
        "items": shelf.rows(availability.of(shelf.variant_ids)),
        "page": chrome.page(request, title=_("A wishlist"), robots="noindex, nofollow"),
    }
    response = pages.answer(request, "discovery/shared_list.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _own(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """With the visitor's list; items of other lists do not exist for them."""

    @wraps(view)
    def guarded(request: HttpRequest, **rest: Any) -> HttpResponse:
        found = cookie.current(request)
        if found is None:
            raise Http404
        try:
            return view(request, found, **rest)
        except WishlistItem.DoesNotExist:
            raise Http404 from None

    return guarded


@require_POST
@_own
def item_removal(request: HttpRequest, found: Wishlist, pk: int) -> HttpResponse:
    """Take an item off; the page offers to put it back."""
    lists.take_off(found, pk, moment=clock.now())
    return _changed(request, found, removed_pk=pk)


@require_POST
@_own
def item_return(request: HttpRequest, found: Wishlist, pk: int) -> HttpResponse:
    """Put back what was taken off."""
    lists.put_back(found, pk, moment=clock.now())
    return _changed(request, found)


@require_POST
@_own
def item_to_cart(request: HttpRequest, found: Wishlist, pk: int) -> HttpResponse:
    """One piece of the chosen variant into the cart, and off the list."""
    item = found.items.present().select_related("variant").get(pk=pk)
    if item.variant is None:
        raise Http404
    moment = clock.now()
    cart = cart_cookie.current_or_new(request, moment)
    try:
        carts.add(cart, item.variant, quantity=1, moment=moment)
    except carts.CartProblem as problem:
        return _changed(request, found, problem=problem.message)
    lists.take_off(found, pk, moment=moment)
    pieces = str(carts.count(cart.token).pieces)
    return cart_cookie.keep(_changed(request, found, moved=item, pieces=pieces), cart)


@require_POST
@_own
def link_create(request: HttpRequest, found: Wishlist) -> HttpResponse:
    """Make the link that lets others read the list."""
    lists.share(found, moment=clock.now())
    return _changed(request, found)


@require_POST
@_own
def link_removal(request: HttpRequest, found: Wishlist) -> HttpResponse:
    """The link leads nowhere any more."""
    lists.revoke(found, moment=clock.now())
    return _changed(request, found)


def _changed(
    request: HttpRequest,
    found: Wishlist,
    *,
    removed_pk: int = 0,
    moved: WishlistItem | None = None,
    pieces: str = "",
    problem: str = "",
) -> HttpResponse:
    """The list as it is now: the part that was asked for, or the page again."""
    text = _("Put into the cart and taken off the list.") if moved else ""
    if pages.is_fragment(request):
        context = _context(request, found, removed_pk=removed_pk, problem=problem)
        context |= {"cart_count": pieces, "has_cart_changed": True} if pieces else {}
        return cookie.keep(pages.answer(request, TEMPLATE, context | {"news": text}), found)
    if problem or text:
        level = messages.ERROR if problem else messages.SUCCESS
        messages.add_message(request, level, problem or text)
    query = f"?removed={removed_pk}" if removed_pk else ""
    return cookie.keep(redirect(reverse("discovery:wishlist") + query), found)


def _context(
    request: HttpRequest, found: Wishlist | None, *, removed_pk: int = 0, problem: str = ""
) -> dict[str, Any]:
    base = {
        "page": chrome.page(request, title=_("Wishlist"), robots="noindex"),
        "items": [],
        "problem": problem,
    }
    if found is None:
        return base
    shelf = presenting.Shelf(found, clock.now())
    token = found.share_token
    url = settings.SITE_URL + reverse("discovery:shared_list", args=[token]) if token else ""
    return base | {
        "items": shelf.rows(availability.of(shelf.variant_ids)),
        "removed": _removed(found, removed_pk) if removed_pk else None,
        "share": sharing.links(url, _("A wishlist")) if url else None,
        "link_url": reverse("discovery:link_removal" if url else "discovery:link_create"),
        "wish_count": hearts.count(shelf.wished),
    }


def _removed(found: Wishlist, pk: int) -> dict[str, str] | None:
    """What was taken off and can be put back."""
    item = found.items.exclude(removed_at=None).select_related("product").filter(pk=pk).first()
    if item is None:
        return None
    return {
        "name": item.product.name,
        "return_url": reverse("discovery:item_return", args=[item.pk]),
    }
