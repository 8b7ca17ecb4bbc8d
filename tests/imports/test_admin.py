"""The pages of an import for staff: upload, columns, difference, apply, result, undo, export."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse

from catalog import pricing
from catalog.models import Import, Product
from tests.backoffice import Desk, clerk
from tests.imports.conftest import run, sample
from tests.making import NOON

pytestmark = pytest.mark.django_db
ADD = "/admin/catalog/import/add/"


@pytest.fixture
def desk(sam):
    return Desk(sam)


def upload(desk, name="shopify_admin.csv", **options):
    file = io.BytesIO(sample(name))
    file.name = name
    data = {"file": file, "format": "auto", "language": "de", "sets_stock": "on"} | options
    response = desk.client.post(ADD, data)
    assert response.status_code == 302, response.context["form"].errors
    return Import.objects.get()


def page_of(batch):
    return reverse("admin:catalog_import_change", args=[batch.pk])


def confirm(desk, batch):
    address = reverse("admin:catalog_import_columns", args=[batch.pk])
    form = desk.get(address).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    return desk.client.post(address, data)


def test_a_file_goes_through_all_its_pages(desk, kitchen, warehouse):
    batch = upload(desk, fallback_category=kitchen.pk)
    columns = desk.text(reverse("admin:catalog_import_columns", args=[batch.pk]))
    assert "Variant Compare At Price" in columns
    assert "APRON-NAT-S" in columns

    assert confirm(desk, batch).status_code == 302
    waiting = desk.get(page_of(batch))
    assert waiting["Refresh"] == "2"
    assert "<progress" in waiting.content.decode()

    run(batch)
    difference = desk.get(page_of(batch))
    assert "Refresh" not in difference
    text = difference.content.decode()
    assert "Leinenschürze" in text
    assert reverse("admin:catalog_import_application", args=[batch.pk]) in text
    assert not Product.objects.exists()

    desk.post(reverse("admin:catalog_import_application", args=[batch.pk]))
    run(batch)
    assert Product.objects.count() == 2
    result = desk.text(page_of(batch))
    assert reverse("admin:catalog_import_application", args=[batch.pk]) not in result
    undo = reverse("admin:catalog_import_withdrawal", args=[batch.pk])
    assert undo in result

    assert "Leinenschürze" not in desk.text(undo)
    desk.post(undo)
    run(batch)
    assert not Product.objects.exists()
    assert undo not in desk.text(page_of(batch))


def test_looking_at_a_step_again_or_posting_it_twice_does_nothing_more(desk, kitchen, warehouse):
    batch = upload(desk, fallback_category=kitchen.pk)
    apply = reverse("admin:catalog_import_application", args=[batch.pk])

    desk.post(apply)
    batch.refresh_from_db()
    assert batch.state == "mapping"
    confirm(desk, batch)
    run(batch)
    desk.get(apply, status=302)
    batch.refresh_from_db()
    assert batch.state == "checked"
    desk.post(apply)
    desk.post(apply)
    run(batch)
    desk.post(apply)
    batch.refresh_from_db()
    assert batch.state == "applied"
    assert Product.objects.count() == 2


def test_failed_products_come_back_as_a_file_that_can_be_mended(desk, kitchen, warehouse):
    batch = upload(desk, "woocommerce.csv", creates_categories="on")
    confirm(desk, batch)
    run(batch)

    response = desk.get(reverse("admin:catalog_import_failed", args=[batch.pk]))
    text = b"".join(response.streaming_content).decode("utf-8-sig")

    assert response["Content-Disposition"].endswith('.csv"')
    lines = text.splitlines()
    assert len(lines) == 5
    assert lines[0].endswith(",Kontor: problem")
    assert "grouped" in lines[1]
    mended = text.replace("grouped", "simple").replace("SET-1", "SET-2")
    again = io.BytesIO(mended.encode())
    again.name = "mended.csv"
    desk.client.post(ADD, {"file": again, "format": "auto", "language": "de",
                           "creates_categories": "on"})  # fmt: skip
    second = Import.objects.latest("pk")
    confirm(desk, second)
    run(second)
    assert second.counts["new"] == 1
    assert second.header[-1] == "Kontor: problem"


def test_the_mapping_can_be_changed_and_must_make_sense(desk, mug):
    file = io.BytesIO(b"product,sku,was,is\nmug,MUG-1,24.00,26.00\n")
    file.name = "prices.csv"
    desk.client.post(ADD, {"file": file, "format": "kontor", "language": "de"})
    batch = Import.objects.get()
    address = reverse("admin:catalog_import_columns", args=[batch.pk])
    data = {"column_0": "product", "column_1": "sku", "column_2": "price", "column_3": "price"}

    twice = desk.client.post(address, data)
    none = desk.client.post(address, data | {"column_0": "", "column_2": ""})
    right = desk.client.post(address, data | {"column_2": ""})

    assert (twice.status_code, none.status_code, right.status_code) == (422, 422, 302)
    run(batch, moment=NOON)
    assert batch.rows.get().difference == [["MUG-1", "Preis", "24.00", "26.00"]]
    assert pricing.price_of([mug.pk], NOON)[mug.pk].gross == Decimal("24.00")


@pytest.mark.parametrize("data", [b"", b"colour,weight\n1,2\n", b'Handle,Title\nmug,"'])
def test_a_file_that_cannot_be_read_is_refused_with_a_reason(desk, data):
    file = io.BytesIO(data)
    file.name = "x.csv"
    response = desk.client.post(ADD, {"file": file, "format": "auto", "language": "de"})

    if response.status_code == 302:
        batch = Import.objects.get()
        confirm(desk, batch)
        run(batch)
        assert batch.state == "refused"
        assert "Zeile 2" in desk.text(page_of(batch))
    else:
        assert response.status_code == 422
        assert response.context["form"].errors["file"]


def test_only_who_may_change_products_may_import(warehouse, kitchen, sam):
    batch = upload(Desk(sam), fallback_category=kitchen.pk)
    stranger = Desk(clerk("orders"))

    for address in (ADD, page_of(batch)):
        assert stranger.client.get(address).status_code == 403
    for name in ("columns", "application", "withdrawal", "images", "failed"):
        address = reverse(f"admin:catalog_import_{name}", args=[batch.pk])
        assert stranger.client.post(address).status_code == 403
    assert stranger.client.get("/admin/catalog/import/export/").status_code == 403
    batch.refresh_from_db()
    assert batch.state == "mapping"


def test_all_products_can_be_taken_along(desk, mug):
    assert "Kontor" in desk.text("/admin/catalog/import/export/")

    response = desk.client.post(
        "/admin/catalog/import/export/", {"format": "shopify", "language": "de"}
    )
    text = b"".join(response.streaming_content).decode()

    assert response["Content-Disposition"].startswith('attachment; filename="products-shopify-')
    assert "mug,Becher" in text


def test_the_list_shows_where_imports_stand(desk, kitchen, warehouse):
    batch = upload(desk, fallback_category=kitchen.pk)
    confirm(desk, batch)
    run(batch)

    text = desk.text("/admin/catalog/import/")

    assert "shopify_admin.csv" in text
    assert "2 neu" in text
    assert desk.statements("/admin/catalog/import/") <= 12


def test_a_page_of_many_products_takes_as_many_statements_as_one_of_few(desk, kitchen, warehouse):
    batch = upload(desk, fallback_category=kitchen.pk)
    confirm(desk, batch)
    run(batch)

    assert desk.statements(page_of(batch)) <= 20
