"""`manage.py draw_icons`: write the icons of the shop anew."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from shop import icons


class Command(BaseCommand):
    help = "Draws the icons for home screens into static/img."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "static" / "img"
        for name in icons.FILES:
            (folder / name).write_bytes(icons.drawn(name))
            self.stdout.write(f"static/img/{name}")
