"""Files by their content: what is kept, what is refused, what is left of it."""

import io
import zipfile

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from support import attachments, cases, forgetting
from support.models import Attachment, AttachmentType, Case
from tests.making import NOON, PDF


def _checked(name, content, declared="image/jpeg"):
    with translation.override("en"):
        return attachments.check(SimpleUploadedFile(name, content, declared))


def _zip(size=1000):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.txt", b"0" * size)
    return file.getvalue()


def _picture(kind, **extra):
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, kind, **extra)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_become_jpeg_whatever_they_are_called(kind):
    found = _checked("mug.PDF", _picture(kind), "application/pdf")

    assert (found.name, found.content_type) == ("mug.jpg", AttachmentType.JPEG)
    assert Image.open(io.BytesIO(found.content)).format == "JPEG"


def test_place_and_camera_are_removed():
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[1] = "N"
    original = _picture("JPEG", exif=exif, comment=b"at home")

    found = _checked("mug.jpg", original)

    assert b"Secret Camera" in original
    assert b"Secret Camera" not in found.content
    assert b"at home" not in found.content
    assert not Image.open(io.BytesIO(found.content)).getexif()


def test_a_pdf_is_kept_as_it_is():
    found = _checked("invoice.exe", PDF)

    assert (found.name, found.content_type) == ("invoice.pdf", AttachmentType.PDF)
    assert found.content == PDF


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ" + b"\0" * 200,
        b"<html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"GIF89a" + b"\0" * 50,
        b"%PDF-1.7 and no end",
        _zip(),
        _zip(20_000_000),  # a bomb: 20 MB in 20 kB
        PDF + _zip(),  # a document and an archive in one
        _picture("JPEG") + _zip(),
        _picture("JPEG") + b"<script>alert(1)</script>",
        _picture("PNG")[:-20],
        b"\xff\xd8\xff" + b"\0" * 100,
    ],
)
def test_everything_else_is_refused_with_its_name(content):
    with pytest.raises(attachments.Refused, match="odd"):
        _checked("odd.jpg", content)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded():
    file = io.BytesIO()
    Image.new("1", (6_000, 6_000)).save(file, "PNG")

    assert len(file.getvalue()) < 100_000
    with pytest.raises(attachments.Refused, match="million"):
        _checked("bomb.png", file.getvalue())


def test_size_count_and_sum_are_bounded():
    big = SimpleUploadedFile("big.pdf", PDF[:-6] + b" " * 10_000_001 + PDF[-6:])
    six = [SimpleUploadedFile("a.pdf", PDF)] * 6
    heavy = [SimpleUploadedFile("a.pdf", b"x" * 9_000_000)] * 3

    for files, words in (([big], "10 MB"), (six, "5 files"), (heavy, "25 MB")):
        with translation.override("en"), pytest.raises(attachments.Refused, match=words):
            attachments.checked(files)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ben\\mug.jpg", "mug.jpg"),
        ("a\r\nSet-Cookie: x.jpg", "aSet-Cookie x.jpg"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("x" * 300, "x" * 80),
        ("...", "file"),
        ("", "file"),
        ('"><img src=x>.png', "img src=x.png"),
        ("\ud800.png", "png"),
    ],
)
def test_hostile_names_become_plain_ones(name, bare):
    assert attachments.bare_name(name) == bare


@pytest.mark.django_db
def test_contents_go_with_their_case_and_strays_after_a_day(django_capture_on_commit_callbacks):
    case = cases.open_case(
        subject="x",
        text="x",
        language="de",
        guest_email="b@x.example",
        moment=NOON,
        files=[_checked("a.pdf", PDF)],
    )
    file = Attachment.objects.get()
    with attachments.opened(file) as content:
        assert content.read() == PDF
    storages["private"].save("support/00/stray", io.BytesIO(b"x"))
    written = storages["private"].get_modified_time("support/00/stray")

    early = attachments.remove_strays(moment=written)
    late = attachments.remove_strays(moment=written + attachments.STRAY_AFTER)
    with django_capture_on_commit_callbacks(execute=True):
        forgetting.forget(Case.objects.filter(pk=case.pk))

    assert early == 0
    assert late >= 1
    assert not storages["private"].exists("support/00/stray")
    assert not Case.objects.exists()
    with pytest.raises(FileNotFoundError):
        attachments.opened(file)
