"""Damaged files: always an error at a line, never a crash, never half a product.

`KONTOR_FUZZ_EXAMPLES=20000` runs the full number; by default some hundred are enough for a commit.
"""

import logging
import os
import time

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.imports import comparing, reading, running, storing
from catalog.models import ImportState, Product, Variant
from tests.imports.conftest import run, sample, taken

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("KONTOR_FUZZ_EXAMPLES", "240"))
SECONDS = 5  # of CPU: no file of a few lines keeps a worker busy for long
FORMATS = {
    "shopify": "shopify_admin.csv",
    "woocommerce": "woocommerce.csv",
    "german": "woocommerce_german_cp1252.csv",
    "kontor": "kontor.csv",
}
# Bytes that have a meaning somewhere on the way of a file.
NASTY = [
    b'"', b'""', b",", b";", b"\n", b"\r", b"\r\n", b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf",
    b"\xc3", b"'", b"=cmd|' /C'!A0", b"<script>", b"</p", b"&#0;", b"&#xD800;", b"-1", b"1e999",
    b"NaN", b"99999999999999999999", b"\\n", b"\\u0000", b"\xed\xa0\x80", b"\xe2\x80\xae", b">",
    b"Default Title", b"id:", b"\t", b"|", b"[[", b"{", b"a" * 300, b"http://", b"\xd9\xa3",
]  # fmt: skip
MUTATION = st.tuples(
    st.sampled_from(["insert", "replace", "remove", "cut", "repeat", "swap", "flip"]),
    st.floats(0, 1, allow_nan=False),
    st.floats(0, 1, allow_nan=False),
    st.one_of(st.sampled_from(NASTY), st.binary(max_size=6)),
)


def damaged(data: bytes, mutations) -> bytes:
    for kind, first, second, payload in mutations:
        place, length = int(first * len(data)), 1 + int(second * 40)
        lines = data.splitlines(keepends=True) or [b""]
        line, other = int(first * (len(lines) - 1)), int(second * (len(lines) - 1))
        if kind == "insert":
            data = data[:place] + payload + data[place:]
        elif kind == "replace":
            data = data[:place] + payload + data[place + length :]
        elif kind == "remove":
            data = data[:place] + data[place + length :]
        elif kind == "cut":
            data = data[:place]
        elif kind == "repeat":
            data = b"".join([*lines[: line + 1], lines[line], *lines[line + 1 :]])
        elif kind == "swap":
            lines[line], lines[other] = lines[other], lines[line]
            data = b"".join(lines)
        elif place < len(data):
            data = data[:place] + bytes([data[place] ^ 1 << int(second * 7)]) + data[place + 1 :]
    return data


def import_all(data: bytes, **options):
    """The whole way of a file, with the errors that staff would see; `None`: refused at once."""
    try:
        batch = taken(data, creates_categories=True, **options)
        assert storing.confirm(batch, batch.mapping)
    except reading.Unreadable:
        return None
    run(batch)
    if batch.state == ImportState.REFUSED:
        assert batch.problems.exists()
        return batch
    assert batch.state == ImportState.CHECKED
    assert running.begin_applying(batch)
    return run(batch)


def whole(batch) -> None:
    """Each product of the file is there as a whole, or not at all and somebody says why."""
    assert batch.state == ImportState.APPLIED
    for row in batch.rows.prefetch_related("problems"):
        errors = [one for one in row.problems.all() if one.is_error]
        if row.outcome == "failed":
            assert errors and all(one.line >= 1 for one in errors)
            assert row.product is None
            continue
        assert not errors
        record = comparing.record_of(batch, row)
        wanted = {variant.sku or variant.made_sku for variant in record.variants}
        assert wanted <= set(row.product.variants.values_list("sku", flat=True))
    applied = batch.rows.filter(outcome__in=("new", "changed"))
    assert Product.objects.count() == len(set(applied.values_list("product", flat=True)))


@pytest.fixture
def silence(caplog):
    """Whatever is logged as an error is a crash that was only caught."""
    caplog.set_level(logging.ERROR)
    yield caplog
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def _be_patient():
    """A test is one long transaction: on a busy machine the database would cut it off between two
    statements, which says nothing of the file."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SET LOCAL statement_timeout = 0")


@pytest.mark.parametrize("name", FORMATS)
def test_a_damaged_file_never_crashes_and_never_leaves_half_a_product(name, warehouse, silence):
    original = sample(FORMATS[name])

    @settings(
        max_examples=max(1, EXAMPLES // len(FORMATS)),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        mutations=st.lists(MUTATION, min_size=1, max_size=4), language=st.sampled_from(["de", "en"])
    )
    def holds(mutations, language):
        silence.clear()
        started = time.process_time()
        with transaction.atomic():
            _be_patient()
            batch = import_all(damaged(original, mutations), language=language)
            assert time.process_time() - started < SECONDS
            assert not silence.records, silence.text
            if batch is not None and batch.state != ImportState.REFUSED:
                whole(batch)
            transaction.set_rollback(True)

    holds()


@pytest.mark.parametrize("payload", [b'x"y"z,', b",", b"\xff", b"\x00"])
def test_a_line_that_cannot_be_read_takes_its_product_and_its_neighbours_along(
    payload, kitchen, warehouse
):
    """Whichever line is damaged: the product that it belongs to is not there in parts."""
    head, *lines = sample("shopify_admin.csv").splitlines(keepends=True)
    skus = {"leinenschuerze": 3, "kraeutersalz": 1}
    for place, line in enumerate(lines):
        broken = [*lines[:place], payload + line, *lines[place + 1 :]]
        with transaction.atomic():
            batch = import_all(b"".join([head, *broken]), fallback_category=kitchen)
            assert batch.problems.filter(is_error=True, line__gte=2).exists()
            for product in Product.objects.all():
                assert Variant.objects.filter(product=product).count() == skus[product.slug]
            assert not Product.objects.filter(slug=line.split(b",")[0].decode()).exists()
            transaction.set_rollback(True)


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff\xfe", b'"', b"Handle", b"Handle\n", b"\r\r"])
def test_almost_nothing_is_refused_or_empty(data, warehouse):
    batch = import_all(data)

    assert batch is None or batch.rows.count() == 0
