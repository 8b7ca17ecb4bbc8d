"""The rules of delivery in words, as the legal page lists them (Art. 246a § 1 EGBGB)."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from checkout import delivery, presenting
from checkout.models import DeliveryKind, DeliveryMethod, DeliveryRate, DeliveryZone
from shop.kit import countries, languages


def table() -> list[dict[str, Any]]:
    """A row for each way to each zone: {name, countries, price, free_from, time}."""
    rules = delivery.rules()
    rows = []
    for method in rules:
        if method.kind == DeliveryKind.PICKUP:
            rows.append(_pickup(method))
        elif method.is_shipped:
            zones = [one for one in rules.zones if not one.is_refused]
            rows += [
                _row(method, zone, rates)
                for zone in sorted(zones, key=lambda one: (one.position, one.pk))
                if (rates := [one for one in method.rates.all() if one.zone_id == zone.pk])
            ]
    return rows


def refused_table() -> list[dict[str, str]]:
    """Where nothing is sent, and why: {name, reason}."""
    rules = delivery.rules()
    return [
        {"name": _destination(zone), "reason": languages.localized(zone, "refusal")}
        for zone in rules.zones
        if zone.is_refused
    ]


def _row(
    method: DeliveryMethod, zone: DeliveryZone, rates: Sequence[DeliveryRate]
) -> dict[str, Any]:
    free_from = zone.free_from if method.has_free_threshold else None
    days = delivery.calendar_of(method, zone).days
    return {
        "name": languages.localized(method, "name"),
        "countries": _destination(zone),
        "price": _price(method, rates),
        "free_from": presenting.amount(free_from, settings.CURRENCY)
        if free_from is not None
        else "",
        "time": working_days(*days),
    }


def _destination(zone: DeliveryZone) -> str:
    if zone.postcodes:
        return languages.localized(zone, "name")
    return ", ".join(map(countries.name_of, zone.countries))


def _pickup(method: DeliveryMethod) -> dict[str, Any]:
    return {
        "name": languages.localized(method, "name"),
        "countries": presenting.place(delivery.place_of(method)),
        "price": pgettext("price", "free"),
        "free_from": "",
        "time": working_days(method.max_days, method.max_days)
        if method.max_days
        else _("same day"),
    }


def _price(method: DeliveryMethod, rates: Sequence[DeliveryRate]) -> str:
    parts = [_step(one) for one in rates]
    if method.takes_bulky and method.bulky_gross:
        surcharge = presenting.amount(method.bulky_gross, settings.CURRENCY)
        parts.append(_("plus %(amount)s for each bulky piece") % {"amount": surcharge})
    return "; ".join(parts)


def _step(rate: DeliveryRate) -> str:
    price = (
        presenting.amount(rate.gross, settings.CURRENCY)
        if rate.gross
        else pgettext("price", "free")
    )
    conditions = []
    if rate.up_to_weight_g is not None:
        weight = delivery.kilograms(rate.up_to_weight_g)
        conditions.append(_("up to %(weight)s kg") % {"weight": weight})
    if rate.from_goods:
        value = presenting.amount(rate.from_goods, settings.CURRENCY)
        conditions.append(_("from %(amount)s of goods") % {"amount": value})
    return f"{', '.join(conditions)}: {price}" if conditions else price


def working_days(shortest: int, longest: int) -> str:
    """How long it takes, in words."""
    if shortest == longest:
        text = ngettext("%(count)d working day", "%(count)d working days", longest)
        return text % {"count": longest}
    return _("%(shortest)d–%(longest)d working days") % {"shortest": shortest, "longest": longest}
