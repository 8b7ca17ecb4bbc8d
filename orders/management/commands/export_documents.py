"""`manage.py export_documents`: the documents of a period for auditors, as one ZIP."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from orders.documents.exports import archive
from orders.documents.exports.periods import NoPeriod, Period


class Command(BaseCommand):
    help = "Write all documents of a period with tables and their description (GoBD)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("first", type=datetime.date.fromisoformat, help="2026-01-01")
        parser.add_argument("last", type=datetime.date.fromisoformat, help="2026-12-31")
        parser.add_argument("file", help="the ZIP to be written")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with open(options["file"], "wb") as target:
                count = archive.write(Period(options["first"], options["last"]), target)
        except NoPeriod as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{count} documents")
