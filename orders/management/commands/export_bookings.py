"""`manage.py export_bookings`: the bookings of a period as a file for DATEV."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from orders.documents.exports import datev
from orders.documents.exports.periods import NoPeriod, Period
from shop.kit import clock


class Command(BaseCommand):
    help = "Write the bookings of a period, one for each rate of each document (DATEV, EXTF)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("first", type=datetime.date.fromisoformat, help="2026-01-01")
        parser.add_argument("last", type=datetime.date.fromisoformat, help="2026-01-31")
        parser.add_argument("file", help="the file to be written")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = Period(options["first"], options["last"])
            with open(options["file"], "wb") as target:
                target.writelines(datev.lines(period, moment=clock.now()))
        except (NoPeriod, datev.NoAccount) as problem:
            raise CommandError(str(problem)) from problem
