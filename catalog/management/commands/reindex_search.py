"""Reads every product into the search again."""

from typing import Any

from django.core.management.base import BaseCommand

from catalog import search_index


class Command(BaseCommand):
    help = "Read every product into the search again and count its vocabulary."

    def handle(self, *args: Any, **options: Any) -> None:
        count = search_index.reindex_all(say=self._say)
        self._say(f"{count} products can be found.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
