"""Staff add many pictures at once, say where to look, and see what became of the files."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.models import PictureFile, ProductPicture
from catalog.pictures import making
from tests import backoffice
from tests.making import make_customer, make_product
from tests.pictures.conftest import drawn


@pytest.fixture
def desk(db, media, private):
    found = backoffice.Desk(make_customer("sam@example.com", is_staff=True, is_superuser=True))
    found.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return found


def page_of(product, act=""):
    address = reverse("admin:catalog_product_change", args=[product.pk])
    return address.replace("change/", f"{act}/") if act else address


def adding(product):
    return reverse("admin:catalog_product_add_pictures", args=[product.pk])


def upload(name, **options):
    return SimpleUploadedFile(name, drawn(**options))


def words(**more):
    return {"alt_de": "Becher", "alt_en": "Mug", **more}


def test_several_pictures_are_added_at_once_behind_the_others(desk, hang):
    product = hang().product
    files = [upload("one.png", color="blue"), upload("two.jpg", kind="JPEG", color="green")]

    response = desk.post(adding(product), **words(uploads=files))

    assert response.status_code == 302
    assert response["Location"].endswith("#pictures")
    rows = list(product.pictures.order_by("position"))
    assert [one.position for one in rows] == [0, 1, 2]
    assert [one.alt_en for one in rows[1:]] == ["Mug", "Mug"]
    assert PictureFile.objects.filter(state="waiting").count() == 3
    revision = product.revision
    product.refresh_from_db()
    assert product.revision > revision


def test_one_bad_file_among_many_is_named_and_nothing_is_added(desk, media):
    product = make_product()
    files = [upload("fine.png"), SimpleUploadedFile("page.jpg", b"<html>")]

    response = desk.post(adding(product), **words(uploads=files))

    assert response.status_code == 422
    assert "page.jpg: " in response.content.decode()
    assert not ProductPicture.objects.exists()
    assert not list(media.rglob("*.*"))


@pytest.mark.parametrize("missing", ["alt_de", "alt_en"])
def test_pictures_are_described_in_both_languages(desk, missing):
    product = make_product()

    response = desk.post(adding(product), **words(uploads=[upload("a.png")], **{missing: ""}))

    assert response.status_code == 422
    assert not ProductPicture.objects.exists()


def test_the_page_offers_the_name_as_a_first_description_and_asks_for_a_better_one(desk, hang):
    product = make_product()
    assert 'value="Becher"' in desk.text(adding(product))
    picture = hang(product=product)

    assert "Described by the product" in desk.text(page_of(product))

    ProductPicture.objects.filter(pk=picture.pk).update(alt_de="Becher von vorn")
    assert "Described by the product" not in desk.text(page_of(product))


def test_a_focal_point_that_is_moved_has_the_crops_made_anew(desk, hang, worker):
    picture = hang(drawn(size=(800, 400)))
    worker()

    response = desk.save(page_of(picture.product), **{"pictures-0-focus_x": "12"})

    assert response.status_code == 302
    picture.refresh_from_db()
    assert (picture.focus_x, picture.focus_y) == (12, 50)
    assert PictureFile.objects.get().state == "waiting"


def test_what_did_not_change_is_not_made_anew(desk, hang, worker):
    picture = hang()
    worker()

    desk.save(page_of(picture.product), **{"pictures-0-alt_de": "Becher von vorn"})

    assert PictureFile.objects.get().state == "made"


def test_a_focal_point_outside_the_picture_is_refused(desk, hang):
    picture = hang()

    response = desk.save(page_of(picture.product), **{"pictures-0-focus_y": "101"})

    assert response.status_code == 200
    picture.refresh_from_db()
    assert picture.focus_y == 50


def test_failed_files_are_shown_with_the_reason_and_can_be_made_again(desk, hang, worker):
    picture = hang()
    PictureFile.objects.update(state="failed", problem=making.MISSING)
    files = reverse("admin:catalog_picturefile_changelist")

    assert making.MISSING in desk.text(page_of(picture.product))
    assert making.MISSING in desk.text(files)
    assert "1 picture could not be made" in desk.text(reverse("admin:index"))

    again = reverse("admin:catalog_product_make_pictures_again", args=[picture.product_id])
    assert desk.post(again).status_code == 302
    assert worker() == 1
    assert PictureFile.objects.get().state == "made"
    assert "could not be made" not in desk.text(reverse("admin:index"))


def test_the_list_of_files_takes_as_many_statements_for_many(desk, hang):
    files = reverse("admin:catalog_picturefile_changelist")
    hang()
    few = desk.statements(files)
    for color in ("blue", "green", "white"):
        hang(drawn(color=color))

    assert desk.statements(files) == few


def test_selected_files_are_made_again(desk, hang, worker):
    hang()
    worker()
    files = reverse("admin:catalog_picturefile_changelist")
    chosen = [str(pk) for pk in PictureFile.objects.values_list("pk", flat=True)]

    desk.post(files, action="make_selected_again", _selected_action=chosen)

    assert PictureFile.objects.get().state == "waiting"


def test_nobody_outside_of_staff_adds_pictures(db, client):
    product = make_product()

    response = client.post(adding(product), {**words(), "uploads": io.BytesIO(drawn())})

    assert response.status_code in (302, 403)
    assert not ProductPicture.objects.exists()
