"""Documents of products: recognised by content, listed on the page, handed out as what they are."""

import hashlib
import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from catalog import products
from catalog.documents import files
from catalog.models import Document, DocumentKind, Product, ProductStatus
from catalog.products import copies
from shop.kit import clock
from tests import backoffice, making
from tests.pages import Page

pytestmark = pytest.mark.django_db
PDF = making.PDF
PRODUCTS = "/admin/catalog/product/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def picture(kind):
    out = io.BytesIO()
    Image.new("RGB", (20, 30), "teal").save(out, kind)
    return out.getvalue()


def document(product, *, content=PDF, **fields):
    checked = files.check(ContentFile(content))
    files.store(checked)
    names = {"name_de": "Anleitung", "name_en": "Instructions"}
    made = Document.objects.create(product=product, **checked.columns, **names | fields)
    products.touch([product.pk])
    return made


@pytest.mark.parametrize(
    ("content", "content_type", "ending"),
    [
        (PDF, "application/pdf", ".pdf"),
        (picture("PNG"), "image/png", ".png"),
        (picture("JPEG"), "image/jpeg", ".jpg"),
    ],
    ids=["pdf", "png", "jpeg"],
)
def test_a_document_is_recognised_by_its_content_and_kept_under_its_hash(
    mug, media, content, content_type, ending
):
    made = document(mug.product, content=content)

    digest = hashlib.sha256(content).hexdigest()
    assert made.content_type == content_type
    assert (media / "documents" / digest[:2] / f"{digest}{ending}").read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script></html>",
        b"PK\x03\x04 a ZIP is nothing to read",
        PDF[:20],
        b"\n" + PDF,
        picture("PNG")[:40],
        picture("JPEG")[:12],
        b"\x89PNG\r\n\x1a\n<svg/>",
        b"",
    ],
    ids=range(9),
)
def test_everything_else_is_refused(content):
    with pytest.raises(files.NotADocument, match="PDF"):
        files.check(SimpleUploadedFile("manual.pdf", content, "application/pdf"))


def test_what_is_too_large_is_refused_before_it_is_read():
    class Large(ContentFile):
        def read(self, *_size):
            raise AssertionError("read")

    large = Large(PDF)
    large.size = files.MAX_BYTES + 1

    with pytest.raises(files.NotADocument, match="20 MB"):
        files.check(large)


def test_a_half_written_file_is_written_again(mug):
    made = document(mug.product)
    default_storage.delete(made.path)
    default_storage.save(made.path, ContentFile(PDF[:9]))

    files.store(files.check(ContentFile(PDF)))

    with files.open_content(made) as file:
        assert file.read() == PDF


def test_the_page_lists_documents_with_kind_type_and_size_own_language_first(mug, ben):
    document(mug.product, name_de="Manual", name_en="Manual", language="en", position=0)
    document(mug.product, name_de="Anleitung", name_en="Guide (German)", language="de", position=1)
    document(mug.product, kind=DocumentKind.CARE, name_de="Pflege", name_en="Care", position=2)

    german, english = Page(ben.get("/de/p/mug/")), Page(ben.get("/en/p/mug/"))

    assert german.text.index("Anleitung Anleitung · PDF") < german.text.index("Pflege Pflege · PDF")
    assert german.text.index("Pflege Pflege") < german.text.index("Manual Anleitung · PDF")
    assert "· Englisch" in german.text
    assert english.text.index("Manual Manual · PDF") < english.text.index("Care Care · PDF")
    assert english.text.index("Care Care") < english.text.index("Guide (German) Manual")


def test_a_product_without_documents_has_no_such_heading(mug, ben):
    assert "Dokumente" not in Page(ben.get("/de/p/mug/")).text


def test_a_document_is_handed_out_as_what_it_is_under_its_name(mug, ben):
    made = document(mug.product, name_de="Becher – Anleitung", name_en="Mug manual")
    with translation.override("de"):
        address = made.get_absolute_url()

    answer = ben.get(address)

    assert address == f"/de/documents/{made.pk}/becher-anleitung.pdf"
    assert b"".join(answer) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="becher-anleitung.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies


def test_documents_of_what_nobody_sees_are_not_found(mug, ben):
    made = document(mug.product)
    Product.objects.filter(pk=mug.product_id).update(status=ProductStatus.DRAFT)

    assert ben.get(made.get_absolute_url()).status_code == 404
    assert ben.get("/de/documents/999999/x.pdf").status_code == 404


def test_a_document_whose_file_is_gone_is_not_found(mug, ben):
    made = document(mug.product)
    default_storage.delete(made.path)

    assert ben.get(made.get_absolute_url()).status_code == 404


def test_a_copy_has_the_documents_too(mug):
    document(mug.product, kind=DocumentKind.SAFETY)

    copy = copies.duplicate(mug.product, moment=clock.now())

    (twin,) = copy.documents.all()
    (made,) = mug.product.documents.all()
    assert (twin.sha256, twin.kind) == (made.sha256, DocumentKind.SAFETY)
    assert twin.pk != made.pk


def new_row(upload):
    return {
        "documents-TOTAL_FORMS": "1",
        "documents-0-upload": upload,
        "documents-0-kind": "manual",
        "documents-0-language": "",
        "documents-0-name_de": "Anleitung",
        "documents-0-name_en": "Instructions",
        "documents-0-position": "0",
    }


def test_staff_add_a_document_and_the_page_shows_it(sam, mug, ben):
    desk, page = backoffice.Desk(sam), f"{PRODUCTS}{mug.product_id}/change/"
    assert "Dokumente" not in ben.get("/de/p/mug/").content.decode()

    answer = desk.save(page, **new_row(SimpleUploadedFile("m.exe", PDF, "text/html")))

    assert answer.status_code == 302, backoffice.errors(answer)
    made = Document.objects.get()
    assert made.content_type == "application/pdf"
    assert default_storage.exists(made.path)
    assert "Dokumente" in ben.get("/de/p/mug/").content.decode()


def test_staff_are_told_at_the_field_why_a_file_is_refused(sam, mug, media):
    desk, page = backoffice.Desk(sam), f"{PRODUCTS}{mug.product_id}/change/"

    answer = desk.save(page, **new_row(SimpleUploadedFile("m.pdf", b"<html>", "application/pdf")))

    assert answer.status_code == 200
    assert "PDF" in backoffice.errors(answer)
    assert not Document.objects.exists()
    assert not list(media.rglob("*.*"))
