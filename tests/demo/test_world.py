"""The demo shop as visitors find it: every page answers, no link is broken, clean books."""

import html
import re
import time
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from catalog.models import Category, Product, Variant
from checkout.models import Cart
from demo import merchant, people
from inventory import availability
from inventory.models import StockItem
from orders import access, jobs
from orders.models import Order
from reviews.models import Review, ReviewState
from tests.checkout.conftest import CONTACT

SECONDS = 30
_LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"')
# Other houses, staff, files; variants and sortings in English: the German ones are the same.
_FOREIGN = re.compile(r"[^/]|//|/admin|/media|/en/[cp]/.*\?")
_FILES = re.compile(r'(?:src|href)="(/(?:media|static)/[^"]+)"|srcset="([^"]+)"')


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_demo_shop_stands_in_half_a_minute_without_a_broken_link(capsys, monkeypatch):
    """One test, because seeding is what takes the time."""
    for name, value in merchant.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    started = time.process_time()
    call_command("seed", "--plates")
    assert time.process_time() - started <= SECONDS

    _there_is_something_of_everything()
    _the_books_are_clean(capsys)
    shopper = _with_a_cart()
    seen = _crawled(shopper, "/", "/en/checkout/review/", "/de/search/?q=tee", "/en/search/?q=xyz")
    seen |= _crawled(_signed_in(), "/de/account/")
    broken = {path: found for path, found in seen.items() if found[0] not in (200, 302)}
    assert broken == {}
    _every_kind_of_page_was_seen(seen)
    _every_order_page_answers()
    _every_file_exists(seen)
    _no_page_is_fat(seen)


def _there_is_something_of_everything():
    assert Product.objects.count() >= 55
    assert Variant.objects.count() >= 140
    assert Category.objects.count() >= 10
    waiting = Cart.objects.open().get(customer__isnull=False)
    assert waiting.lines.exists()
    assert waiting.aside.exists()
    assert Order.objects.count() == 300
    assert set(Order.objects.values_list("status", flat=True)) == {
        "placed", "confirmed", "completed", "cancelled",
    }  # fmt: skip
    assert {"paid", "pending", "mismatch", "refunded", "partly_refunded", "unpaid"} == set(
        Order.objects.values_list("payment_status", flat=True)
    )
    assert Review.objects.filter(state=ReviewState.APPROVED).count() >= 50


def _the_books_are_clean(capsys):
    jobs.sweep_documents()  # what the worker draws as soon as the demo runs
    capsys.readouterr()
    call_command("check_books")
    out = capsys.readouterr().out
    assert "BROKEN" not in out
    assert len(out.splitlines()) >= 15


def _with_a_cart():
    """A guest with two things in the cart and the checkout filled in."""
    client = Client(HTTP_ACCEPT_LANGUAGE="de")
    shown = Product.objects.filter(status="active", is_digital=False, engraving_length=0)
    sold_out = availability.sold_out(shown.values_list("pk", flat=True))
    for product in shown.exclude(pk__in=sold_out).order_by("pk")[:2]:
        item = StockItem.objects.filter(variant__product=product, on_hand__gt=0).first()
        data = {"variant": item.variant_id, "quantity": 1}
        assert client.post("/de/cart/lines/", data).status_code == 302
    assert client.post("/de/checkout/", CONTACT).status_code == 302
    return client


def _signed_in():
    client = Client()
    _role, email, password = people.LOGINS[2]
    answer = client.post("/de/account/login/", {"login": email, "password": password})
    assert answer.status_code == 302
    return client


def _crawled(client, *starts):
    """Every page of ours that can be reached by links: path → (status, from where, html)."""
    found = {}
    waiting = [(start, "") for start in starts]
    while waiting:
        path, source = waiting.pop()
        if path in found or _FOREIGN.match(path):
            continue
        response = client.get(path)
        is_html = response.status_code == 200 and "html" in response["Content-Type"]
        page = response.content.decode() if is_html else ""
        response.close()  # a file is streamed and stays open otherwise
        found[path] = (response.status_code, source, page)
        if response.status_code == 302:
            waiting.append((response["Location"], path))
        waiting += [(_address(path, link), path) for link in _LINK.findall(page)]
    return found


def _address(path, link):
    link = html.unescape(link).removeprefix(settings.SITE_URL).partition("#")[0]
    if not link:
        return path
    return path.partition("?")[0] + link if link.startswith("?") else link


def _every_kind_of_page_was_seen(seen):
    kinds = Counter(
        re.sub(r"^/(de|en)/", "", path.partition("?")[0]).partition("/")[0] for path in seen
    )
    for kind in ("c", "p", "cart", "checkout", "account", "legal", "search", "orders", ""):
        assert kinds[kind], f"no link leads to {kind or 'the home page'}"
    for language in ("de", "en"):
        for product in Product.objects.filter(status="active"):
            assert any(path.startswith(f"/{language}/p/{product.slug}/") for path in seen)
        for category in Category.objects.all():
            assert f"/{language}/c/{category.path}/" in seen


def _every_order_page_answers():
    states = {
        (one.status, one.payment_status, one.fulfilment_status): one for one in Order.objects.all()
    }
    assert len(states) >= 8
    for order in states.values():
        for language in ("de", "en"):
            response = Client().get(access.path_of(order, language=language))
            assert response.status_code == 200
            assert order.number in response.content.decode()


def _every_file_exists(seen):
    files = set()
    for _status, _source, page in seen.values():
        for one, many in _FILES.findall(page):
            files |= {one} if one else {part.split()[0] for part in many.split(",")}
    assert len(files) > 100
    missing = [name for name in files if not _exists(name)]
    assert missing == []


def _exists(name):
    if name.startswith(settings.MEDIA_URL):
        return (Path(settings.MEDIA_ROOT) / name.removeprefix(settings.MEDIA_URL)).is_file()
    return finders.find(name.removeprefix(settings.STATIC_URL)) is not None


def _no_page_is_fat(seen):
    sizes = {path: len(page.encode()) for path, (_status, _source, page) in seen.items()}
    fattest = max(sizes, key=sizes.get)
    assert sizes[fattest] <= 80_000, fattest
