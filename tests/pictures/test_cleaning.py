"""Files go when nothing shows them any more, and not a day earlier."""

import datetime
import os

from catalog import jobs, pictures
from catalog.models import PictureFile, ProductPicture
from catalog.pictures import cleaning
from catalog.products import copies
from orders.models import OrderLine
from shop.kit import clock
from tests.making import NOON, make_order
from tests.pictures.conftest import drawn

DAY = datetime.timedelta(days=1)


def nobody(_keys):
    return set()


def forget(moment, shown_elsewhere=nobody):
    return cleaning.forget_unused(moment=moment, shown_elsewhere=shown_elsewhere)


def files(*places):
    return [one for place in places for one in place.rglob("*.*")]


def test_what_no_row_shows_goes_after_thirty_days_with_its_original(hang, worker, media, private):
    picture = hang()
    worker()
    picture.delete()

    assert forget(NOON) == 0
    assert forget(NOON + 29 * DAY) == 0
    assert len(files(media, private)) > 20
    assert forget(NOON + 30 * DAY) == 1

    assert files(media, private) == []
    assert not PictureFile.objects.exists()


def test_what_a_copy_still_shows_stays(hang, worker, media):
    picture = hang()
    worker()
    copy = copies.duplicate(picture.product, moment=clock.now()).pictures.get()
    picture.delete()
    before = len(files(media))

    forget(NOON)
    assert forget(NOON + 40 * DAY) == 0
    assert len(files(media)) == before

    copy.delete()
    assert forget(NOON + 40 * DAY) == 0
    assert forget(NOON + 70 * DAY) == 1


def test_what_is_shown_again_in_time_stays(hang, worker, media):
    picture = hang()
    product = picture.product
    picture.delete()
    forget(NOON)

    hang(product=product)

    forget(NOON + 20 * DAY)
    assert forget(NOON + 40 * DAY) == 0
    assert PictureFile.objects.get().unused_since is None


def test_what_an_order_shows_stays(hang, worker, media):
    kept, gone = hang(), hang(drawn(color="blue"))
    make_order(None, names=["Becher"])
    assert OrderLine.objects.update(picture_url=kept.url(320)) == 1
    ProductPicture.objects.all().delete()
    forget(NOON)

    assert forget(NOON + 31 * DAY, jobs._shown_in_orders) == 1

    assert (media / kept.url(320).removeprefix("/media/")).exists()
    assert not (media / gone.url(320).removeprefix("/media/")).exists()


def test_a_crop_around_an_earlier_focal_point_goes_after_thirty_days(hang, worker, media):
    picture = hang(drawn(size=(800, 400)))
    worker()
    picture.refresh_from_db()
    old = picture.files.url(320, shape="square")
    ProductPicture.objects.update(focus_x=0)
    pictures.ask_again([picture.key])
    worker(NOON + DAY)
    picture.refresh_from_db()
    before = len(files(media))

    assert cleaning.remove_leftovers(moment=NOON + 30 * DAY) == 0
    gone = cleaning.remove_leftovers(moment=NOON + 31 * DAY)

    assert gone == before - len(files(media)) == 3 * 3 + 1
    assert not (media / old.removeprefix("/media/")).exists()
    assert (media / picture.files.url(320, shape="square").removeprefix("/media/")).exists()
    assert cleaning.remove_leftovers(moment=NOON + 32 * DAY) == 0


def test_what_an_upload_without_a_row_left_goes_when_it_is_old(hang, media, private):
    stays = hang()
    hang(drawn(color="blue"))
    PictureFile.objects.exclude(key=stays.key).delete()
    ProductPicture.objects.exclude(key=stays.key).delete()
    old = (NOON - 31 * DAY).timestamp()

    assert cleaning.remove_strays(moment=NOON) == 0
    for one in files(media, private):
        os.utime(one, (old, old))
    assert cleaning.remove_strays(moment=NOON) == 1

    assert {one.parent.name for one in files(media)} == {stays.key}
    assert [one.stem for one in files(private)] == [stays.key]
