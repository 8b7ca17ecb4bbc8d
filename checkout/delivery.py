"""Ways of delivery: which are on offer for a cart, what they cost, when the goods arrive.

From cart to offers, with tables: docs/algorithms/delivery.md.
"""

import dataclasses
import datetime
from collections.abc import Iterator
from decimal import Decimal

from babel.numbers import format_decimal
from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from catalog.law.consignments import Consignment
from checkout.models import DeliveryKind, DeliveryMethod, DeliveryRate, DeliveryZone
from checkout.quoting import Delivery, Place
from checkout.sending import fees, postcodes, territories
from inventory import working_days
from shop.kit import countries as names
from shop.kit import languages


@dataclasses.dataclass(frozen=True, slots=True)
class Rules:
    """All that is on offer, and all zones; those of single postcodes come first."""

    methods: tuple[DeliveryMethod, ...]
    zones: tuple[DeliveryZone, ...]

    def __iter__(self) -> Iterator[DeliveryMethod]:
        return iter(self.methods)

    @property
    def shipped(self) -> tuple[DeliveryMethod, ...]:
        return tuple(one for one in self.methods if one.is_shipped)


@dataclasses.dataclass(frozen=True, slots=True)
class Offer:
    """A method as it would be for this cart. `missing_for_free` is `None` where nothing is."""

    delivery: Delivery
    missing_for_free: Decimal | None
    kind: str = DeliveryKind.PARCEL


@dataclasses.dataclass(frozen=True, slots=True)
class Refused:
    """A method that is not on offer, and why, in the active language."""

    method: DeliveryMethod
    reason: fees.Reason
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Outlook:
    """What can be chosen for an address. `problem`: why nothing can be sent there; of the postcode
    alone, when `is_postcode_wrong`."""

    offers: tuple[Offer, ...]
    refused: tuple[Refused, ...] = ()
    problem: str = ""
    is_postcode_wrong: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """A way to a country with its fee, and its working days at least and at most."""

    method: DeliveryMethod
    gross: Decimal
    days: tuple[int, int]


def rules() -> Rules:
    """The ways of delivery on offer, in order, with zones and rates; three statements."""
    rates = DeliveryRate.objects.order_by("up_to_weight_g", "from_goods")
    methods = DeliveryMethod.objects.filter(is_active=True).select_related("pickup_location")
    zones = DeliveryZone.objects.order_by("position", "pk")
    return Rules(
        tuple(methods.order_by("position", "pk").prefetch_related(Prefetch("rates", rates))),
        tuple(sorted(zones, key=lambda zone: not zone.postcodes)),
    )


def countries(all_rules: Rules) -> list[str]:
    """Where the shop delivers goods to, the seller's country first."""
    zones = {rate.zone_id for one in all_rules.shipped for rate in one.rates.all()}
    served = {
        code
        for zone in all_rules.zones
        if zone.pk in zones and not zone.is_refused
        for code in zone.countries
        if code in territories.EU
    }
    return sorted(served, key=lambda code: (code != settings.COUNTRY, code))


def refused_countries(all_rules: Rules) -> dict[str, str]:
    """Whole countries that staff named as not served: the reason in the active language."""
    served = countries(all_rules)
    return {
        code: languages.localized(zone, "refusal")
        for zone in all_rules.zones
        if zone.is_refused and not zone.postcodes
        for code in zone.countries
        if code not in served
    }


def zone_of(all_rules: Rules, *, country: str, postcode: str = "") -> DeliveryZone | None:
    """The zone of an address; without a postcode that of the country as a whole."""
    for zone in all_rules.zones:
        is_in = country in zone.countries and (
            not zone.postcodes or postcodes.fits(zone.postcodes, postcode)
        )
        if is_in and not postcodes.fits(zone.other_postcodes, postcode):
            return zone
    return None


def problem_of(
    all_rules: Rules, consignment: Consignment, *, country: str, postcode: str = ""
) -> str:
    """Why nothing can be sent there, in the active language; empty when it can."""
    zone = zone_of(all_rules, country=country, postcode=postcode)
    if zone is not None and zone.is_refused:
        return languages.localized(zone, "refusal")
    if country not in territories.EU:
        return _("We deliver within the European Union only: beyond it customs would be due.")
    if problem := territories.problem(country, postcode):
        return problem
    if country not in countries(all_rules):
        return _("We do not deliver to this country yet.")
    if zone is None:
        return _("We do not deliver to this postcode.")
    if ban := consignment.ban_for(country):
        return _("%(name)s cannot be sent to %(country)s: %(reason)s") % {
            "name": ban.name,
            "country": names.name_of(country),
            "reason": ban.reason,
        }
    return ""


def cheapest(all_rules: Rules, consignment: Consignment) -> dict[str, Choice]:
    """By country the way that costs least, the faster of two; as lists may quote it.

    The fees are those of the country as a whole; islands may cost more.
    """
    found: dict[str, Choice] = {}
    for country in countries(all_rules):
        zone = zone_of(all_rules, country=country)
        if zone is None or zone.is_refused or consignment.ban_for(country):
            continue
        ways = _ways(all_rules, zone, consignment)
        if ways:
            found[country] = min(ways, key=lambda way: (way.gross, way.days[1]))
    return found


def arrival_of_cheapest(
    all_rules: Rules,
    consignment: Consignment,
    *,
    lead_days: int,
    expected_on: datetime.date | None = None,
    moment: datetime.datetime,
) -> tuple[datetime.date, datetime.date] | None:
    """When the cheapest way within the seller's country brings it; `None` where none does."""
    way = cheapest(all_rules, consignment).get(settings.COUNTRY)
    if way is None:
        return None
    calendar = dataclasses.replace(calendar_of(way.method), days=way.days)
    return working_days.arrival(
        moment, lead_days=lead_days, calendar=calendar, expected_on=expected_on
    )


def _ways(all_rules: Rules, zone: DeliveryZone, consignment: Consignment) -> list[Choice]:
    ways = []
    for method in all_rules.shipped:
        try:
            fee = fees.fee_of(method, zone, consignment)
        except fees.NotOffered:
            continue
        ways.append(Choice(method, fee, calendar_of(method, zone).days))
    return ways


def look(
    all_rules: Rules,
    consignment: Consignment,
    *,
    country: str,
    postcode: str = "",
    needs_shipping: bool,
    lead_days: int,
    expected_on: datetime.date | None = None,
    moment: datetime.datetime,
) -> Outlook:
    """The ways for this at this address: on offer with fee and arrival, or refused and why.

    Goods are made in `lead_days`, or come in on `expected_on`, whichever is later.
    """
    if not needs_shipping:
        ways = [one for one in all_rules if one.kind == DeliveryKind.EMAIL]
        return Outlook(tuple(_for_nothing(one) for one in ways))
    problem = problem_of(all_rules, consignment, country=country, postcode=postcode)
    zone = None if problem else zone_of(all_rules, country=country, postcode=postcode)
    offers, refused = [], []
    ready_by = Ready(moment, lead_days, expected_on)
    for method in all_rules:
        if method.kind == DeliveryKind.PICKUP:
            offers.append(_pickup(method, ready_by))
        elif method.is_shipped and zone is not None:
            try:
                gross = fees.fee_of(method, zone, consignment)
            except fees.NotOffered as found:
                text = _words(found.reason, method, consignment)
                refused.append(Refused(method, found.reason, text))
                continue
            offers.append(_shipped(method, zone, consignment, gross, country, ready_by))
    is_postcode_wrong = bool(problem) and not problem_of(all_rules, consignment, country=country)
    return Outlook(tuple(offers), tuple(refused), problem, is_postcode_wrong)


def calendar_of(method: DeliveryMethod, zone: DeliveryZone | None = None) -> working_days.Calendar:
    """When `method` leaves and how long it takes; longer in some zones."""
    more = zone.extra_days if zone else 0
    return working_days.Calendar(
        days=(method.min_days + more, method.max_days + more),
        cut_off=method.cut_off,
        state=method.state,
        brings_on_saturday=method.brings_on_saturday,
    )


def _for_nothing(method: DeliveryMethod) -> Offer:
    name = languages.localized(method, "name")
    return Offer(Delivery(method.code, name, Decimal("0.00")), None, method.kind)


@dataclasses.dataclass(frozen=True, slots=True)
class Ready:
    """What decides when goods leave: ordered when, made in how many days, expected on which."""

    moment: datetime.datetime
    lead_days: int
    expected_on: datetime.date | None


def _pickup(method: DeliveryMethod, ready_by: Ready) -> Offer:
    """Ready when it is packed, which takes the days of the method."""
    leaves = working_days.ship_day(
        ready_by.moment,
        lead_days=ready_by.lead_days,
        expected_on=ready_by.expected_on,
        calendar=calendar_of(method),
    )
    ready = working_days.working_day_after(leaves, method.max_days, state=method.state)
    name = languages.localized(method, "name")
    delivery = Delivery(
        method.code, name, Decimal("0.00"), earliest=ready, latest=ready, place=place_of(method)
    )
    return Offer(delivery, None, method.kind)


def place_of(method: DeliveryMethod) -> Place:
    """Where goods are handed over: the address of the location of a pick-up."""
    where = method.pickup_location
    assert where is not None  # noqa: S101 - the database holds a constraint
    return Place(where.name, where.street, where.postcode, where.city, settings.COUNTRY)


def _shipped(
    method: DeliveryMethod,
    zone: DeliveryZone,
    consignment: Consignment,
    gross: Decimal,
    country: str,
    ready_by: Ready,
) -> Offer:
    calendar = calendar_of(method, zone)
    earliest, latest = working_days.arrival(
        ready_by.moment,
        lead_days=ready_by.lead_days,
        expected_on=ready_by.expected_on,
        calendar=calendar,
        country=country,
    )
    missing = None
    if gross and method.has_free_threshold and zone.free_from is not None:
        missing = max(zone.free_from - consignment.goods_gross, Decimal(0)) or None
    delivery = Delivery(
        code=method.code,
        name=languages.localized(method, "name"),
        gross=gross,
        earliest=earliest,
        latest=latest,
    )
    return Offer(delivery, missing, method.kind)


def _words(reason: fees.Reason, method: DeliveryMethod, consignment: Consignment) -> str:
    if reason == fees.Reason.TOO_HEAVY:
        return _("Too heavy for it: your order weighs %(weight)s kg.") % {
            "weight": kilograms(consignment.weight_g)
        }
    words = {
        fees.Reason.NOT_THERE: _("Does not go to this address."),
        fees.Reason.TOO_LARGE: _("Something in your order is too large for it."),
        fees.Reason.BULKY: _("Takes no bulky goods."),
    }
    return words[reason]


def kilograms(weight_g: int) -> str:
    """A weight in kilograms for people, in the active language: `31,5`."""
    region = languages.region()
    return str(format_decimal(Decimal(weight_g) / 1000, format="#,##0.###", locale=region))
