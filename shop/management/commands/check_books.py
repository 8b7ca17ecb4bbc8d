"""`manage.py check_books`: what must always be true of the data, one line each; ends with 1 if not.

Each app names its invariants in `<app>/books.py`: `CHECKS` holds pairs of a sentence and a function
that returns one text for each row that breaks it. All read one snapshot of the database.
"""

import importlib
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils.module_loading import module_has_submodule

Check = tuple[str, Callable[[], list[str]]]
SHOWN = 5  # rows named in a line; the number of all stands there too
# A whole shop is read; web requests have less time.
STATEMENT_TIMEOUT_MS = 60_000


def checks() -> Iterator[Check]:
    """The invariants of all apps, in the order of the apps."""
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "books"):
            yield from importlib.import_module(f"{config.name}.books").CHECKS


class Command(BaseCommand):
    help = "Check the invariants of stock, orders, payments and points; read-only."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute(f"SET LOCAL statement_timeout = {STATEMENT_TIMEOUT_MS}")
            for sentence, find in checks():
                found = find()
                broken += bool(found)
                self.stdout.write(_line(sentence, found))
        if broken:
            raise SystemExit(1)


def _line(sentence: str, found: list[str]) -> str:
    if not found:
        return f"ok      {sentence}"
    more = "" if len(found) <= SHOWN else f" and {len(found) - SHOWN} more"
    return f"BROKEN  {sentence}: {'; '.join(found[:SHOWN])}{more}"
