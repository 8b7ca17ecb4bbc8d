"""The legal pages in all their versions, and the official graphics that the law wants shown."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from catalog.models import OfficialGraphic
from content import pdfs, text_format, texts, versions
from shop import chrome, legal
from shop.kit import clock, languages

# What is opened with it may be looked at and nothing else.
_LOOK_ONLY: dict[str, Any] = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "sandbox": True,
}
type Rows = Callable[[], list[dict[str, Any]]]
_PDF_SECONDS = 3600


@require_safe
def legal_page(request: HttpRequest, slug: str, offers: dict[str, Rows]) -> HttpResponse:
    """The version of a legal page that applies now, in the language of the address.

    The `offers` are asked for what the shop offers at the moment, and where not; the URL hands
    them in, because the ground does not know the checkout.
    """
    if slug not in legal.PAGES:
        raise Http404
    version = versions.in_force(slug, clock.now())
    return render(request, "legal/page.html", _context(request, version, offers, is_current=True))


@require_safe
def legal_version(
    request: HttpRequest, slug: str, label: str, offers: dict[str, Rows]
) -> HttpResponse:
    """One version that applies or applied; search engines keep to the current one."""
    version = _begun(slug, label)
    is_current = versions.labels_in_force([slug], clock.now())[slug] == label
    context = _context(request, version, offers, is_current=is_current)
    response = render(request, "legal/page.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def legal_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """All versions of a page that ever applied, the newest first."""
    if slug not in legal.PAGES:
        raise Http404
    title = str(legal.PAGES[slug])
    context: dict[str, Any] = {
        "slug": slug,
        "title": title,
        "links": legal.links(),
        "rows": _rows(slug),
    }
    context["page"] = chrome.page(request, title=_("All versions: %(title)s") % {"title": title})
    response = render(request, "legal/versions.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def legal_pdf(request: HttpRequest, slug: str, label: str, offers: dict[str, Rows]) -> HttpResponse:
    """A version as PDF, in the language of the address. It is set once for the same words."""
    version, language = _begun(slug, label), languages.active()
    text = _text(request, version, offers)
    key = f"legal-pdf-{slug}-{label}-{hashlib.sha256(text.encode()).hexdigest()}-{language}"
    content = cache.get_or_set(
        key,
        lambda: pdfs.pdf(version, text, language=language),
        _PDF_SECONDS,
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slug}-{label}-{language}.pdf"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _rows(slug: str) -> list[dict[str, str]]:
    """Every version of a page that began, the newest first."""
    return [
        {
            "label": one.label,
            "since": _day(one),
            "sha256": one.sha256,
            "url": reverse("legal_version", args=[slug, one.label]),
            "pdf_url": reverse("legal_pdf", args=[slug, one.label]),
        }
        for one in versions.begun(slug, clock.now())
    ]


def _context(
    request: HttpRequest,
    version: versions.Version,
    offers: dict[str, Rows],
    *,
    is_current: bool,
) -> dict[str, Any]:
    slug, title = version.page, str(legal.PAGES[version.page])
    return {
        "slug": slug,
        "title": title,
        "links": legal.links(),
        "gaps": legal.gaps(),
        "blocks": list(text_format.blocks(_text(request, version, offers))),
        "facts": {
            "version": version.label,
            "since": _day(version),
            "is_current": is_current,
        },
        "current_url": reverse("legal", args=[slug]),
        "archive_url": reverse("legal_versions", args=[slug]),
        "pdf_url": reverse("legal_pdf", args=[slug, version.label]),
        "page": chrome.page(request, title=title),
    }


def _text(request: HttpRequest, version: versions.Version, offers: dict[str, Rows]) -> str:
    """Only the pages that speak of an offer ask for it."""
    is_offering = version.page in ("shipping", "payment")
    return texts.filled(
        version,
        language=languages.active(),
        is_exempt=chrome.is_exempt(request),
        offers={name: rows() for name, rows in offers.items()} if is_offering else {},
    )


def _begun(slug: str, label: str) -> versions.Version:
    """A version that was published for later is nobody's business yet. Raises `Http404`."""
    try:
        version = versions.get(slug, label)
    except versions.UnknownVersion as problem:
        raise Http404 from problem
    if version.valid_from and version.valid_from > clock.now():
        raise Http404
    return version


def _day(version: versions.Version) -> str:
    return date_format(localtime(version.valid_from).date()) if version.valid_from else ""


@csp_override(_LOOK_ONLY)
@require_safe
def official_graphic(request: HttpRequest, sha256: str) -> HttpResponse:
    """A graphic of the Commission as it was uploaded. Opened by itself it can do nothing."""
    graphic = get_object_or_404(OfficialGraphic, sha256=sha256)
    response = HttpResponse(bytes(graphic.content), content_type=graphic.content_type)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Robots-Tag"] = "noindex"
    return response
