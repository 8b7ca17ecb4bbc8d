"""Pages for when things are broken: no query, no cache, no context processor."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine

RETRY_SECONDS = 5


def bare_page(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
    """`template` with the request's id and nothing else."""
    engine = Engine(dirs=[str(settings.BASE_DIR / "templates")])
    context = Context({"request_id": getattr(request, "id", "")})
    response = HttpResponse(engine.get_template(template).render(context), status=status)
    response["Cache-Control"] = "no-store"
    return response


def unavailable(request: HttpRequest) -> HttpResponse:
    """The 503 page: come again in a few seconds."""
    response = bare_page(request, "503.html", status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response
