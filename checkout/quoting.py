"""What a cart costs. Pure: items, rates and delivery in, a `Quote` out; no clock, no database.

Page, mail, order and payment read this one result. Amounts are gross unless they say otherwise.
The rules, with worked tables: docs/algorithms/quoting.md and docs/algorithms/vat_rounding.md.
"""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from catalog import vat
from shop.kit import money


class CannotQuote(ValueError):
    """A rate is missing: nothing may be sold at a guessed VAT."""


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """A cart line with what it takes to price it. Words are in the shopper's language."""

    line_id: int
    variant_id: int
    product_id: int
    sku: str
    name: str
    label: str
    summary: str
    url: str
    quantity: int
    unit_gross: Decimal
    before_gross: Decimal | None
    vat_class: str
    base_price: str
    unit_deposit: Decimal = Decimal("0.00")
    facts: tuple[str, ...] = ()
    engraving: str = ""
    is_digital: bool = False
    has_stock_limit: bool = True
    lead_days: int = 0
    withdrawal_exception: str = ""
    left: int | None = None
    picture_url: str = ""

    @property
    def gross(self) -> Decimal:
        return self.unit_gross * self.quantity

    @property
    def deposit_gross(self) -> Decimal:
        """What is given back for the empties: no part of the price (§ 7 PAngV)."""
        return self.unit_deposit * self.quantity

    @property
    def is_short(self) -> bool:
        """Fewer are left than the line asks for."""
        return self.left is not None and self.left < self.quantity


@dataclasses.dataclass(frozen=True, slots=True)
class Delivery:
    """A chosen way of delivery: its fee, and between which days the goods arrive."""

    code: str
    name: str
    gross: Decimal
    earliest: datetime.date | None = None
    latest: datetime.date | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """An item with its VAT, and the VAT of its deposit."""

    item: Item
    rate: Decimal
    net: Decimal
    vat: Decimal
    deposit_net: Decimal
    deposit_vat: Decimal

    @property
    def gross(self) -> Decimal:
        return self.item.gross


@dataclasses.dataclass(frozen=True, slots=True)
class VatSum:
    """All that is taxed at one rate, deposits and delivery included."""

    rate: Decimal
    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclasses.dataclass(frozen=True, slots=True)
class Quote:
    currency: str
    country: str
    lines: tuple[Line, ...]
    delivery: Delivery | None
    goods_gross: Decimal
    deposit_gross: Decimal
    delivery_gross: Decimal
    total_gross: Decimal
    vat_sums: tuple[VatSum, ...]

    @property
    def needs_shipping(self) -> bool:
        return any(not line.item.is_digital for line in self.lines)

    @property
    def short_lines(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.item.is_short)

    @property
    def lead_days(self) -> int:
        return max((line.item.lead_days for line in self.lines), default=0)


def quote(
    items: Sequence[Item],
    *,
    rates: Mapping[str, Decimal],
    country: str,
    currency: str,
    delivery: Delivery | None = None,
) -> Quote:
    """The quote of `items` with the VAT `rates` (percent by class) of `country`.

    Promises: Σ line gross + Σ deposits + delivery = total; per rate net + VAT = gross; the nets of
    lines, of their deposits and of the delivery's share add up to the net of their rate. A deposit
    on packaging is part of what is paid for the goods and is taxed like them (section 10.1 (8),
    section 3.10 (5a) UStAE). Raises `CannotQuote`.
    """
    try:
        by_rate = _by_rate(items, rates)
    except KeyError as problem:
        raise CannotQuote(f"{country} has no VAT rate for {problem}") from None
    fee = delivery.gross if delivery else Decimal("0.00")
    shares = _fee_shares(fee, by_rate, rates)
    lines: dict[int, Line] = {}
    sums = []
    for rate in sorted(set(by_rate) | set(shares), reverse=True):
        of_rate = by_rate.get(rate, [])
        share = shares.get(rate, Decimal("0.00"))
        goods_of_rate = [item.gross for item in of_rate]
        deposits = [item.deposit_gross for item in of_rate]
        parts = [*goods_of_rate, *deposits, share]
        gross = sum(parts, Decimal("0.00"))
        net = vat.net_of(gross, rate)
        sums.append(VatSum(rate=rate, net=net, vat=gross - net, gross=gross))
        nets = _nets(parts, rate, net)
        for item, line_net, deposit_net in zip(
            of_rate, nets[: len(of_rate)], nets[len(of_rate) : -1], strict=True
        ):
            lines[item.line_id] = Line(
                item=item,
                rate=rate,
                net=line_net,
                vat=item.gross - line_net,
                deposit_net=deposit_net,
                deposit_vat=item.deposit_gross - deposit_net,
            )
    goods = sum((item.gross for item in items), Decimal("0.00"))
    deposit = sum((item.deposit_gross for item in items), Decimal("0.00"))
    return Quote(
        currency=currency,
        country=country,
        lines=tuple(lines[item.line_id] for item in items),
        delivery=delivery,
        goods_gross=goods,
        deposit_gross=deposit,
        delivery_gross=fee,
        total_gross=goods + deposit + fee,
        vat_sums=tuple(sums),
    )


def _by_rate(items: Sequence[Item], rates: Mapping[str, Decimal]) -> dict[Decimal, list[Item]]:
    by_rate: dict[Decimal, list[Item]] = {}
    for item in items:
        by_rate.setdefault(rates[item.vat_class], []).append(item)
    return by_rate


def _fee_shares(
    fee: Decimal, by_rate: Mapping[Decimal, Sequence[Item]], rates: Mapping[str, Decimal]
) -> dict[Decimal, Decimal]:
    """The fee shares the fate of the goods (section 3.10 (5) UStAE): pro rata over their rates.

    What comes by e-mail is not in the parcel: a gift card at 0 % takes no part of its fee.
    """
    if not fee:
        return {}
    if not by_rate:
        return {max(rates.values(), default=Decimal(0)): fee}
    sent = {
        rate: [item for item in items if not item.is_digital] for rate, items in by_rate.items()
    }
    carried = {rate: items for rate, items in sent.items() if items} or by_rate
    ordered = sorted(carried, reverse=True)
    weights = [sum((item.gross for item in carried[rate]), Decimal(0)) for rate in ordered]
    return dict(zip(ordered, money.allocated(fee, weights), strict=True))


def _nets(parts: Sequence[Decimal], rate: Decimal, net_sum: Decimal) -> list[Decimal]:
    """The net of each gross part, so that they add up to `net_sum`.

    Each is rounded for itself; the cents that are then missing or too many go to the parts whose
    exact net lies nearest to the other side, the larger part first.
    """
    nets = [vat.net_of(part, rate) for part in parts]
    missing = int((net_sum - sum(nets)) * 100)
    step = Decimal("0.01") if missing > 0 else Decimal("-0.01")

    def strain(i: int) -> tuple[Decimal, Decimal]:
        exact = parts[i] / (1 + rate / 100)
        return ((nets[i] - exact) if missing > 0 else (exact - nets[i])), -parts[i]

    for i in sorted((i for i, part in enumerate(parts) if part), key=strain)[: abs(missing)]:
        nets[i] += step
    return nets
