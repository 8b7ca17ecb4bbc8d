"""Where pictures lie: renditions where the web server looks, originals where it does not."""

from collections.abc import Iterable

from celery import current_app
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage, storages
from django.db import transaction
from PIL import Image

from catalog.models import PictureFile
from catalog.pictures.encoding import Encoded
from shop.kit import locks

TASK = "catalog.jobs.make_pictures"


@transaction.atomic
def store(picture: Encoded) -> None:
    """Write the files of `picture` and have a worker make the rest after commit.

    Call it in the transaction that makes the row: a worker makes what the rows of a content want.
    """
    PictureFile.objects.bulk_create(
        [PictureFile(key=picture.key, width=picture.width, height=picture.height)],
        ignore_conflicts=True,
    )
    # Locked, so that the clean-up does not take away what is being written.
    locks.locked(PictureFile.objects.filter(key=picture.key)).get()
    PictureFile.objects.filter(key=picture.key).update(unused_since=None)
    for name, content in picture.files.items():
        _write_whole(default_storage, name, content)
    _write_whole(storages["private"], original_path(picture.key), picture.original)
    ask_again([picture.key])


def ask_again(keys: Iterable[str]) -> int:
    """Have a worker make what the rows of these contents want. Returns how many are known."""
    count = PictureFile.objects.filter(key__in=set(keys)).ask_again()
    if count:
        wake()
    return count


def wake() -> None:
    """Ask a worker to begin after commit; a job finds what is waiting if this gets lost."""
    transaction.on_commit(lambda: current_app.send_task(TASK), robust=True)


def original_path(key: str) -> str:
    """Where the cleaned original of a content lies in the private storage."""
    return f"pictures/{key[:2]}/{key}.jpg"


def original(key: str) -> Image.Image:
    """The cleaned original, decoded. Raises `FileNotFoundError`."""
    with storages["private"].open(original_path(key), "rb") as file:
        image = Image.open(file, formats=["JPEG"])
        image.load()
    return image


def _write_whole(place: Storage, name: str, content: bytes) -> None:
    """Write `content` unless it is there; what a crash left half-written is replaced."""
    if place.exists(name):
        if place.size(name) == len(content):
            return
        place.delete(name)
    place.save(name, ContentFile(content))
