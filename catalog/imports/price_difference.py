"""Prices of a variant: what a file would change of them."""

import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog import pricing
from catalog.imports.changes import Difference
from catalog.imports.records import Sale, VariantRecord
from catalog.models import BundlePricing, PriceKind, Variant


def add(found: Difference, wanted: VariantRecord, variant: Variant | None) -> None:
    """Add what `wanted` says of prices."""
    periods = found.known.periods.get(variant.pk, []) if variant else []
    held = found.known.bundles.get(variant.pk) if variant else None
    if wanted.is_summed or (held and not wanted.bundle and held.pricing == BundlePricing.SUMMED):
        _summed(found, wanted, periods)
        return
    if wanted.asked is not None:
        _asked(found, wanted, variant, periods)
    if wanted.regular is not None:
        _regular(found, wanted, variant, periods)
    if wanted.sale is not None:
        _sale(found, wanted, variant, periods)


def _name(wanted: VariantRecord, variant: Variant | None) -> str:
    return variant.sku if variant else wanted.sku or wanted.made_sku


def _summed(found: Difference, wanted: VariantRecord, periods: list[pricing.Period]) -> None:
    """Nobody sets the price of a sum: another one in the file is told and left out."""
    moment = found.rules.moment
    told = {wanted.asked: pricing.current(periods, moment)[0]}
    told |= {wanted.regular: regular_now(periods, moment)}
    if any(amount is not None and amount != now for amount, now in told.items()):
        text = _("The price of this bundle is the sum of its components.")
        found.record.remark("price", text, wanted.line)


def regular_now(periods: list[pricing.Period], moment: datetime.datetime) -> Decimal | None:
    """The regular price in force."""
    kept = [one for one in periods if one.kind == PriceKind.REGULAR and one.holds_at(moment)]
    return kept[0].gross if kept else None


def sale_to_write(
    periods: list[pricing.Period], moment: datetime.datetime
) -> pricing.Period | None:
    """The sale price in force, else the next one to come."""
    sales = [one for one in periods if one.kind == PriceKind.SALE]
    open_ones = [one for one in sales if one.end is None or one.end > moment]
    return min(open_ones, key=lambda one: one.start, default=None)


def _asked(
    found: Difference,
    wanted: VariantRecord,
    variant: Variant | None,
    periods: list[pricing.Period],
) -> None:
    moment = found.rules.moment
    old, _before = pricing.current(periods, moment)
    if old == wanted.asked or _is_planned(found, wanted, periods, PriceKind.REGULAR, moment):
        return
    running = [one for one in periods if one.kind == PriceKind.SALE and one.holds_at(moment)]
    sku = _name(wanted, variant)
    if running:
        found.add(
            "end_sale",
            sku,
            _("sale price"),
            running[0].gross,
            None,
            target=variant,
            source=running[0],
        )
    if regular_now(periods, moment) != wanted.asked:
        found.add("price", sku, _("price"), old, wanted.asked, target=variant, source=wanted)


def _regular(
    found: Difference,
    wanted: VariantRecord,
    variant: Variant | None,
    periods: list[pricing.Period],
) -> None:
    moment = found.rules.moment
    old = regular_now(periods, moment)
    if old != wanted.regular and not _is_planned(found, wanted, periods, PriceKind.REGULAR, moment):
        sku = _name(wanted, variant)
        found.add("price", sku, _("price"), old, wanted.regular, target=variant, source=wanted)


def _sale(
    found: Difference,
    wanted: VariantRecord,
    variant: Variant | None,
    periods: list[pricing.Period],
) -> None:
    sale, moment = wanted.sale, found.rules.moment
    if sale is None or any(_is_this(one, sale) for one in periods):
        return
    start = max(sale.start or moment, moment)
    if sale.end is not None and sale.end <= start:
        if sale.end > moment:
            text = _("The sale ends before it begins.")
            found.record.refuse("sale_until", text, wanted.line)
        else:
            found.record.remark("sale_until", _("This sale is over: left out."), wanted.line)
        return
    if _is_planned(found, wanted, periods, PriceKind.SALE, start):
        return
    held = [one for one in periods if one.kind == PriceKind.SALE and one.holds_at(start)]
    old = held[0].gross if held else None
    found.add(
        "sale",
        _name(wanted, variant),
        _("sale price"),
        old,
        sale.gross,
        target=variant,
        source=(wanted, Sale(sale.gross, start, sale.end), held[0] if held else None),
    )


def _is_this(period: pricing.Period, sale: Sale) -> bool:
    return (
        period.kind == PriceKind.SALE
        and period.gross == sale.gross
        and period.end == sale.end
        and (sale.start is None or sale.start == period.start or sale.start <= period.start)
    )


def _is_planned(
    found: Difference,
    wanted: VariantRecord,
    periods: list[pricing.Period],
    kind: str,
    start: datetime.datetime,
) -> bool:
    """A later price is planned: refused, for it would overlap."""
    if any(one.kind == kind and one.start >= start for one in periods):
        text = _("A later price is planned already: take it back first.")
        found.record.refuse("price", text, wanted.line)
        return True
    return False
