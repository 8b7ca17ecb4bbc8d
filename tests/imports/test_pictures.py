"""Images are fetched in the background, from the open internet alone, and never matter too much."""

import dataclasses
import time

import pytest

from catalog.imports import fetching, picture_queue
from catalog.imports.fetching import NotFetched
from catalog.models import ImportPicture, Product, ProductPicture
from tests.backoffice import photograph
from tests.imports.conftest import applied, sample, undone
from tests.making import NOON

JPEG = photograph().getvalue()


def picture(body=JPEG, kind="image/jpeg"):
    return 200, {"Content-Type": kind, "Content-Length": str(len(body))}, body


def fetch(world, path="/a.jpg", **options):
    return fetching.fetch(f"http://pictures.example{path}", door=world.door, **options)


def test_a_picture_is_fetched_and_redirects_go_through_the_same_door(world):
    world.answers["/a.jpg"] = 302, {"Location": "https://cdn.example/b%20c.jpg?v=1"}, b""
    world.answers["/b%20c.jpg?v=1"] = picture()

    assert fetch(world) == JPEG
    assert world.doors == [("http", "pictures.example", 80), ("https", "cdn.example", 443)]


def test_a_redirect_to_nonsense_is_no_crash(world):
    world.answers["/a.jpg"] = 302, {"Location": "http://[::"}, b""

    with pytest.raises(NotFetched):
        fetch(world)


def test_redirects_come_to_an_end(world):
    world.answers["/a.jpg"] = 302, {"Location": "/a.jpg"}, b""

    with pytest.raises(NotFetched, match=r"too often|zu oft"):
        fetch(world)
    assert len(world.asked) == 4


@pytest.mark.parametrize(
    ("answer", "can_heal"),
    [
        ((404, {}, b""), False),
        ((503, {}, b""), True),
        ((200, {"Content-Type": "text/html"}, b"<html>"), False),
        ((200, {"Content-Type": "image/svg+xml"}, b"<svg>"), False),
        ((200, {"Content-Type": "image/jpeg", "Content-Length": "9000000"}, b""), False),
        ((200, {"Content-Type": "image/jpeg", "Content-Length": "900"}, b"short"), True),
    ],
)
def test_what_is_no_picture_is_not_taken(world, answer, can_heal):
    world.answers["/a.jpg"] = answer

    with pytest.raises(NotFetched) as problem:
        fetch(world)
    assert problem.value.can_heal is can_heal


def test_a_body_without_a_length_is_cut_off_at_the_limit(world):
    world.answers["/a.jpg"] = 200, {"Content-Type": "image/jpeg"}, b"x" * 3000

    with pytest.raises(NotFetched):
        fetch(world, wanted=dataclasses.replace(fetching.PICTURES, most=2999))
    enough = dataclasses.replace(fetching.PICTURES, most=3000)
    assert fetch(world, wanted=enough) == b"x" * 3000


def test_a_server_that_drips_is_left_after_the_time_is_over(world):
    def drip(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "image/jpeg")
        handler.end_headers()
        try:
            for _number in range(100):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    world.answers["/a.jpg"] = drip
    started = time.monotonic()

    with pytest.raises(NotFetched) as problem:
        fetch(world, seconds=0.3)
    assert problem.value.can_heal
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - never bound, only refused
        "224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%2",
        "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:0:a00:1::",
        "2001:db8::1",
    ],
)  # fmt: skip
def test_no_door_leads_into_private_networks(address):
    assert not fetching.is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "::ffff:93.184.215.14"])
def test_the_open_internet_is_open(address):
    assert fetching.is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a.jpg", "http://[::1]/a.jpg", "http://localhost/a.jpg",
        "http://2130706433/a.jpg", "http://0x7f.1/a.jpg", "http://127.0.0.1:6379/",
        "ftp://pictures.example/a.jpg", "file:///etc/passwd", "http:///a.jpg", "gopher://x/",
        "http://somebody:secret@pictures.example/", "http://pictures.example:99999/",
    ],
)  # fmt: skip
def test_addresses_that_lead_inwards_or_nowhere_are_refused(url):
    """Odd spellings of 127.0.0.1 may only be known by the resolver: never a connection."""
    with pytest.raises((NotFetched, RuntimeError)) as problem:
        fetching.fetch(url)
    assert "tried to reach" in str(problem.value) or isinstance(problem.value, NotFetched)


@pytest.mark.django_db
def test_pictures_are_hung_and_missing_ones_are_named(world, kitchen, warehouse):
    batch = applied(sample("shopify_admin.csv"), fallback_category=kitchen)
    world.answers["/apron-natural.jpg"] = picture()
    world.answers["/apron-blue.jpg"] = picture(b"no picture at all")
    world.answers["/apron-detail.jpg"] = 503, {}, b""

    assert picture_queue.fetch_some(moment=NOON, door=world.door) == 4

    hung = ProductPicture.objects.get()
    assert (hung.product.slug, hung.alt_de, hung.width) == (
        "leinenschuerze",
        "Schürze in Natur",
        400,
    )
    assert hung.option_value.name_de == "Natur"
    states = {one.url.rpartition("/")[2]: (one.state, one.problem) for one in batch.pictures.all()}
    assert states == {
        "apron-natural.jpg": ("fetched", ""),
        "apron-blue.jpg": ("failed", "This is not a JPEG, PNG or WebP picture."),
        "apron-detail.jpg": ("waiting", "The server answers 503."),
        "salt.jpg": ("failed", "The server answers 404."),
    }
    assert Product.objects.count() == 2


@pytest.mark.django_db
def test_what_may_heal_is_tried_three_times_and_staff_may_ask_again(world, kitchen, warehouse):
    batch = applied(sample("shopify_template.csv"), fallback_category=kitchen)
    world.answers["/blanket.jpg"] = 503, {}, b""

    moments = [NOON, NOON.replace(minute=2), NOON.replace(minute=20), NOON.replace(hour=20)]
    counts = [picture_queue.fetch_some(moment=one, door=world.door) for one in moments]

    assert counts == [1, 1, 1, 0]
    assert batch.pictures.get().state == "failed"
    world.answers["/blanket.jpg"] = picture()
    assert picture_queue.try_again(batch, moment=NOON) == 1
    assert picture_queue.fetch_some(moment=NOON, door=world.door) == 1
    assert batch.pictures.get().picture == ProductPicture.objects.get()


@pytest.mark.django_db
def test_the_picture_was_all_that_was_missing(world, warehouse):
    applied(sample("kontor.csv"), creates_categories=True)
    assert Product.objects.get(slug="seifenschale").status == "draft"
    world.answers["/dish.jpg"] = picture()

    picture_queue.fetch_some(moment=NOON, door=world.door)

    assert Product.objects.get(slug="seifenschale").status == "active"


@pytest.mark.django_db
def test_undoing_takes_pictures_along_and_a_second_import_does_not_fetch_again(world, mug, kitchen):
    data = "Handle,Image Src\nmug,https://pictures.example/mug.jpg\n"
    batch = applied(data)
    world.answers["/mug.jpg"] = picture()
    picture_queue.fetch_some(moment=NOON, door=world.door)
    assert mug.product.pictures.count() == 1
    again = applied(data)
    assert again.counts["unchanged"] == 1

    undone(again)
    undone(batch)

    assert mug.product.pictures.count() == 0
    assert not ImportPicture.objects.exists()
