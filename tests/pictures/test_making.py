"""The worker makes what pages want; it may be killed, asked twice, or find nothing to read."""

import datetime
import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from catalog import pictures
from catalog.models import CategoryPicture, Hero, PictureFile
from catalog.pictures import making, recipes, storing
from catalog.products import copies
from shop.kit import clock
from tests.making import NOON, make_product
from tests.pictures.conftest import drawn, spotted

MINUTE = datetime.timedelta(minutes=1)


def files_of(picture):
    """The names of all files that the row speaks of."""
    return {
        url.removeprefix("/media/")
        for shape in picture.renditions
        for one in picture.files.formats(shape=shape)
        for url in picture.files.srcset(one, shape=shape).replace(",", "").split()[::2]
    }


def part_of(picture, shape, width=320, ending="jpg"):
    url = next(
        url
        for url in picture.files.srcset("jpeg", shape=shape).replace(",", "").split()[::2]
        if f"-{width}." in url
    )
    with default_storage.open(url.removeprefix("/media/")) as file:
        return Image.open(io.BytesIO(file.read())).convert("RGB")


def test_all_shapes_are_made_in_three_formats_and_named_by_the_row(hang, worker, media):
    picture = hang(drawn(size=(1000, 800)))
    assert picture.files.formats() == ["webp", "jpeg"]

    assert worker() == 1

    picture.refresh_from_db()
    whole, square = [160, 320, 480, 640, 960, 1000], [160, 320, 480, 640, 800]
    for file_format in ("avif", "webp", "jpeg"):
        assert picture.files.widths_of(file_format) == whole
        assert picture.files.widths_of(file_format, shape="square") == square
    assert picture.files.widths_of("jpeg", shape="share") == [1000]
    assert picture.files.formats(shape="share") == ["jpeg"]
    names = {str(one.relative_to(media)) for one in media.rglob("*.*")}
    assert names == files_of(picture)
    assert len(names) == 3 * 6 + 3 * 5 + 1
    assert worker.said == [({picture.product_id}, False)]
    file = PictureFile.objects.get()
    assert (file.state, file.tries, file.made_at) == ("made", 0, NOON)


def test_each_file_is_of_its_format_and_size(hang, worker, media):
    picture = hang(drawn(size=(1000, 800)))
    worker()
    picture.refresh_from_db()

    kinds = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}
    for name in files_of(picture):
        shape, width = name.rpartition("/")[2].split(".")[0].split("-")
        ratio = {"full": 0.8, "square": 1, "share": 630 / 1200}[shape]
        with Image.open(media / name) as image:
            assert image.format == kinds[name.rpartition(".")[2]]
            assert image.width == int(width)
            assert abs(image.height - image.width * ratio) <= 1
            assert not image.getexif()


def test_a_second_run_writes_nothing_and_says_nothing(hang, worker, media):
    hang()
    worker()
    times = {one: one.stat().st_mtime_ns for one in media.rglob("*.*")}
    worker.said.clear()

    assert worker() == 0
    pictures.ask_again([PictureFile.objects.get().key])
    assert worker() == 1

    assert {one: one.stat().st_mtime_ns for one in media.rglob("*.*")} == times
    assert worker.said == []


def test_a_file_that_was_lost_is_made_anew(hang, worker, media):
    picture = hang()
    worker()
    picture.refresh_from_db()
    lost = media / sorted(files_of(picture))[0]
    lost.unlink()

    pictures.ask_again([picture.key])
    worker()

    assert lost.exists()


def test_what_a_crash_left_half_written_is_written_anew(hang, worker, media):
    picture = hang()
    mark = picture.renditions["full"]["mark"]
    half = media / f"pictures/{picture.key[:2]}/{picture.key}/full-480.{mark}.avif"
    half.write_bytes(b"half")

    worker()

    with Image.open(half) as image:
        assert image.width == 480


@pytest.mark.parametrize("spot", [(10, 50), (90, 50), (50, 10), (75, 90)])
def test_crops_hold_the_focal_point(hang, worker, spot):
    size = (1600, 800) if spot[1] == 50 else (800, 1600)
    x, y = spot
    picture = hang(spotted(size, spot), focus_x=x, focus_y=y)
    worker()
    picture.refresh_from_db()

    square = part_of(picture, "square")

    blue = [
        (column, row)
        for column in range(0, 320, 8)
        for row in range(0, 320, 8)
        if square.getpixel((column, row))[0] < 100
    ]
    assert len(blue) > 5
    middle = [sum(axis) / len(axis) for axis in zip(*blue, strict=True)]
    assert 20 < middle[0] < 300
    assert 20 < middle[1] < 300


@pytest.mark.parametrize(
    ("size", "ratio", "focus", "box"),
    [
        ((1600, 800), 1.0, (50, 50), (400, 0, 1200, 800)),
        ((1600, 800), 1.0, (0, 0), (0, 0, 800, 800)),
        ((1600, 800), 1.0, (100, 100), (800, 0, 1600, 800)),
        ((1600, 800), 1.0, (40, 0), (240, 0, 1040, 800)),
        ((800, 1600), 1.0, (50, 30), (0, 80, 800, 880)),
        ((800, 1600), None, (10, 10), (0, 0, 800, 1600)),
        ((1, 4000), 1200 / 630, (50, 50), (0, 2000, 1, 2001)),
    ],
)
def test_the_part_that_is_shown_is_as_near_to_the_focal_point_as_the_edges_allow(
    size, ratio, focus, box
):
    assert recipes.crop(size, ratio, focus) == box


def test_a_square_picture_needs_no_square_crop(hang, worker):
    picture = hang(drawn(size=(600, 600)))
    worker()
    picture.refresh_from_db()

    assert set(picture.renditions) == {"full", "share"}
    assert picture.files.url(160, shape="square") == picture.files.url(160)


def test_a_moved_focal_point_shows_the_old_crop_until_the_new_one_is_made(hang, worker, media):
    picture = hang(spotted((800, 400), (10, 50)))
    worker()
    picture.refresh_from_db()
    before = picture.files.url(320, shape="square")

    type(picture).objects.filter(pk=picture.pk).update(focus_x=10)
    pictures.ask_again([picture.key])
    picture.refresh_from_db()
    assert picture.files.url(320, shape="square") == before
    worker()

    picture.refresh_from_db()
    after = picture.files.url(320, shape="square")
    assert after != before
    assert (media / after.removeprefix("/media/")).exists()
    assert (media / before.removeprefix("/media/")).exists()  # Cached pages may ask for it.
    assert picture.renditions["full"]["mark"] in picture.files.url(320)


def test_a_focal_point_that_moves_while_the_worker_is_at_it_is_not_forgotten(hang, media):
    picture = hang(drawn(size=(800, 400)))

    def meanwhile(_ids, _is_more):
        type(picture).objects.filter(pk=picture.pk).update(focus_x=0)
        pictures.ask_again([picture.key])

    making.make_some(moment=NOON, changed=meanwhile, seconds=0)

    picture.refresh_from_db()
    assert "square" not in picture.renditions
    assert PictureFile.objects.get().state == "waiting"
    making.make_some(moment=NOON, changed=lambda _ids, _is_more: None)
    picture.refresh_from_db()
    assert "square" in picture.renditions


def test_copies_share_their_files(hang, worker, media):
    picture = hang()
    worker()
    count = len(list(media.rglob("*.*")))

    copy = copies.duplicate(picture.product, moment=clock.now()).pictures.get()

    assert copy.files.formats() == ["avif", "webp", "jpeg"]
    pictures.ask_again([picture.key])
    worker.said.clear()
    worker()
    assert len(list(media.rglob("*.*"))) == count
    assert worker.said == []
    assert PictureFile.objects.count() == 1


def test_the_same_upload_at_two_products_is_made_once_and_shown_by_both(hang, worker):
    one, two = hang(), hang()

    assert worker() == 1

    one.refresh_from_db()
    two.refresh_from_db()
    assert one.renditions == two.renditions
    assert worker.said == [({one.product_id, two.product_id}, False)]


def test_categories_and_the_home_page_have_shapes_of_their_own(db, media, private, worker):
    tile, wide = (pictures.encode(drawn(size=(1500, 900), color=one)) for one in ("red", "blue"))
    category = make_product().category
    pictures.store(tile)
    pictures.store(wide)
    words = {"alt_de": "x", "alt_en": "x"}
    shelf = CategoryPicture.objects.create(category=category, **words, **tile.columns)
    hero = Hero.objects.create(
        category=category, title_de="x", title_en="x", text_de="x", text_en="x",
        button_de="x", button_en="x", **words, **wide.columns,
    )  # fmt: skip

    worker()

    shelf.refresh_from_db()
    hero.refresh_from_db()
    assert shelf.files.widths_of("avif", shape="tile") == [160, 320, 480, 640]
    assert hero.files.widths_of("avif") == [640, 960, 1280, 1500]
    assert hero.files.widths_of("avif", shape="phone") == [640, 960, 1200]
    assert worker.said == [(set(), True), (set(), True)]


def test_a_missing_original_is_said_and_the_page_keeps_what_it_has(hang, worker, private):
    picture = hang()
    (private / storing.original_path(picture.key)).unlink()
    before = picture.renditions

    worker()

    file = PictureFile.objects.get()
    assert (file.state, file.problem) == ("failed", making.MISSING)
    picture.refresh_from_db()
    assert picture.renditions == before
    assert worker() == 0


def test_what_cannot_be_read_is_tried_three_times_and_does_not_hold_up_the_next(
    hang, worker, private, caplog
):
    broken, fine = hang(), hang(drawn(color="blue"))
    original = private / storing.original_path(broken.key)
    content = original.read_bytes()
    original.write_bytes(content[:200])

    assert worker() == 2
    fine.refresh_from_db()
    assert "avif" in fine.renditions["full"]
    assert worker() == 0
    assert worker(NOON + 2 * MINUTE) == 1
    assert worker(NOON + 20 * MINUTE) == 1
    assert PictureFile.objects.get(key=broken.key).state == "failed"

    original.write_bytes(content)
    pictures.ask_again([broken.key])
    worker(NOON + 21 * MINUTE)
    assert PictureFile.objects.get(key=broken.key).state == "made"


def test_what_takes_the_worker_down_again_and_again_is_given_up(hang, worker):
    hang()
    PictureFile.objects.update(tries=making.TRIES)  # Claimed three times, never finished.

    assert worker() == 0

    assert PictureFile.objects.get().state == "failed"


def test_a_content_that_a_worker_has_claimed_is_left_to_it_for_some_minutes(hang, worker):
    hang()
    PictureFile.objects.update(tries=1, next_try_at=NOON + 3 * MINUTE)

    assert worker(NOON) == 0
    assert worker(NOON + 4 * MINUTE) == 1


def test_a_picture_from_before_shows_its_webp(db):
    product = make_product()
    picture = product.pictures.create(
        key="k", width=640, height=480, widths=[160, 640], color="#008080", alt_de="x", alt_en="x"
    )

    assert picture.url(320) == "/media/pictures/k-640.webp"
    assert picture.files.formats(shape="square") == ["webp"]
    assert picture.files.srcset("webp") == (
        "/media/pictures/k-160.webp 160w, /media/pictures/k-640.webp 640w"
    )
