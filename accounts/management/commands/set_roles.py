"""`manage.py set_roles`: the groups of staff as `accounts/roles.py` declares them."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts import roles


class Command(BaseCommand):
    help = "Write the roles of staff and their rights; run it after every migration."

    def handle(self, *args: Any, **options: Any) -> None:
        for group in roles.set_up():
            self.stdout.write(f"{group.name}: {group.permissions.count()} rights")
