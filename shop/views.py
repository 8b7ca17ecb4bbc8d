"""Pages of the house itself: home, errors, health."""

from django.http import HttpRequest, HttpResponse


def chrome(request):
    return {}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse(status=403)
