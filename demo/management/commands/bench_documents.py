"""`manage.py bench_documents`: how long a document takes in the worker; nothing is stored.

Each invoice is drawn anew from the content that is frozen, with its XML and metadata, as the worker
does. The first one, which loads the fonts, is not counted.
"""

import statistics
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from orders.documents import drawing, einvoice
from orders.models import Document

GOAL_MS = 50


class Command(BaseCommand):
    help = "Measure the drawing of invoices: median and p95 of the CPU and of the time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--count", type=int, default=100, help="how many are drawn")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = list(Document.objects.order_by("-pk")[: options["count"]])
        if not rows:
            raise CommandError("There are no documents yet.")
        drawing.pdf(rows[0], einvoice.xml(rows[0]))
        parts: dict[str, list[float]] = {"XML": [], "PDF with XML": [], "PDF, CPU": []}
        for turn in range(options["count"]):
            row = rows[turn % len(rows)]
            begin, cpu = time.perf_counter(), time.process_time()
            xml = einvoice.xml(row)
            parts["XML"].append(time.perf_counter() - begin)
            drawing.pdf(row, xml)
            parts["PDF with XML"].append(time.perf_counter() - begin)
            parts["PDF, CPU"].append(time.process_time() - cpu)
        self.stdout.write(f"{len(rows)} documents, {options['count']} drawn, goal {GOAL_MS} ms")
        for name, seconds in parts.items():
            values = sorted(1000 * one for one in seconds)
            p95 = values[int(0.95 * (len(values) - 1))]
            self.stdout.write(
                f"{name}: median {statistics.median(values):.1f} ms, p95 {p95:.1f} ms"
            )
