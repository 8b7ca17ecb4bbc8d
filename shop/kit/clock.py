"""The one place that reads the clock. Views, jobs and tasks call it and pass `moment` down."""

import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def now() -> datetime.datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def day_of(moment: datetime.datetime) -> datetime.date:
    """The calendar day of the shop at `moment`: rates of VAT change at its midnight."""
    return moment.astimezone(zone()).date()


def start_of(day: datetime.date) -> datetime.datetime:
    """The first moment of a calendar day of the shop."""
    return datetime.datetime.combine(day, datetime.time.min, tzinfo=zone())


def zone() -> ZoneInfo:
    """The time zone in which the shop's days begin and end."""
    return ZoneInfo(settings.TIME_ZONE)
