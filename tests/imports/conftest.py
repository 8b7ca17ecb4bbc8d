"""A shop that files are imported into, and the short way from a file to its end."""

import io
from pathlib import Path

import pytest

from catalog.imports import running, storing
from catalog.models import Category, Import
from inventory.import_shelves import ImportShelves
from tests.making import NOON

FILES = Path(__file__).parent / "files"


@pytest.fixture
def kitchen(db) -> Category:
    """The category that new products may fall back to."""
    return Category.objects.create(slug="kueche", path="kueche", name_de="Küche", name_en="Kitchen")


def taken(data: bytes | str, name: str = "products.csv", **options) -> Import:
    """A file that was uploaded, with the columns as guessed."""
    data = data.encode() if isinstance(data, str) else data
    options = {"language": "de", "spoken_language": "en"} | options
    return storing.take(io.BytesIO(data), name=name, **options)


def checked(data: bytes | str, *, moment=NOON, **options) -> Import:
    """The dry run of a file."""
    batch = taken(data, **options)
    storing.confirm(batch, batch.mapping)
    return run(batch, moment=moment)


def applied(data: bytes | str, *, moment=NOON, **options) -> Import:
    batch = checked(data, moment=moment, **options)
    assert running.begin_applying(batch), batch.refusal
    return run(batch, moment=moment)


def undone(batch: Import, *, moment=NOON) -> Import:
    assert running.begin_undoing(batch)
    return run(batch, moment=moment)


def run(batch: Import, *, moment=NOON) -> Import:
    while running.step(batch.pk, shelves=ImportShelves(), moment=moment):
        pass
    batch.refresh_from_db()
    return batch


def sample(name: str) -> bytes:
    return (FILES / name).read_bytes()


def said(batch: Import, *, is_error: bool = True) -> list[tuple[int, str, str]]:
    """The problems of an import: line, column, text."""
    rows = batch.problems.filter(is_error=is_error).order_by("line", "pk")
    return list(rows.values_list("line", "column", "text"))
