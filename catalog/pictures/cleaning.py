"""Files that no row shows any more are removed, once no cached page can ask for them."""

import datetime
from collections.abc import Callable, Iterable, Iterator

from django.core.files.storage import Storage, default_storage, storages
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from catalog.models import Hero, PictureFile, PictureState
from catalog.models.renditions import FULL, folder
from catalog.pictures import recipes, storing
from shop.kit import locks

KEPT = datetime.timedelta(days=30)
_AT_ONCE = 500
# Of some keys those that other apps show (orders keep the address of what was bought).
ShownElsewhere = Callable[[set[str]], set[str]]


def forget_unused(*, moment: datetime.datetime, shown_elsewhere: ShownElsewhere) -> int:
    """Remove contents that nothing has shown for `KEPT`, originals too. Returns how many."""
    unused = ~_is_used()
    files = PictureFile.objects
    files.filter(unused, unused_since=None).update(unused_since=moment)
    files.filter(_is_used()).exclude(unused_since=None).update(unused_since=None)
    old = files.filter(unused_since__lte=moment - KEPT).order_by("pk")
    keys = list(old.values_list("key", flat=True))
    count = 0
    for start in range(0, len(keys), _AT_ONCE):
        some = set(keys[start : start + _AT_ONCE])
        count += sum(_remove(key, moment) for key in sorted(some - shown_elsewhere(some)))
    return count


def _is_used() -> Q:
    used = Q(Exists(Hero.objects.filter(mobile_key=OuterRef("key"))))
    for model in recipes.MODELS:
        used |= Q(Exists(model._default_manager.filter(key=OuterRef("key"))))
    return used


@transaction.atomic
def _remove(key: str, moment: datetime.datetime) -> int:
    """Under the row's lock: who uploads the same content waits, and then writes it anew."""
    old = PictureFile.objects.filter(~_is_used(), key=key, unused_since__lte=moment - KEPT)
    file = locks.locked(old).first()
    if file is None:
        return 0
    _remove_files(key)
    file.delete()
    return 1


def _remove_files(key: str) -> None:
    place = default_storage
    for name in _files_in(place, folder(key)):
        place.delete(name)
    place.delete(folder(key))
    storages["private"].delete(storing.original_path(key))


def remove_leftovers(*, moment: datetime.datetime) -> int:
    """Remove crops around earlier focal points, `KEPT` after others took their place."""
    files = PictureFile.objects.filter(
        state=PictureState.MADE, made_at__lte=moment - KEPT, tidied_at=None
    )
    count = 0
    for file in files.order_by("pk")[:_AT_ONCE]:
        shown = set(_marks(file.key))
        for name in _files_in(default_storage, folder(file.key)):
            shape, _dash, rest = name.rpartition("/")[2].partition("-")
            if shape != FULL and (shape, rest.split(".")[1]) not in shown:
                default_storage.delete(name)
                count += 1
        PictureFile.objects.filter(pk=file.pk, round=file.round).update(tidied_at=moment)
    return count


def _marks(key: str) -> Iterator[tuple[str, str]]:
    """Shape and mark of all that rows show of a content."""
    for model in recipes.MODELS:
        for made in model._default_manager.filter(key=key).values_list("renditions", flat=True):
            yield from ((shape, entry["mark"]) for shape, entry in made.items())


def remove_strays(*, moment: datetime.datetime) -> int:
    """Remove what an upload wrote whose transaction came to nothing. Returns how many contents."""
    count = 0
    for place in (default_storage, storages["private"]):
        for shard in _folders_in(place, "pictures"):
            keys = {_key(name) for name in _all_in(place, f"pictures/{shard}")}
            known = set(PictureFile.objects.filter(key__in=keys).values_list("key", flat=True))
            for key in sorted(keys - known):
                if _is_old(place, shard, key, moment):
                    _remove_files(key)
                    count += 1
    return count


def _key(name: str) -> str:
    return name.partition(".")[0]


def _is_old(place: Storage, shard: str, key: str, moment: datetime.datetime) -> bool:
    single = f"pictures/{shard}/{key}.jpg"
    names = [single] if place.exists(single) else list(_files_in(place, folder(key)))
    return all(place.get_modified_time(name) <= moment - KEPT for name in names)


def _folders_in(place: Storage, name: str) -> list[str]:
    """Sub-folders named like the beginning of a hash."""
    try:
        return sorted(one for one in place.listdir(name)[0] if len(one) == 2)
    except FileNotFoundError:
        return []


def _all_in(place: Storage, name: str) -> Iterable[str]:
    folders, files = place.listdir(name)
    return [*folders, *files]


def _files_in(place: Storage, name: str) -> Iterator[str]:
    try:
        yield from (f"{name}/{one}" for one in place.listdir(name)[1])
    except FileNotFoundError:
        return
