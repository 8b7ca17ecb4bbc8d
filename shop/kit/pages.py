"""Answers of views: a whole page, or a part of it when the page itself asked for that part."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

FRAGMENT_HEADER = "X-Fragment"
_LINE_ENDS = re.compile(r"\s*\n\s*")
_BLOCKS = re.compile(r">\n<(?=/?(?:li|ul|div|p|h[1-6]|nav|details|summary)\b)")


def answer(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render `template`, or its partial named in the header `X-Fragment`.

    Names are checked, so that a header cannot choose another template; for a partial that the
    template does not have, the whole page comes.
    """
    fragment = request.headers.get(FRAGMENT_HEADER, "")
    names = [f"{template}#{fragment}"] if fragment.isidentifier() else []
    response = render(request, [*names, template], context, status=status)
    response["Vary"] = ", ".join(filter(None, [response.get("Vary"), FRAGMENT_HEADER]))
    return response


def tight(html: str) -> SafeString:
    """`html` that a template of ours rendered, without blank lines and indentation: in lists they
    would be a tenth of it.

    For pieces that are kept. Between blocks nothing is left, in a line one line end.
    """
    return mark_safe(_BLOCKS.sub("><", _LINE_ENDS.sub("\n", html)))  # noqa: S308 - rendered


def is_fragment(request: HttpRequest) -> bool:
    """Did the page ask for a part of itself?"""
    return bool(request.headers.get(FRAGMENT_HEADER))


def kept_private[Response: HttpResponseBase](response: Response) -> Response:
    """For pages behind a signed link: nobody keeps them, indexes them or sees them in a Referer."""
    response.headers.setdefault("Cache-Control", "no-store")
    # Not `no-referrer`: browsers would send `Origin: null` with our own form, which is refused.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def with_token[Response: HttpResponse](
    response: Response, cookie: str, token: str, *, days: int
) -> Response:
    """Have the visitor's browser name what is theirs, a cart or a list, for so many days.

    No script can read the cookie; it comes along from other sites with links alone.
    """
    response.set_cookie(
        cookie,
        token,
        max_age=days * 24 * 3600,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response
