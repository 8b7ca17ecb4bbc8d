"""Whose VAT a cart bears: docs/algorithms/vat_countries.md.

What has to be known is read once (`ground`); the decision itself is pure (`Ground.quoted`).
"""

import dataclasses
import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from catalog import vat
from catalog.models import TaxScheme, VatClass
from catalog.vat import schemes
from checkout import delivery, quoting
from checkout.sending import territories
from orders.money.taxing import distance
from shop.kit import clock, countries


class Quoting(Protocol):
    """The cart, waiting for rates: `quoting.quote` with everything else filled in."""

    def __call__(self, *, rates: Mapping[str, Decimal], country: str) -> quoting.Quote: ...


@dataclasses.dataclass(frozen=True, slots=True)
class Ground:
    """The rates of the seller and of the destination, and how far the limit is.

    `problem` says why the shop does not sell to the destination; then the cart is taxed at home,
    for show alone.
    """

    destination: str
    rates: Mapping[str, Mapping[str, Decimal]]
    schemes: schemes.Schemes
    sold_net: Decimal | None = None
    problem: str = ""

    @property
    def is_distance_sale(self) -> bool:
        return self.destination != settings.COUNTRY and not self.problem

    def allowed(self, outlook: delivery.Outlook) -> delivery.Outlook:
        """What of it stays on offer where the shop cannot tax a sale: to collect it here."""
        if not self.problem:
            return outlook
        here = tuple(one for one in outlook.offers if one.delivery.place)
        return dataclasses.replace(outlook, offers=here, problem=outlook.problem or self.problem)

    def quoted(self, quote: Quoting, *, is_collected: bool = False) -> quoting.Quote:
        """The quote at the right rates, with its scheme and what of it counts for the limit.

        `is_collected`: the goods are handed over in a store of the seller, so they are sold there.
        """
        if is_collected:
            return self._at_home(quote)
        if self.is_distance_sale and self.schemes.is_destination:
            return self._at_destination(quote)
        at_home = self._at_home(quote)
        if not self.is_distance_sale or self.sold_net is None:
            return at_home
        measured = counted(at_home)
        if self.sold_net + measured > schemes.LIMIT:
            return dataclasses.replace(self._at_destination(quote), distance_net=measured)
        return dataclasses.replace(at_home, distance_net=measured)

    def _at_home(self, quote: Quoting) -> quoting.Quote:
        rates, scheme = self.rates[settings.COUNTRY], TaxScheme.SELLER
        if self.schemes.is_small_business:
            rates, scheme = dict.fromkeys(VatClass.values, Decimal(0)), TaxScheme.SMALL_BUSINESS
        return dataclasses.replace(quote(rates=rates, country=settings.COUNTRY), tax_scheme=scheme)

    def _at_destination(self, quote: Quoting) -> quoting.Quote:
        there = quote(rates=self.rates[self.destination], country=self.destination)
        return dataclasses.replace(
            there, tax_scheme=TaxScheme.DESTINATION, distance_net=counted(there)
        )


def counted(quote: quoting.Quote) -> Decimal:
    """The net of a quote that counts towards the limit: all but multi-purpose vouchers."""
    no_sale_yet = sum(
        (
            share.net
            for line in quote.lines
            for share in line.shares
            if (share.part or line.item).vat_class == VatClass.ZERO
        ),
        Decimal("0.00"),
    )
    return sum((one.net for one in quote.vat_sums), Decimal("0.00")) - no_sale_yet


def ground(
    destination: str, *, postcode: str = "", moment: datetime.datetime, is_binding: bool = False
) -> Ground:
    """What is known at `moment` of sales to `destination`; empty: of sales at home.

    One statement; a second one for a distance sale while the seller's VAT holds. `is_binding`: the
    sale is made in this transaction, so it waits for others that are being made near the limit.
    """
    country = destination or settings.COUNTRY
    known = vat.ground([settings.COUNTRY, country], moment)
    found = Ground(
        destination=country,
        rates=known.rates,
        schemes=known.schemes,
        problem=_problem(country, postcode, known.rates[country]),
    )
    if not found.is_distance_sale or found.schemes.is_destination:
        return found
    if is_binding:
        schemes.wait_for_turn()
    return dataclasses.replace(found, sold_net=distance.sold_net(clock.day_of(moment).year))


def served(codes: list[str], *, moment: datetime.datetime) -> list[str]:
    """Those of these countries that the shop can tax a sale to; one statement."""
    rates = vat.ground(codes, moment).rates
    return [code for code in codes if not _problem(code, "", rates[code])]


def _problem(country: str, postcode: str, rates: Mapping[str, Decimal]) -> str:
    if country not in territories.EU:
        return _("We sell to addresses in the European Union only.")
    if problem := territories.problem(country, postcode):
        return problem
    if not vat.is_complete(rates):
        text = _("We do not deliver to %(country)s at the moment: we lack its VAT rates.")
        return text % {"country": countries.name_of(country)}
    return ""
