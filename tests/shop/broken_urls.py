"""The shop's map with one page more, which breaks."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from shop.urls import handler404, handler500, urlpatterns

__all__ = ["handler404", "handler500"]


def _broken(request: HttpRequest, token: str) -> HttpResponse:
    raise RuntimeError("nobody expected this")


urlpatterns = [path("de/broken/<str:token>/", _broken), *urlpatterns]
