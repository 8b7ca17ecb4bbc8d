"""What others fetch by the hour: news as RSS, and feeds of all goods for search engines."""

import datetime
import gzip
import os
from collections.abc import Iterator
from typing import BinaryIO

from babel.dates import format_datetime
from babel.numbers import format_decimal
from django.conf import settings
from django.core.cache import cache
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog import browsing
from catalog.machines import feed_files, feed_formats, news
from shop import chrome
from shop.kit import clock, languages

KEPT_SECONDS = 6 * 3600
NEWS_SECONDS = 600
FEED_SECONDS = 900
BLOCK = 64_000


@require_safe
def new_goods(request: HttpRequest) -> HttpResponseBase:
    """The newest goods as RSS; 304 while no word and no price among them has changed."""
    moment = clock.now()
    rows = news.rows(moment)
    etag = f'"{news.mark(rows, is_exempt=chrome.is_exempt(request))}"'
    changed = int(news.last_change(rows, moment).timestamp())
    unchanged = get_conditional_response(request, etag=etag, last_modified=changed)
    if unchanged is not None:
        return unchanged
    text = cache.get_or_set(f"news.{etag}", lambda: _written(request, rows, moment), KEPT_SECONDS)
    response = HttpResponse(text, content_type="application/rss+xml; charset=utf-8")
    response["ETag"], response["Last-Modified"] = etag, http_date(changed)
    response["Cache-Control"] = f"public, max-age={NEWS_SECONDS}"
    return response


def _written(request: HttpRequest, rows: list[browsing.Row], moment: datetime.datetime) -> str:
    return news.written(
        rows,
        moment=moment,
        site_url=settings.SITE_URL,
        shop_name=chrome.NAME,
        home=reverse("home"),
        own=request.path,
        is_exempt=chrome.is_exempt(request),
    )


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Which feeds there are, for staff who give their addresses to search engines."""
    groups = [
        {
            "language": str(translation.get_language_info(code)["name_local"]).capitalize(),
            "state": _state(code),
            "feeds": [
                {"name": one.name, "url": settings.SITE_URL + _path(one, code)}
                for one in feed_formats.FORMATS
            ],
        }
        for code in languages.codes()
    ]
    page = {"title": _("Feeds"), "robots": "noindex"}
    return render(request, "shop/feeds.html", {"groups": groups, "page": page})


def _path(format_: feed_formats.Format, language: str) -> str:
    return reverse("feed", args=[f"{format_.code}-{language}", format_.ending])


def _state(language: str) -> dict[str, str] | None:
    """The last writing in words; `None` before the first one."""
    last = feed_files.state(language)
    if last is None:
        return None
    written = last.written_at.astimezone(timezone.get_current_timezone())
    return {
        "written": str(format_datetime(written, "short", locale=languages.active())),
        "rows": str(format_decimal(last.count.rows, locale=languages.active())),
        "left_out": str(last.count.without_price + last.count.without_picture or ""),
    }


@require_safe
def feed(request: HttpRequest, name: str, ending: str) -> HttpResponseBase:
    """A feed of all goods as it was last written, packed or not. 404 before the first time."""
    format_code, _dash, language = name.partition("-")
    chosen = next((one for one in feed_formats.FORMATS if one.code == format_code), None)
    is_packed = ending.endswith(".gz")
    if chosen is None or ending.removesuffix(".gz") != chosen.ending:
        raise Http404
    try:
        content = feed_files.path_of(feed_files.file_name(chosen, language)).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    if is_packed:
        response = _answer(request, content, "application/gzip")
    else:
        kind = f"{chosen.content_type}; charset=utf-8"
        does_unpack = "gzip" in request.headers.get("Accept-Encoding", "")
        response = _answer(request, content, kind, encoding="gzip" if does_unpack else "identity")
    response["Cache-Control"] = f"public, max-age={FEED_SECONDS}"
    response["X-Robots-Tag"] = "noindex"
    return response


def _answer(
    request: HttpRequest, content: BinaryIO, kind: str, *, encoding: str = ""
) -> HttpResponseBase:
    """The file as it lies, or unpacked for who cannot do it; 304 where it is known."""
    facts = os.fstat(content.fileno())
    changed = int(facts.st_mtime)
    etag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}{encoding[:1]}"'
    response: HttpResponseBase | None = get_conditional_response(
        request, etag=etag, last_modified=changed
    )
    if response is not None:
        content.close()
    elif encoding == "identity":
        response = StreamingHttpResponse(_Unpacked(content), content_type=kind)
    else:
        response = FileResponse(content, content_type=kind)
    if encoding:
        patch_vary_headers(response, ["Accept-Encoding"])
    if encoding == "gzip" and response.status_code == 200:
        response["Content-Encoding"] = "gzip"
    response["ETag"], response["Last-Modified"] = etag, http_date(changed)
    return response


class _Unpacked:
    """The content of a packed file, block by block; closed with the answer, read or not."""

    def __init__(self, content: BinaryIO) -> None:
        self._content = content

    def __iter__(self) -> Iterator[bytes]:
        with gzip.open(self._content) as unpacked:
            while block := unpacked.read(BLOCK):
                yield block

    def close(self) -> None:
        self._content.close()
