"""When was the last backup? The shop cannot see it, so whoever makes it says so."""

import datetime

from insights.models import Milestone

NAME = "backup"
OLD_AFTER = datetime.timedelta(days=2)


def note(*, moment: datetime.datetime) -> None:
    """A backup was made at `moment`."""
    Milestone.objects.update_or_create(name=NAME, defaults={"at": moment})


def last() -> datetime.datetime | None:
    """When the last one was noted; `None`: never."""
    return Milestone.objects.filter(name=NAME).values_list("at", flat=True).first()
