"""The way to a shop that may sell: what `manage.py doctor` says, as a page for owners."""

import datetime
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop import doctor
from shop.kit import clock

ICONS = {doctor.OK: "check_circle", doctor.WARNING: "warning", doctor.ERROR: "error"}
LEVELS: dict[str, Promise] = {
    doctor.OK: gettext_lazy("done"),
    doctor.WARNING: gettext_lazy("to be considered"),
    doctor.ERROR: gettext_lazy("missing"),
}
TOPICS: dict[str, Promise] = {
    "database": gettext_lazy("Database"),
    "cache": gettext_lazy("Cache"),
    "broker": gettext_lazy("Queue of the background work"),
    "merchant": gettext_lazy("Facts about the merchant"),
    "bank account": gettext_lazy("Bank account"),
    "mail": gettext_lazy("Mail"),
    "payment": gettext_lazy("Payment"),
    "storage": gettext_lazy("Storage of files"),
    "translations": gettext_lazy("Translations"),
    "legal pages": gettext_lazy("Legal pages"),
    "VAT rates": gettext_lazy("VAT rates"),
    "VAT schemes": gettext_lazy("VAT scheme"),
    "delivery": gettext_lazy("Delivery"),
    "official graphics": gettext_lazy("Official graphics"),
    "registers": gettext_lazy("Registers of producers"),
    "background work": gettext_lazy("Background work"),
    "products": gettext_lazy("Products"),
    "backups": gettext_lazy("Backups"),
    "staff": gettext_lazy("Sign-in of staff"),
}
_KEPT, _SECONDS = "checklist-open", 7200


def may_see(request: HttpRequest) -> bool:
    """Owners: those who give roles."""
    return bool(request.user.has_perm("accounts.change_customer"))


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The entry of the menu, for owners."""
    address = reverse("admin:checklist")
    here = request.path == address
    entry = {"title": _("Checklist"), "icon": "checklist", "link": address, "active": here}
    return [entry] if may_see(request) else []


def open_points() -> int:
    """How many points were missing when they were last counted: hourly and with each look at the
    page. Counting reads all goods, so nobody waits for it here.
    """
    kept: int = cache.get(_KEPT, 0)
    return kept


def count(*, moment: datetime.datetime) -> int:
    """Count the missing points anew and keep their number."""
    return len(_missing(_examined(moment)))


def page(request: HttpRequest, shared: dict[str, Any]) -> HttpResponse:
    """Every finding, what is missing first."""
    found = _examined(clock.now())
    order = [doctor.ERROR, doctor.WARNING, doctor.OK]
    points = [
        {
            "icon": ICONS[one.level],
            "level": LEVELS[one.level],
            "topic": TOPICS.get(one.topic, one.topic),
            "text": "" if one.level == doctor.OK else one.text,
        }
        for one in sorted(found, key=lambda one: order.index(one.level))
    ]
    context = {**shared, "title": _("Checklist"), "points": points, "missing": len(_missing(found))}
    return render(request, "admin/checklist.html", context)


def _examined(moment: datetime.datetime) -> list[doctor.Finding]:
    found = list(doctor.examine(moment))
    cache.set(_KEPT, len(_missing(found)), _SECONDS)
    return found


def _missing(found: list[doctor.Finding]) -> list[doctor.Finding]:
    return [one for one in found if one.level == doctor.ERROR]
