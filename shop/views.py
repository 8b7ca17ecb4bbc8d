"""Pages of the house itself: the way in, errors, health, what machines ask for."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from psycopg_pool import PoolTimeout

from shop import chrome, health, lost_pages, queues
from shop.bare_pages import bare_page, unavailable
from shop.kit import clock, languages

ONE_YEAR = 365 * 24 * 3600


@require_safe
def entrance(request: HttpRequest) -> HttpResponse:
    """`/`: to the home page in the visitor's language."""
    language = get_language_from_request(request)[:2]
    with translation.override(language if language in languages.codes() else None):
        response = HttpResponseRedirect(reverse("home"))
    response["Vary"] = "Accept-Language"
    return response


@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen look in a cookie; no personal data, no consent needed."""
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = reverse("home")
    response = HttpResponseRedirect(target)
    chosen = request.GET.get("theme", "")
    if chosen in chrome.THEMES:
        response.set_cookie(
            "theme", chosen, max_age=ONE_YEAR, secure=settings.IS_HTTPS, samesite="Lax"
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, cache and broker can be reached; 503 and which cannot otherwise.

    `?deep=1` also says whether the background work goes on and what waits is in time: for those who
    watch, never for a balancer, because the shop sells on.
    """
    parts = health.parts()
    answer = {name: "ok" if works else "away" for name, works in parts.items()}
    if request.GET.get("deep") == "1":
        waiting = queues.states(clock.now())
        answer |= {name: "ok" if in_time else "late" for name, in_time in waiting.items()}
    is_ready = set(answer.values()) == {"ok"}
    return JsonResponse(answer, status=200 if is_ready else 503)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 for requests that no form of ours sends; nothing of them is read again."""
    return bare_page(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Where the page has moved, that it is gone, or 404; in the shop's layout, with ways on."""
    return lost_pages.answer(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database is away; both need neither database nor cache."""
    problem = sys.exc_info()[1]
    if isinstance(problem, (OperationalError, InterfaceError, PoolTimeout)):
        return unavailable(request)
    return bare_page(request, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or came from elsewhere."""
    with translation.override(languages.of_path(request.path)):
        return render(request, "403_csrf.html", {}, status=403)
