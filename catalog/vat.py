"""VAT: which rate holds where and when, and how a gross price splits into net and VAT.

B2C: the gross price is given. Net is derived and rounded, VAT is the rest, so that
net + VAT = gross to the cent. See docs/algorithms/vat_rounding.md.
"""

import datetime
from decimal import Decimal

from catalog.models import VatRate
from shop.kit.money import Money, TaxedMoney, rounded


class NoVatRate(LookupError):
    """A country has no rate for a class on that day: nothing may be sold then."""


def rates(country: str, day: datetime.date) -> dict[str, Decimal]:
    """The rates of `country` on `day` in percent, by VAT class, in one statement."""
    rows = VatRate.objects.filter(country=country, valid__contains=day)
    return dict(rows.values_list("vat_class", "rate"))


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
