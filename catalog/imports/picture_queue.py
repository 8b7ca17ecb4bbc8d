"""Images and documents of imported products: fetched one after the other, checked, hung up."""

import datetime
import time

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation

from catalog import pictures, products
from catalog.documents import files
from catalog.imports import applying, fetching
from catalog.models import Document, Import, ImportPicture, ImportRow, ImportState, ProductPicture
from shop.kit import locks

TRIES = 3
SLICE_SECONDS = 15.0
_LOCK = 5_113_001  # any number that nothing else in the shop locks
_CLAIM = datetime.timedelta(minutes=3)
_PAUSES = (datetime.timedelta(minutes=1), datetime.timedelta(minutes=10))
_SETTLED = (ImportState.APPLIED, ImportState.APPLYING)


def fetch_some(
    *,
    moment: datetime.datetime,
    door: fetching.Door = fetching.public,
    seconds: float = SLICE_SECONDS,
) -> int:
    """Work off waiting images for about `seconds`. Returns how many were looked at.

    One worker at a time: foreign servers are asked politely, and other work is not kept waiting.
    """
    with locks.alone(_LOCK) as is_alone:
        return _work_off(moment, door, time.monotonic() + seconds) if is_alone else 0


def _work_off(moment: datetime.datetime, door: fetching.Door, until: float) -> int:
    count = 0
    while (address := _claim(moment)) is not None:
        count += 1
        language = address.batch.spoken_language if address.batch else "de"
        with translation.override(language):
            _fetch(address, moment, door)
        if time.monotonic() >= until:
            break
    return count


def _claim(moment: datetime.datetime) -> ImportPicture | None:
    """The next image, for this worker alone: its next try is put off before anything is done."""
    with transaction.atomic():
        waiting = ImportPicture.objects.filter(
            state=ImportPicture.State.WAITING, next_try_at__lte=moment, batch__state__in=_SETTLED
        )
        rows = waiting.order_by("next_try_at", "pk").select_for_update(
            skip_locked=True, of=("self",)
        )
        address = rows.select_related("batch", "product").first()
        if address is not None:
            address.tries += 1
            address.next_try_at = moment + _CLAIM
            address.save(update_fields=["tries", "next_try_at"])
    return address


def _fetch(address: ImportPicture, moment: datetime.datetime, door: fetching.Door) -> None:
    try:
        got = _document(address, door) if address.document_kind else _picture(address, door)
    except fetching.NotFetched as problem:
        _missing(address, str(problem), moment, can_heal=problem.can_heal)
    except (pictures.NotAPicture, files.NotADocument) as problem:
        _missing(address, str(problem), moment, can_heal=False)
    else:
        _hang(address, got, moment)


def _picture(address: ImportPicture, door: fetching.Door) -> pictures.Encoded:
    return pictures.encode(fetching.fetch(address.url, door=door))


def _document(address: ImportPicture, door: fetching.Door) -> files.Checked:
    content = fetching.fetch(address.url, door=door, wanted=fetching.DOCUMENTS)
    return files.check(ContentFile(content))


def _missing(
    address: ImportPicture, text: str, moment: datetime.datetime, *, can_heal: bool
) -> None:
    address.problem = text
    if can_heal and address.tries < TRIES:
        address.next_try_at = moment + _PAUSES[address.tries - 1]
    else:
        address.state = ImportPicture.State.FAILED
    address.save(update_fields=["problem", "state", "next_try_at"])


@transaction.atomic
def _hang(
    address: ImportPicture, got: pictures.Encoded | files.Checked, moment: datetime.datetime
) -> None:
    current = locks.locked(ImportPicture.objects.filter(pk=address.pk)).first()
    if current is None or current.state != ImportPicture.State.WAITING:
        return  # The import was undone meanwhile.
    if isinstance(got, pictures.Encoded):
        current.picture = _hung(current, got)
    else:
        current.document = _laid_down(current, got)
    current.state, current.problem = ImportPicture.State.FETCHED, ""
    current.save(update_fields=["picture", "document", "state", "problem"])
    products.touch([current.product_id])
    _publish(current, moment)


def _hung(address: ImportPicture, encoded: pictures.Encoded) -> ProductPicture:
    pictures.store(encoded)
    return ProductPicture.objects.create(
        product_id=address.product_id,
        option_value_id=address.option_value_id,
        position=address.position,
        alt_de=address.alt_de,
        alt_en=address.alt_en,
        **encoded.columns,
    )


def _laid_down(address: ImportPicture, checked: files.Checked) -> Document:
    files.store(checked)
    return Document.objects.create(
        product_id=address.product_id,
        position=address.position,
        kind=address.document_kind,
        language=address.document_language,
        name_de=address.alt_de[:120],
        name_en=address.alt_en[:120],
        **checked.columns,
    )


def _publish(address: ImportPicture, moment: datetime.datetime) -> None:
    """Was the picture all that was missing?"""
    rows = ImportRow.objects.filter(
        batch_id=address.batch_id, product_id=address.product_id, wants_publication=True
    )
    row = rows.first()
    if row is None or row.product is None:
        return
    if not products.missing(row.product, moment) and not applying.unnamed_options(row.product):
        applying.publish(row.product, moment=moment)
        rows.update(wants_publication=False)


def try_again(batch: Import, *, moment: datetime.datetime) -> int:
    """Put the missing images of an import into the queue once more. Returns how many."""
    missing = batch.pictures.filter(state=ImportPicture.State.FAILED)
    return missing.update(state=ImportPicture.State.WAITING, tries=0, next_try_at=moment)


def are_waiting(moment: datetime.datetime) -> bool:
    """Is there an image to fetch now?"""
    return ImportPicture.objects.filter(
        state=ImportPicture.State.WAITING, next_try_at__lte=moment, batch__state__in=_SETTLED
    ).exists()
