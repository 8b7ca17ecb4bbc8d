"""Which opening the home page shows: one at a time."""

from django.db import transaction

from catalog import categories
from catalog.models import Hero

# Wider than the pictures of goods: it fills the window.
WIDTHS = (640, 960, 1280, 1920, 2400)
PHONE_WIDTHS = (640, 960, 1280)


@transaction.atomic
def show(hero: Hero) -> None:
    """Open the home page with `hero`, and with no other."""
    Hero.objects.filter(is_shown=True).exclude(pk=hero.pk).update(is_shown=False)
    hero.is_shown = True
    hero.save(update_fields=["is_shown"])
    categories.changed()
