"""Files that are sold: recognised by content, kept in private, wanted before a product is sold."""

import hashlib
import io
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings as conf_settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from catalog import products
from catalog.documents import digital_files
from catalog.models import DigitalFile, Product, ProductStatus
from catalog.products import copies
from shop.kit import clock
from tests import backoffice, making

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def private(settings, tmp_path):
    """A private folder of its own; returns its path."""
    options = {**settings.STORAGES["private"]["OPTIONS"], "location": str(tmp_path / "private")}
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {**settings.STORAGES["private"], "OPTIONS": options},
    }
    return tmp_path / "private"


@pytest.fixture
def desk(sam):
    return backoffice.Desk(sam)


def picture(kind):
    out = io.BytesIO()
    Image.new("RGB", (20, 30), "teal").save(out, kind)
    return out.getvalue()


def stored(sha256):
    with digital_files.open_content(sha256) as file:
        return file.read()


def archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("pattern.txt", "knit 2, purl 2")
    return out.getvalue()


# --- What is recognised ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (PDF, "application/pdf"),
        (archive(), "application/zip"),
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
    ],
    ids=["pdf", "zip", "png", "jpeg"],
)
def test_a_file_is_recognised_by_its_content_whatever_it_is_called(content, content_type):
    checked = digital_files.check(SimpleUploadedFile("x.svg", content, "image/svg+xml"))

    assert checked.content_type == content_type
    assert checked.size == len(content)
    assert checked.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script></html>",
        b"MZ\x90\x00 a program",
        b"GIF89a" + b"\x00" * 40,
        PDF[:20],
        b"\n" + PDF,
        archive()[:40],
        b"MZ" + archive(),
        picture("PNG")[:40],
        picture("JPEG")[:12],
        b"\x89PNG\r\n\x1a\n<svg/>",
        b"\x00",
    ],
    ids=range(12),
)
def test_everything_else_is_refused(content):
    with pytest.raises(digital_files.NotAFile, match="PDF"):
        digital_files.check(SimpleUploadedFile("pattern.pdf", content, "application/pdf"))


def test_what_is_too_large_is_refused_before_it_is_read():
    class Large(ContentFile):
        def read(self, *_size):
            raise AssertionError("read")

    large = Large(PDF)
    large.size = digital_files.MAX_BYTES + 1

    with pytest.raises(digital_files.NotAFile, match="50 MB"):
        digital_files.check(large)


# --- Where it lies --------------------------------------------------------------------------------


def test_a_file_lies_once_under_its_hash_and_only_the_shop_reads_it(private):
    for _time in range(2):
        digital_files.store(digital_files.check(ContentFile(PDF)))

    (path,) = [one for one in private.rglob("*") if one.is_file()]
    assert path.name == hashlib.sha256(PDF).hexdigest()
    assert path.read_bytes() == PDF
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stored(path.name) == PDF


def test_a_half_written_file_is_written_again():
    checked = digital_files.check(ContentFile(PDF))
    storages["private"].save(digital_files.path_of(checked.sha256), ContentFile(PDF[:9]))

    digital_files.store(checked)

    assert stored(checked.sha256) == PDF


def test_the_private_folder_is_no_folder_that_web_servers_serve(settings):
    private = Path(settings.PRIVATE_ROOT).resolve()

    for served in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
        assert not private.is_relative_to(Path(served).resolve())


def test_settings_refuse_a_private_folder_below_a_served_one():
    served = conf_settings.MEDIA_ROOT
    code = "import shop.settings"
    environment = {**os.environ, "PRIVATE_ROOT": f"{served}/../{Path(served).name}/private"}

    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert "PRIVATE_ROOT must not lie in MEDIA_ROOT" in done.stderr.splitlines()[-1]


# --- What a product wants -------------------------------------------------------------------------


def test_a_digital_product_without_a_file_is_not_published(pattern):
    DigitalFile.objects.all().delete()
    assert "files" in products.missing(pattern.product, clock.now())

    with pytest.raises(products.NotReady) as refused:
        products.publish(pattern.product, moment=clock.now())

    assert "files" in refused.value.missing


def test_a_file_that_is_switched_off_does_not_count(pattern):
    making.make_file(pattern.product)
    assert "files" not in products.missing(pattern.product, clock.now())

    pattern.product.digital_files.update(is_active=False)

    assert "files" in products.missing(pattern.product, clock.now())


def test_goods_and_gift_cards_need_no_file(mug, pattern):
    DigitalFile.objects.all().delete()
    pattern.product.is_gift_card = True

    assert "files" not in products.missing(mug.product, clock.now())
    assert "files" not in products.missing(pattern.product, clock.now())


def test_a_copy_has_the_files_too(pattern):
    copy = copies.duplicate(pattern.product, moment=clock.now())

    (twin,) = copy.digital_files.all()
    (file,) = pattern.product.digital_files.all()
    assert (twin.sha256, twin.name_de) == (file.sha256, file.name_de)
    assert twin.pk != file.pk


# --- Staff ----------------------------------------------------------------------------------------


def page_of(variant):
    return f"/admin/catalog/product/{variant.product_id}/change/"


def upload(content=PDF, **fields):
    row = {
        "digital_files-TOTAL_FORMS": "2",
        "digital_files-1-name_de": "Anleitung",
        "digital_files-1-name_en": "Instructions",
        "digital_files-1-is_active": "on",
        "digital_files-1-position": "1",
        "digital_files-1-upload": SimpleUploadedFile("a.pdf", content, "application/pdf"),
    }
    return row | fields


def test_staff_add_a_file(desk, pattern):
    response = desk.save(page_of(pattern), **upload(PDF + b"more\n"))

    assert response.status_code == 302, backoffice.errors(response)
    file = pattern.product.digital_files.get(name_en="Instructions")
    assert (file.content_type, file.size) == ("application/pdf", len(PDF) + 5)
    assert stored(file.sha256) == PDF + b"more\n"
    text = desk.text(page_of(pattern))
    assert "PDF, " in text


def test_the_content_of_a_row_stays_what_it_was(desk, pattern):
    before = pattern.product.digital_files.get()
    other = SimpleUploadedFile("a.pdf", PDF + b"other\n", "application/pdf")

    desk.save(page_of(pattern), **{"digital_files-0-upload": other})

    after = pattern.product.digital_files.get()
    assert (after.pk, after.sha256) == (before.pk, before.sha256)


def test_an_upload_that_is_no_such_file_is_refused_at_its_field(desk, pattern, private):
    before = sorted(private.rglob("*"))

    response = desk.save(page_of(pattern), **upload(b"<svg/>"))

    assert response.status_code == 200
    assert "upload" in backoffice.errors(response)
    assert pattern.product.digital_files.count() == 1
    assert sorted(private.rglob("*")) == before


def test_the_last_file_of_a_product_on_sale_stays(desk, pattern):
    changes = {"digital_files-0-is_active": ""}

    response = desk.save(page_of(pattern), **changes)
    assert response.status_code == 200
    assert pattern.product.digital_files.get().is_active

    Product.objects.filter(pk=pattern.product_id).update(status=ProductStatus.DRAFT)
    response = desk.save(page_of(pattern), **changes)
    assert response.status_code == 302
    assert not pattern.product.digital_files.get().is_active


def test_another_product_on_sale_needs_no_file(desk, mug):
    assert desk.save(page_of(mug), name_de="Becher Elbe").status_code == 302
