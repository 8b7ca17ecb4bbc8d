"""VAT: which rate holds where and when, and how a gross price splits into net and VAT.

B2C: the gross price is given. Net is derived and rounded, VAT is the rest, so that
net + VAT = gross to the cent. See docs/algorithms/vat_rounding.md.
"""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal

from catalog.models import VatClass, VatRate
from catalog.vat import schemes
from shop.kit import clock
from shop.kit.money import Money, TaxedMoney, rounded


class NoVatRate(LookupError):
    """A country has no rate for a class on that day: nothing may be sold then."""


def rates(country: str, day: datetime.date) -> dict[str, Decimal]:
    """The rates of `country` on `day` in percent, by VAT class, in one statement."""
    rows = VatRate.objects.filter(country=country, valid__contains=day)
    return dict(rows.values_list("vat_class", "rate"))


@dataclasses.dataclass(frozen=True, slots=True)
class Ground:
    """What is needed to tax a sale at a moment: rates in percent by country and class."""

    rates: Mapping[str, Mapping[str, Decimal]]
    schemes: schemes.Schemes


def ground(codes: Iterable[str], moment: datetime.datetime) -> Ground:
    """Rates and schemes at `moment`, in one statement; each of the countries is a key."""
    day = clock.day_of(moment)
    found: dict[str, dict[str, Decimal]] = {code: {} for code in codes}
    begun: list[schemes.Begun] = []
    rows = VatRate.objects.filter(country__in=list(found), valid__contains=day)
    values = rows.annotate(changes=schemes.begun(moment)).values_list(
        "country", "vat_class", "rate", "changes"
    )
    for country, vat_class, rate, changes in values:
        found[country][vat_class], begun = rate, changes
    return Ground(found, schemes.fold(begun, year=day.year))


def is_complete(rates: Mapping[str, Decimal]) -> bool:
    """Has every class a rate? Otherwise nothing is sold to the country: see `NoVatRate`."""
    return all(vat_class in rates for vat_class in VatClass.values)


def rate_for(country: str, vat_class: str, day: datetime.date) -> Decimal:
    """The rate in percent. Raises `NoVatRate`."""
    try:
        return rates(country, day)[vat_class]
    except KeyError:
        raise NoVatRate(f"{country} has no {vat_class} rate on {day}") from None


def net_of(gross: Decimal, rate: Decimal) -> Decimal:
    """The net part of `gross` at `rate` percent, in whole cents."""
    return rounded(gross / (1 + rate / 100))


def split(gross: Money, rate: Decimal) -> TaxedMoney:
    """`gross` with its net and VAT parts at `rate` percent."""
    net = Money(net_of(gross.amount, rate), gross.currency)
    return TaxedMoney(net=net, vat=gross - net, gross=gross)
