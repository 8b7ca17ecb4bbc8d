"""`manage.py bench_pages`: what a page costs in CPU, as a multiple of an empty Django view.

Both run in this process, in turns, so that a busy machine disturbs both alike. The CPU of the
database and of the web server is not in it.
"""

import functools
import logging
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from catalog.models import Product
from demo import calling
from shop.kit import clock

ROUNDS, CALLS = 12, 25
DEFAULT_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("empty/", empty)]


def _cost(handler: WSGIHandler, targets: list[str]) -> float:
    """Milliseconds of CPU for one call, over `CALLS` calls."""
    started = time.process_time()
    for number in range(CALLS):
        calling.call(handler, targets[number % len(targets)])
    return (time.process_time() - started) * 1000 / CALLS


class Command(BaseCommand):
    help = "Measure the CPU of home, category, product, search and cart page."

    def handle(self, *args: Any, **options: Any) -> None:
        logging.disable(logging.INFO)  # A line for each call would drown the figures.
        costs: dict[str, list[float]] = {}
        for name, measure in self._turns():
            costs.setdefault(name, []).append(measure())
        base = statistics.median(costs["empty view"])
        for name, values in costs.items():
            middle = statistics.median(values)
            self.stdout.write(f"{name:<14} {middle:6.2f} ms CPU  {middle / base:5.1f} x empty view")

    def _turns(self) -> Iterator[tuple[str, Callable[[], float]]]:
        shop = WSGIHandler()
        pages = _pages()
        for targets in pages.values():
            for target in targets:
                calling.call(shop, target)
        bare = {"MIDDLEWARE": DEFAULT_MIDDLEWARE, "ROOT_URLCONF": __name__}
        for _round in range(ROUNDS):
            with override_settings(**bare):
                handler = WSGIHandler()
                calling.call(handler, "/empty/")
                yield "empty view", functools.partial(_cost, handler, ["/empty/"])
            for name, targets in pages.items():
                yield name, functools.partial(_cost, shop, targets)


def _pages() -> dict[str, list[str]]:
    live = Product.objects.live(clock.now()).select_related("category").order_by("pk")
    slugs = [product.slug for product in live[:10]]
    paths = sorted({product.category.path.split("/")[0] for product in live})[:5]
    return {
        "home": ["/de/"],
        "category": [f"/de/c/{path}/" for path in paths],
        "product": [f"/de/p/{slug}/" for slug in slugs],
        "search": ["/de/search/?q=tee", "/de/search/?q=lampe", "/de/search/?q=blau"],
        "cart (empty)": ["/de/cart/"],
    }
