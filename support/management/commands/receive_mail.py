"""`manage.py receive_mail [--recipient ADDRESS] < mail`: a mail from the mail server's pipe.

Ends with 75 when it should come again (EX_TEMPFAIL), with 65 for what nobody would keep; the
mail server then tells the sender.
"""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError
from psycopg_pool import PoolTimeout

from shop.kit import clock
from support.mailing import parsing, receiving

COME_AGAIN, NOT_KEPT = 75, 65


class Command(BaseCommand):
    help = "Store one raw mail (RFC 5322) from standard input; a job reads it within 30 seconds."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--recipient", default="", help="for whom the mail server took it")

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(parsing.MAX_BYTES + 1)
        try:
            pk = receiving.receive(raw, recipient=options["recipient"], moment=clock.now())
        except receiving.TooLarge:
            raise SystemExit(NOT_KEPT) from None
        except (DatabaseError, InterfaceError, PoolTimeout) as problem:
            self.stderr.write(f"not stored: {type(problem).__name__}")
            raise SystemExit(COME_AGAIN) from problem
        self.stdout.write("stored" if pk is not None else "known")
