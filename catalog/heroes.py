"""Which opening the home page shows: one at a time."""

from django.db import transaction

from catalog import categories
from catalog.models import Hero

# Wider than the pictures of goods: it fills the window. These are made at once, the rest later.
AT_ONCE = (640, 1280)
PHONE_AT_ONCE = (640,)


@transaction.atomic
def show(hero: Hero) -> None:
    """Open the home page with `hero`, and with no other."""
    Hero.objects.filter(is_shown=True).exclude(pk=hero.pk).update(is_shown=False)
    hero.is_shown = True
    hero.save(update_fields=["is_shown"])
    categories.changed()
