"""Measures the search on goods and graded queries from files; the database stays as it is."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.search import evaluating
from shop.kit import clock


class Command(BaseCommand):
    help = (
        "Load products into the search, run graded queries through it, print nDCG, recall and"
        " times, and take everything back."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--products", type=Path, required=True, help="JSON lines")
        parser.add_argument("--queries", type=Path, required=True, help="CSV")
        parser.add_argument(
            "--language", choices=["de", "en"], default="", help="guessed if not given"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = evaluating.evaluate(
                options["products"],
                options["queries"],
                moment=clock.now(),
                language=options["language"],
            )
        except (OSError, evaluating.NotReadable) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"language          {report.language}\n"
            f"products          {report.products} (read in {report.loaded_in:.1f} s)\n"
            f"lines left out    {report.skipped_lines}\n"
            f"queries           {report.queries}"
            f" ({report.without_relevant} without a relevant product, left out of the means)\n"
            f"without a result  {report.empty}\n"
            f"nDCG@10           {report.ndcg_10:.4f}\n"
            f"recall@10         {report.recall_10:.4f}\n"
            f"recall@100        {report.recall_100:.4f}\n"
            f"p50 ms            {report.p50_ms:.1f}\n"
            f"p95 ms            {report.p95_ms:.1f}"
        )
