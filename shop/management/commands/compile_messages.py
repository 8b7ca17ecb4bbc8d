"""`manage.py compile_messages`: translations for the running shop, without gettext's `msgfmt`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shop.management import catalogues


class Command(BaseCommand):
    help = "Compile the message catalogues of the project."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changed = catalogues.compile_below(settings.BASE_DIR)
        except catalogues.BrokenCatalogue as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{len(changed)} catalogues changed.")
