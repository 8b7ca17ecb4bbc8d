"""What a cart costs. Pure: items, rates and delivery in, a `Quote` out; no clock, no database.

Page, mail, order and payment read this one result. Amounts are gross unless they say otherwise.
The rules, with worked tables: docs/algorithms/quoting.md and docs/algorithms/vat_rounding.md.
"""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from catalog import vat
from catalog.models import TaxScheme
from shop.kit import money


class CannotQuote(ValueError):
    """A rate is missing: nothing may be sold at a guessed VAT."""


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A component of a bundle: `quantity` pieces in one bundle, each `unit_gross` singly."""

    variant_id: int
    sku: str
    name: str
    label: str
    url: str
    quantity: int
    unit_gross: Decimal
    vat_class: str
    is_digital: bool = False
    has_stock_limit: bool = True
    withdrawal_exception: str = ""

    @property
    def title(self) -> str:
        return f"{self.name}, {self.label}" if self.label else self.name


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
    parts: tuple[Part, ...] = ()  # of a bundle; empty for all other goods

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

    @property
    def exceptions(self) -> tuple[tuple[str, str], ...]:
        """What cannot be given back like other goods: (name, exception), of a bundle per part."""
        goods: tuple[Item | Part, ...] = self.parts or (self,)
        pairs = ((one.name, one.withdrawal_exception) for one in goods)
        return tuple(dict.fromkeys(pair for pair in pairs if pair[1]))

    @property
    def pieces(self) -> dict[int, int]:
        """What it takes from the stock: variant id → pieces of what is counted."""
        if not self.parts:
            return {self.variant_id: self.quantity} if self.has_stock_limit else {}
        return {
            part.variant_id: part.quantity * self.quantity
            for part in self.parts
            if part.has_stock_limit
        }


@dataclasses.dataclass(frozen=True, slots=True)
class Delivery:
    """A chosen way of delivery: its fee, and between which days the goods arrive."""

    code: str
    name: str
    gross: Decimal
    earliest: datetime.date | None = None
    latest: datetime.date | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Share:
    """What of a line is taxed at one rate: the whole of it, or (`part`) one component."""

    part: Part | None
    rate: Decimal
    net: Decimal
    gross: Decimal

    @property
    def vat(self) -> Decimal:
        return self.gross - self.net


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """An item with its VAT, which is that of its shares, and the VAT of its deposit."""

    item: Item
    shares: tuple[Share, ...]
    deposit_net: Decimal = Decimal("0.00")
    deposit_vat: Decimal = Decimal("0.00")

    @property
    def gross(self) -> Decimal:
        return self.item.gross

    @property
    def net(self) -> Decimal:
        return sum((share.net for share in self.shares), Decimal("0.00"))

    @property
    def vat(self) -> Decimal:
        return self.gross - self.net

    @property
    def rate(self) -> Decimal | None:
        """The rate of all of it; `None` for a bundle of several rates."""
        rates = {share.rate for share in self.shares}
        return rates.pop() if len(rates) == 1 else None


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
    # Set by `tax_countries`: whose VAT it is, and what counts towards the limit.
    tax_scheme: TaxScheme = TaxScheme.SELLER
    distance_net: Decimal | None = None

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
        drafts = [draft for item in items for draft in _drafts(item, rates)]
    except KeyError as problem:
        raise CannotQuote(f"{country} has no VAT rate for {problem}") from None
    by_rate: dict[Decimal, list[_Draft]] = {}
    for draft in drafts:
        by_rate.setdefault(draft.rate, []).append(draft)
    fee = delivery.gross if delivery else Decimal("0.00")
    fees = _fee_shares(fee, by_rate, rates)
    shares: dict[int, list[Share]] = {item.line_id: [] for item in items}
    deposit_nets: dict[int, list[Share]] = {item.line_id: [] for item in items}
    sums = []
    for rate in sorted(set(by_rate) | set(fees), reverse=True):
        of_rate = by_rate.get(rate, [])
        goods_of_rate = [draft for draft in of_rate if not draft.is_deposit]
        deposits = [draft for draft in of_rate if draft.is_deposit]
        in_order = [*goods_of_rate, *deposits]
        parts = [*(draft.gross for draft in in_order), fees.get(rate, Decimal("0.00"))]
        gross = sum(parts, Decimal("0.00"))
        net = vat.net_of(gross, rate)
        sums.append(VatSum(rate=rate, net=net, vat=gross - net, gross=gross))
        for draft, part_net in zip(in_order, _nets(parts, rate, net), strict=False):
            nets = deposit_nets if draft.is_deposit else shares
            nets[draft.line_id].append(Share(draft.part, rate, part_net, draft.gross))
    goods = sum((item.gross for item in items), Decimal("0.00"))
    deposit = sum((item.deposit_gross for item in items), Decimal("0.00"))
    return Quote(
        currency=currency,
        country=country,
        lines=tuple(
            _line(item, shares[item.line_id], deposit_nets[item.line_id]) for item in items
        ),
        delivery=delivery,
        goods_gross=goods,
        deposit_gross=deposit,
        delivery_gross=fee,
        total_gross=goods + deposit + fee,
        vat_sums=tuple(sums),
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Draft:
    """A share before its net is known."""

    line_id: int
    part: Part | None
    rate: Decimal
    gross: Decimal
    is_digital: bool
    is_deposit: bool = False


def _drafts(item: Item, rates: Mapping[str, Decimal]) -> list[_Draft]:
    """The item as it is taxed: a bundle as its parts, in proportion to what they cost singly.

    One bundle is split, not the line: so each of several can be given back exactly.
    """
    if not item.parts:
        rate = rates[item.vat_class]
        goods = _Draft(item.line_id, None, rate, item.gross, item.is_digital)
        deposit = _Draft(
            item.line_id, None, rate, item.deposit_gross, item.is_digital, is_deposit=True
        )
        return [goods, deposit]
    weights = [part.unit_gross * part.quantity for part in item.parts]
    return [
        _Draft(item.line_id, part, rates[part.vat_class], unit * item.quantity, part.is_digital)
        for part, unit in zip(item.parts, money.allocated(item.unit_gross, weights), strict=True)
    ]


def _line(item: Item, shares: Sequence[Share], deposits: Sequence[Share]) -> Line:
    """The shares in the order of the parts, not of the rates."""
    places = {part.variant_id: place for place, part in enumerate(item.parts)}
    in_order = sorted(shares, key=lambda one: places[one.part.variant_id] if one.part else 0)
    deposit_net = sum((one.net for one in deposits), Decimal("0.00"))
    return Line(
        item=item,
        shares=tuple(in_order),
        deposit_net=deposit_net,
        deposit_vat=item.deposit_gross - deposit_net,
    )


def _fee_shares(
    fee: Decimal, by_rate: Mapping[Decimal, Sequence[_Draft]], rates: Mapping[str, Decimal]
) -> dict[Decimal, Decimal]:
    """The fee shares the fate of the goods (section 3.10 (5) UStAE): pro rata over their rates.

    What comes by e-mail is not in the parcel: a gift card at 0 % takes no part of its fee.
    """
    if not fee:
        return {}
    if not by_rate:
        return {max(rates.values(), default=Decimal(0)): fee}
    sent = {rate: [one for one in many if not one.is_digital] for rate, many in by_rate.items()}
    carried = {rate: many for rate, many in sent.items() if many} or by_rate
    ordered = sorted(carried, reverse=True)
    weights = [
        sum((one.gross for one in carried[rate] if not one.is_deposit), Decimal(0))
        for rate in ordered
    ]
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
