"""`manage.py import_products FILE`: read, compare, say what would change, and do it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from catalog.imports import picture_queue, running, storing
from catalog.imports.reading import Unreadable
from catalog.models import Category, Import, ImportFormat, ImportOutcome, ImportState
from inventory.import_shelves import ImportShelves
from shop.kit import clock, languages

_SHOWN = 20


class Command(BaseCommand):
    help = "Import products from a CSV file of Shopify, WooCommerce or Kontor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="the CSV file")
        parser.add_argument(
            "--format", default=storing.AUTO, choices=[storing.AUTO, *ImportFormat.values]
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument("--language", default="de", choices=languages.codes())
        parser.add_argument("--create-categories", action="store_true")
        parser.add_argument("--category", help="path of the category of products without one")
        parser.add_argument("--keep-stock", action="store_true", help="leave the stock as it is")
        parser.add_argument("--fetch-pictures", action="store_true", help="here, not by a worker")
        parser.add_argument("--undo", action="store_true", help="take the last import back")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            if options["undo"]:
                self._undo()
                return
            if not options["file"]:
                raise CommandError("Which file?")
            batch = self._take(options)
            self._run(batch)
            self._say(batch)
            if options["dry_run"] or batch.state == ImportState.REFUSED:
                raise SystemExit(int(_is_broken(batch)))
            running.begin_applying(batch)
            self._run(batch)
            self._say_done(batch, fetches=options["fetch_pictures"])
        if _is_broken(batch):
            raise SystemExit(1)

    def _take(self, options: dict[str, Any]) -> Import:
        path = Path(options["file"])
        category = None
        if options["category"]:
            category = Category.objects.filter(path=options["category"]).first()
            if category is None:
                raise CommandError(f"There is no category {options['category']}.")
        try:
            with path.open("rb") as file:
                batch = storing.take(
                    file,
                    name=path.name,
                    language=options["language"],
                    spoken_language="en",
                    format_name=options["format"],
                    creates_categories=options["create_categories"],
                    sets_stock=not options["keep_stock"],
                    fallback_category=category,
                )
            storing.confirm(batch, batch.mapping)
        except (OSError, Unreadable) as problem:
            raise CommandError(str(problem)) from problem
        return batch

    def _run(self, batch: Import) -> None:
        shelves = ImportShelves()
        while running.step(batch.pk, shelves=shelves, moment=clock.now()):
            batch.refresh_from_db()
            self.stdout.write(f"{batch.get_state_display()}: {batch.done} of {batch.total}")
        batch.refresh_from_db()

    def _say(self, batch: Import) -> None:
        self.stdout.write(
            f"Import {batch.pk}: {batch.get_format_display()}, {batch.encoding}, "
            f"separator {batch.separator!r}, texts in {batch.language}"
        )
        for row in batch.rows.filter(outcome=ImportOutcome.CHANGED).order_by("number")[:_SHOWN]:
            for where, field, old, new in row.difference:
                self.stdout.write(f"  {row.handle} {where} {field}: {old} → {new}")
        for one in batch.problems.order_by("line", "pk")[: 5 * _SHOWN]:
            kind = "error" if one.is_error else "note"
            self.stdout.write(f"  line {one.line}, {one.column or '–'}: {kind}: {one.text}")
        if batch.unknown:
            names = ", ".join(one["column"] for one in batch.unknown if one["filled"])
            self.stdout.write(f"  Without a field: {names or '– (all empty)'}")
        self._say_counts(batch)

    def _say_counts(self, batch: Import) -> None:
        if batch.counts:
            names = ("new", "changed", "unchanged", "failed")
            words = ", ".join(f"{batch.counts.get(name, 0)} {name}" for name in names)
            self.stdout.write(words)
        else:
            self.stdout.write(f"Refused: {batch.refusal}")

    def _say_done(self, batch: Import, *, fetches: bool) -> None:
        self.stdout.write(f"Applied as import {batch.pk}.")
        self._say_counts(batch)
        while fetches and picture_queue.fetch_some(moment=clock.now()):
            pass
        for state in ("waiting", "fetched", "failed"):
            if count := batch.pictures.filter(state=state).count():
                self.stdout.write(f"Pictures {state}: {count}")

    def _undo(self) -> None:
        batch = running.last_applied()
        if batch is None or not running.begin_undoing(batch):
            raise CommandError("There is no import to undo.")
        self._run(batch)
        self.stdout.write(f"Import {batch.pk} ({batch}) is undone.")
        for change in batch.changes.exclude(remark="").order_by("pk"):
            self.stdout.write(f"  {change.kind} {change.object_pk}: {change.remark}")


def _is_broken(batch: Import) -> bool:
    refused = batch.state == ImportState.REFUSED
    return refused or batch.problems.filter(is_error=True).exists()
