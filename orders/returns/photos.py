"""Pictures of what is wrong: checked, made anew, kept where no web server looks."""

import datetime
import hashlib
import io

from django.core.files.base import ContentFile, File
from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.pictures import checking
from orders.models import Order, Return, ReturnPhoto
from shop.kit import locks

MOST = 5


class TooMany(ValueError):
    """A return has pictures enough."""


def add(entry: Return, data: bytes, *, moment: datetime.datetime) -> ReturnPhoto:
    """Keep a picture, without place, camera and whatever else came with it; the same one once.

    Raises `checking.NotAPicture` with a sentence for the customer, and `TooMany`.
    """
    image = checking.opened(data)
    image.thumbnail((2000, 2000))
    made = io.BytesIO()
    image.save(made, "JPEG", quality=85)
    sha256 = hashlib.sha256(made.getvalue()).hexdigest()
    _store(sha256, made.getvalue())
    with transaction.atomic(durable=True):
        locks.locked_one(Order.objects.all(), pk=entry.order_id)
        known = entry.photos.filter(sha256=sha256).first()
        if known:
            return known
        if entry.photos.count() >= MOST:
            raise TooMany(_("At most %(count)d pictures.") % {"count": MOST})
        return ReturnPhoto.objects.create(
            goods_return=entry,
            sha256=sha256,
            width=image.width,
            height=image.height,
            added_at=moment,
        )


def open_content(photo: ReturnPhoto) -> File:
    """The picture to be read. Raises `FileNotFoundError`."""
    return storages["private"].open(_path(photo), "rb")


def forget(photos: list[ReturnPhoto]) -> None:
    """Delete pictures and their files, unless another return shows the same one."""
    for photo in photos:
        photo.delete()
        if not ReturnPhoto.objects.filter(sha256=photo.sha256).exists():
            storages["private"].delete(_path(photo))


def _path(photo: ReturnPhoto) -> str:
    return _path_of(photo.sha256)


def _path_of(sha256: str) -> str:
    return f"returns/{sha256[:2]}/{sha256}.jpg"


def _store(sha256: str, content: bytes) -> None:
    if not storages["private"].exists(_path_of(sha256)):
        storages["private"].save(_path_of(sha256), ContentFile(content))
