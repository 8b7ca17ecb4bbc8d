"""The legal pages, and the official graphics that the law wants shown."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from catalog.models import OfficialGraphic
from shop import chrome, legal
from shop.kit import languages

# What is opened with it may be looked at and nothing else.
_LOOK_ONLY: dict[str, Any] = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "sandbox": True,
}
Rows = Callable[[], list[dict[str, Any]]]


@require_safe
def legal_page(
    request: HttpRequest,
    slug: str,
    delivery_rows: Rows = list,
    refused_rows: Rows = list,
    payment_rows: Rows = list,
) -> HttpResponse:
    """One legal page in the language of the address.

    The `rows` are asked for what the shop offers at the moment, and where not; the URL hands them
    in, because the ground does not know the checkout.
    """
    if slug not in legal.PAGES:
        raise Http404
    language = languages.active()
    context = legal.context() | {"slug": slug, "links": legal.links(), "gaps": legal.gaps()}
    if slug in legal.PLAIN_TEXTS:
        is_exempt = chrome.is_exempt(request)
        text = legal.plain_text(slug, language=language, is_exempt=is_exempt)
        context["blocks"] = list(legal.blocks(text))
    context["page"] = chrome.page(request, title=str(legal.PAGES[slug]))
    if slug in ("shipping", "payment"):
        context |= {"delivery_rows": delivery_rows(), "payment_rows": payment_rows()}
        context["refused_rows"] = refused_rows()
    return render(request, f"legal/{legal.LEGAL_VERSION}/{language}/{slug}.html", context)


@csp_override(_LOOK_ONLY)
@require_safe
def official_graphic(request: HttpRequest, sha256: str) -> HttpResponse:
    """A graphic of the Commission as it was uploaded. Opened by itself it can do nothing."""
    graphic = get_object_or_404(OfficialGraphic, sha256=sha256)
    response = HttpResponse(bytes(graphic.content), content_type=graphic.content_type)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Robots-Tag"] = "noindex"
    return response
