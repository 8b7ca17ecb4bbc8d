"""The one place that reads the clock. Views, jobs and tasks call it and pass `moment` down."""

import datetime

from django.utils import timezone


def now() -> datetime.datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()
