"""What every request gets: an id for the logs, headers, our own page while PostgreSQL is away."""

import contextvars
import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP
from psycopg_pool import PoolTimeout

from shop.bare_pages import bare_page, unavailable

GetResponse = Callable[[HttpRequest], HttpResponse]

_request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="-")
_PLAUSIBLE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
log = logging.getLogger("shop.requests")

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
# Unfold's Alpine evaluates expressions and sets styles; only staff pages get that freedom.
ADMIN_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.UNSAFE_EVAL],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:"],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}


class RequestIdFilter(logging.Filter):
    """Puts the id of the present request on every log record, and the view in place of the path.

    Django names the path of refused forms and of errors; paths hold tokens of orders.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _request_id.get()
        request = record.__dict__.pop("request", None)
        path = getattr(request, "path", None)
        if path is not None and isinstance(record.args, tuple):
            record.args = tuple(_view(request) if one == path else one for one in record.args)
        return True


def _view(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else ""


class RequestContext:
    """Gives the request an id (a proxy's when it looks like one), and writes one log line for it.

    The line holds the name of the view, never the path: paths carry tokens and search words.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _PLAUSIBLE_ID.fullmatch(given) else uuid.uuid4().hex
        request.id = request_id  # type: ignore[attr-defined]
        if "\\0" in request.META.get("HTTP_COOKIE", ""):
            _drop_nul(request)
        mark = _request_id.set(request_id)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            log.info(
                "request",
                extra={
                    "method": request.method,
                    "view": _view(request),
                    "status": response.status_code,
                    "ms": round((time.perf_counter() - started) * 1000, 1),
                },
            )
        finally:
            _request_id.reset(mark)
        response["X-Request-ID"] = request_id
        return response


def _drop_nul(request: HttpRequest) -> None:
    """Cookies with a NUL in them (`"\\000"`) name nothing: PostgreSQL could not even be asked."""
    kept = {name: value for name, value in request.COOKIES.items() if "\x00" not in value}
    request.COOKIES = kept


class SecurityHeaders:
    """The headers that Django has no setting for, and who may keep a copy of a page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Cross-Origin-Embedder-Policy"] = "credentialless"
        if not settings.INDEXABLE:
            response["X-Robots-Tag"] = "noindex, nofollow"
        if request.path.startswith("/admin/"):
            response._csp_config = ADMIN_CSP  # type: ignore[attr-defined]
        if not response.has_header("Cache-Control"):
            # Pages show the visitor's cart: never in a shared cache. No `no-store`, which would
            # cost the back button its memory; pages with personal data set it themselves.
            response["Cache-Control"] = "private, max-age=0, must-revalidate"
        return response


class ServiceUnavailable:
    """Answers 503 with a page that needs nothing, when the database cannot be reached.

    400 when it was handed a text with a NUL, which it can neither keep nor look for.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, (OperationalError, InterfaceError, PoolTimeout)):
            log.error("database away: %s", type(problem).__name__)
            return unavailable(request)
        if isinstance(problem, DataError) and "NUL" in str(problem):
            # No page sends such a text; the transaction is undone, nothing was looked for.
            return bare_page(request, "400.html", status=400)
        if isinstance(problem, DatabaseError):
            log.error("database refused a statement: %s", type(problem).__name__)
        return None
