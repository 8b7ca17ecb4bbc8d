"""Reads every product into the lists again."""

from typing import Any

from django.core.management.base import BaseCommand

from catalog import listing_index
from inventory import telling
from reviews import ratings
from shop.kit import clock


class Command(BaseCommand):
    help = "Read every product into the lists of goods again: categories, prices, facets, stock."

    def handle(self, *args: Any, **options: Any) -> None:
        moment = clock.now()
        telling.note_changes()
        count = listing_index.refresh_all(moment=moment, say=self._say)
        ratings.tell_lists()
        listing_index.take_popularity()
        self._say(f"{count} products stand in lists.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
