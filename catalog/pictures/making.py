"""The worker's part: all shapes, widths and formats that the rows of a content want.

Rows of `PictureFile` remember what is to be done; a wake-up is only a hint. A file counts as there
when a row names it: what a crash left half-written is named by none and written anew.
"""

import contextlib
import dataclasses
import datetime
import logging
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils.translation import gettext_noop
from PIL import Image

from catalog.models import Hero, PictureFile, PictureState, ProductPicture
from catalog.models.picture import Picture
from catalog.models.renditions import ENDINGS, FULL, path
from catalog.pictures import recipes, storing

TRIES = 3
SLICE_SECONDS = 15.0
MISSING = gettext_noop("The original is missing; upload the picture again.")
BROKEN = gettext_noop("The files could not be made; the worker's log says why.")
_CLAIM = datetime.timedelta(minutes=3)
_PAUSES = (datetime.timedelta(minutes=1), datetime.timedelta(minutes=10))
_LOCK = 5_113_100  # any numbers that nothing else in the shop locks: one for each slot
log = logging.getLogger(__name__)

# Called with the products and with whether anything else (categories, home page) looks different.
Changed = Callable[[set[int], bool], None]


@dataclasses.dataclass(frozen=True, slots=True)
class _User:
    """A row that shows the content, where it keeps its renditions, and what it wants."""

    row: Picture
    column: str
    wants: list[recipes.Want]

    @property
    def made(self) -> dict[str, Any]:
        return dict(getattr(self.row, self.column))


def make_some(
    *, moment: datetime.datetime, changed: Changed, seconds: float = SLICE_SECONDS
) -> int:
    """Work off waiting contents for about `seconds`. Returns how many were looked at.

    Half of the cores at most are at it, so that mails and payments never wait behind pictures.
    """
    with _slot() as is_mine:
        return _work_off(moment, changed, time.monotonic() + seconds) if is_mine else 0


def are_waiting(moment: datetime.datetime) -> bool:
    """Is there anything to make now?"""
    return PictureFile.objects.due(moment).exists()


@contextlib.contextmanager
def _slot() -> Iterator[bool]:
    """Is there a free place? The lock belongs to the connection, so it cannot be left behind."""
    slots = max(1, (os.cpu_count() or 1) // 2)
    with connection.cursor() as cursor:
        mine = None
        for number in range(_LOCK, _LOCK + slots):
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
            if cursor.fetchone()[0]:
                mine = number
                break
        try:
            yield mine is not None
        finally:
            if mine is not None:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [mine])


def _work_off(moment: datetime.datetime, changed: Changed, until: float) -> int:
    count = 0
    while (file := _claim(moment)) is not None:
        count += 1
        try:
            _make(file, moment, changed)
        except FileNotFoundError:
            _fail(file, MISSING)
        except Exception:  # Whatever it is, the next picture is not to wait for it.
            log.exception("picture %s", file.key)
            _put_off(file, moment)
        if time.monotonic() >= until:
            break
    return count


def _claim(moment: datetime.datetime) -> PictureFile | None:
    """The next content, for this worker alone: its next try is put off before anything is done."""
    while True:
        with transaction.atomic():
            due = PictureFile.objects.due(moment).order_by("next_try_at", "pk")
            file = due.select_for_update(skip_locked=True).first()
            if file is None:
                return None
            file.tries += 1
            file.next_try_at = moment + _CLAIM
            file.save(update_fields=["tries", "next_try_at"])
            if file.tries <= TRIES:
                return file
            _fail(file, BROKEN)  # It has taken the worker down with it, again and again.


def _fail(file: PictureFile, problem: str) -> None:
    PictureFile.objects.filter(pk=file.pk, round=file.round).update(
        state=PictureState.FAILED, problem=problem, next_try_at=None
    )


def _put_off(file: PictureFile, moment: datetime.datetime) -> None:
    if file.tries >= TRIES:
        _fail(file, BROKEN)
        return
    PictureFile.objects.filter(pk=file.pk, round=file.round).update(
        problem=BROKEN, next_try_at=moment + _PAUSES[file.tries - 1]
    )


def _make(file: PictureFile, moment: datetime.datetime, changed: Changed) -> None:
    users = _users(file)
    known = {
        name
        for user in users
        for name in _names(file.key, user.made)
        if default_storage.exists(name)
    }
    image = storing.original(file.key)
    made = [
        {want.shape.name: _shape(image, want, file.key, known) for want in user.wants}
        for user in users
    ]
    _write_down(file, list(zip(users, made, strict=True)), moment, changed)


def _users(file: PictureFile) -> list[_User]:
    size = (file.width, file.height)
    users = [
        _User(row, "renditions", recipes.wants_of(row, size))
        for model in recipes.MODELS
        for row in model._default_manager.filter(key=file.key).order_by("pk")
    ]
    phone = recipes.want(recipes.PHONE, size)
    return users + [
        _User(hero, "mobile_renditions", [phone] if phone else [])
        for hero in Hero.objects.filter(mobile_key=file.key).order_by("pk")
    ]


def _names(key: str, made: dict[str, Any]) -> list[str]:
    """The files that a row names."""
    return [
        path(key, shape, entry["mark"], width, file_format)
        for shape, entry in made.items()
        for file_format in ENDINGS
        for width in entry.get(file_format, [])
    ]


def _shape(image: Image.Image, want: recipes.Want, key: str, known: set[str]) -> dict[str, Any]:
    """Write the files of a shape that are not known yet. Returns what the row keeps of it."""
    part = image if want.shape.name == FULL else image.crop(want.box)
    for width in sorted(want.widths, reverse=True):
        names = {
            file_format: path(key, want.shape.name, want.mark, width, file_format)
            for file_format in want.shape.formats
        }
        missing = {one: name for one, name in names.items() if name not in known}
        if not missing:
            continue
        part = recipes.shrunk(part, width)
        for file_format, name in missing.items():
            if default_storage.exists(name):
                default_storage.delete(name)
            default_storage.save(name, ContentFile(recipes.encoded(part, file_format)))
            known.add(name)
    return {"mark": want.mark, **{one: sorted(want.widths) for one in want.shape.formats}}


@transaction.atomic
def _write_down(
    file: PictureFile,
    users: list[tuple[_User, dict[str, Any]]],
    moment: datetime.datetime,
    changed: Changed,
) -> None:
    """Products are locked first, as in the admin; a focal point that moved meanwhile waits."""
    news = [(user, made) for user, made in users if made != user.made]
    products = {user.row.product_id for user, _made in news if isinstance(user.row, ProductPicture)}
    if news:
        changed(products, any(not isinstance(user.row, ProductPicture) for user, _made in news))
    for user, made in news:
        row = user.row
        same = {"pk": row.pk, "focus_x": row.focus_x, "focus_y": row.focus_y}
        key = "key" if user.column == "renditions" else "mobile_key"
        columns = {user.column: made}
        if user.column == "renditions":
            columns["widths"] = made[FULL]["webp"]
        type(row)._default_manager.filter(**same, **{key: file.key}).update(**columns)
    this = PictureFile.objects.filter(pk=file.pk)
    is_done = this.filter(round=file.round).update(
        state=PictureState.MADE,
        problem="",
        tries=0,
        next_try_at=None,
        made_at=moment,
        tidied_at=None,
    )
    if not is_done:
        this.update(tries=0, next_try_at=None)
