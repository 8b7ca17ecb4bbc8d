"""`manage.py note_backup`: say that a backup of database and files was made just now."""

from typing import Any

from django.core.management.base import BaseCommand

from shop import backups
from shop.kit import clock


class Command(BaseCommand):
    help = "Run it after each backup that succeeded; `manage.py doctor` tells when it is too old."

    def handle(self, *args: Any, **options: Any) -> None:
        backups.note(moment=clock.now())
        self.stdout.write("noted")
