"""Takes the VAT rates of all member states in."""

from typing import Any

from django.core.management.base import BaseCommand

from catalog.vat import loading


class Command(BaseCommand):
    help = (
        "Add the VAT rates of all EU countries that are missing, and end those that have a"
        " successor. What staff entered or changed stays. Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = loading.load()
        self.stdout.write(f"{done.added} rates added, {done.changed} changed")
        for text in done.kept:
            self.stdout.write(f"kept as staff have it: the file has {text}")
