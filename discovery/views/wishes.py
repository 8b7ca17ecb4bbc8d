"""The heart: put on the list, take off the list, and go back to where one was."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from catalog.models import Product
from discovery.forms import WishForm
from discovery.wishlists import cookie, hearts, lists
from shop import chrome
from shop.kit import clock, pages

ASKING = "discovery/wish.html"


@never_cache
@require_safe
def wish(request: HttpRequest) -> HttpResponse:
    """Asks before anything is noted: where the heart of a card leads without JavaScript.

    Cards are shared by all visitors, so none of them can hold a visitor's token.
    """
    pk = request.GET.get("product", "")
    live = Product.objects.live(clock.now())
    product = get_object_or_404(live, pk=pk if pk.isdecimal() and len(pk) < 10 else 0)
    context = {
        "heart": hearts.of_product(product.pk, cookie.wished(request)),
        "product": product,
        "back_url": _back(request, request.headers.get("Referer", "")),
        "page": chrome.page(request, title=_("Wishlist"), robots="noindex"),
    }
    return pages.answer(request, ASKING, context)


@require_POST
def item_create(request: HttpRequest) -> HttpResponse:
    """Note a product or a variant."""
    form = WishForm(request.POST)
    if not form.is_valid():
        raise Http404
    moment, given = clock.now(), form.cleaned_data
    wishlist = cookie.current_or_new(request, moment)
    try:
        lists.add(wishlist, given["product"], given["variant"], moment=moment)
        text = _("“%(name)s” is on your wishlist.") % {"name": given["product"].name}
    except lists.Full:
        text = _("The wishlist is full.")
    return cookie.keep(_changed(request, wishlist, given, text), wishlist)


@require_POST
def wish_removal(request: HttpRequest) -> HttpResponse:
    """Take a product or a variant off, by what it is."""
    form, wishlist = WishForm(request.POST), cookie.current(request)
    if not form.is_valid() or wishlist is None:
        raise Http404
    given, variant = form.cleaned_data, form.cleaned_data["variant"]
    variant_pk = variant.pk if variant else None
    lists.take_product_off(wishlist, given["product"].pk, variant_pk, moment=clock.now())
    text = _("“%(name)s” is no longer on your wishlist.") % {"name": given["product"].name}
    return cookie.keep(_changed(request, wishlist, given, text), wishlist)


def _changed(request: HttpRequest, wishlist: Any, given: dict[str, Any], text: str) -> HttpResponse:
    """The heart as it is now when the page asked for it, else back to where it was pressed."""
    now = cookie.changed(request, wishlist)
    if not pages.is_fragment(request):
        messages.success(request, text)
        return HttpResponseRedirect(_back(request, request.POST.get("next", "")))
    heart = hearts.of_product(given["product"].pk, now)
    if variant := given["variant"]:
        heart = hearts.of_variant(variant.product_id, variant.pk, now)
    context = {"heart": heart, "news": text, "count": hearts.count(now)}
    return render(request, "discovery/wished.html", context)


def _back(request: HttpRequest, url: str) -> str:
    """The page of ours that `url` names; the list itself where it names none."""
    hosts = {request.get_host()}
    if not url or not url_has_allowed_host_and_scheme(url, hosts, request.is_secure()):
        return reverse("discovery:wishlist")
    parts = urlsplit(url)
    if not parts.path.startswith("/"):
        return reverse("discovery:wishlist")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
