"""`import_products` and `export_products`, and the tasks that do the same in the background."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from catalog import jobs
from catalog.imports import running, storing
from catalog.models import Import, ImportPart, Product
from shop.celery import app
from shop.kit import clock
from tests.imports.conftest import FILES, applied, checked, sample, taken
from tests.making import LONG_AGO

pytestmark = pytest.mark.django_db
SHOPIFY = str(FILES / "shopify_admin.csv")


def told(name, *arguments, **options):
    out = io.StringIO()
    call_command(name, *arguments, stdout=out, **options)
    return out.getvalue()


def test_a_dry_run_says_what_would_happen_and_writes_nothing(kitchen, warehouse):
    out = io.StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("import_products", SHOPIFY, "--dry-run", "--category", "kueche", stdout=out)

    assert end.value.code == 0
    assert "2 new, 0 changed, 0 unchanged, 0 failed" in out.getvalue()
    assert "Variant Compare At Price" in out.getvalue()
    assert not Product.objects.exists()


def test_the_command_imports_a_second_time_nothing_and_undoes(kitchen, warehouse):
    first = told("import_products", SHOPIFY, "--category", "kueche")
    second = told("import_products", SHOPIFY, "--category", "kueche")

    assert "Applied as import" in first
    assert "Pictures waiting: 4" in first
    assert "0 new, 0 changed, 2 unchanged, 0 failed" in second
    assert "is undone" in told("import_products", "--undo")
    assert "is undone" in told("import_products", "--undo")
    assert not Product.objects.exists()
    with pytest.raises(CommandError):
        told("import_products", "--undo")


def test_errors_end_with_1_and_stand_there_with_line_and_column(warehouse):
    out = io.StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("import_products", str(FILES / "woocommerce.csv"), "--create-categories",
                     stdout=out)  # fmt: skip

    assert end.value.code == 1
    text = "line 4, Type: error: The shop has no products of the type “grouped”."
    assert text in out.getvalue()
    assert Product.objects.count() == 2


@pytest.mark.parametrize("arguments", [[], ["/nowhere.csv"], [SHOPIFY, "--category", "nowhere"]])
def test_the_command_says_what_it_misses(arguments, db):
    with pytest.raises(CommandError):
        told("import_products", *arguments)


@pytest.mark.parametrize("name", ["kontor", "shopify", "woocommerce"])
def test_what_was_exported_can_be_imported(name, mug, tea, tmp_path):
    path = tmp_path / "products.csv"
    told("export_products", "--format", name, "--output", str(path))

    assert "0 new, 0 changed, 2 unchanged, 0 failed" in told("import_products", str(path))
    assert told("export_products", "--format", name) == path.read_bytes().decode()


def test_the_task_works_slice_by_slice_and_wakes_itself(
    kitchen, warehouse, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr(
        jobs.run_import, "apply_async", lambda kwargs, **_: sent.append(("run", kwargs))
    )
    monkeypatch.setattr(
        jobs.fetch_import_pictures, "apply_async", lambda **_: sent.append(("fetch", {}))
    )
    monkeypatch.setattr(running, "SLICE_SECONDS", 0.0)
    batch = taken(sample("shopify_admin.csv"), fallback_category=kitchen)
    storing.confirm(batch, batch.mapping)

    def work():
        with django_capture_on_commit_callbacks(execute=True):
            return jobs.run_import(import_pk=batch.pk)

    while work():
        pass
    batch.refresh_from_db()
    assert batch.state == "checked"
    running.begin_applying(batch)
    while work():
        pass
    batch.refresh_from_db()
    assert batch.state == "applied"
    assert ("run", {"import_pk": batch.pk}) in sent
    assert sent[-1] == ("fetch", {})
    assert work() is False


def test_a_worker_that_died_is_found_and_two_never_work_at_once(
    kitchen, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr(jobs.run_import, "apply_async", lambda kwargs, **_: sent.append(kwargs))
    batch = taken(sample("shopify_admin.csv"), fallback_category=kitchen)
    storing.confirm(batch, batch.mapping)
    Import.objects.filter(pk=batch.pk).update(claimed_until=clock.now() + running.CLAIM)

    def sweep():
        with django_capture_on_commit_callbacks(execute=True):
            jobs.sweep_imports()

    assert jobs.run_import(import_pk=batch.pk) is False
    sweep()
    batch.refresh_from_db()
    assert (batch.state, sent) == ("reading", [])
    Import.objects.filter(pk=batch.pk).update(claimed_until=LONG_AGO)
    sweep()
    assert sent == [{"import_pk": batch.pk}]


def test_the_name_that_wakes_is_the_name_of_the_task():
    app.finalize()

    assert jobs.run_import.name == running.TASK


def test_files_are_forgotten_after_90_days_and_what_was_done_is_not(kitchen):
    batch = checked(sample("shopify_admin.csv"), fallback_category=kitchen)
    jobs.forget_import_files()
    assert ImportPart.objects.count() == 1

    Import.objects.filter(pk=batch.pk).update(created_at=LONG_AGO)
    jobs.forget_import_files()

    assert ImportPart.objects.count() == 0
    assert batch.rows.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_failure_in_the_middle_of_a_product_leaves_nothing_of_it(kitchen, warehouse, monkeypatch):
    """The database refuses the stock at the very end: product, variants and prices are gone too."""

    def refuse(self, *arguments, **options):
        raise transaction.TransactionManagementError("the shelf fell down")

    monkeypatch.setattr("inventory.import_shelves.ImportShelves.count", refuse)

    batch = applied(sample("shopify_admin.csv"), fallback_category=kitchen)

    assert batch.counts == {"new": 0, "changed": 0, "unchanged": 0, "failed": 2}
    assert not Product.objects.exists()
    assert batch.problems.filter(text__contains="the shelf fell down").count() == 2
