"""What a cart costs. Pure: items, rates and delivery in, a `Quote` out; no clock, no database.

Page, mail, order and payment read this one result. Amounts are gross unless they say otherwise.
The rules, with worked tables: docs/algorithms/quoting.md, discounts.md and vat_rounding.md.
"""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from catalog.law import consignments
from catalog.models import TaxScheme
from checkout import taxing
from checkout.promotions import evaluating, rules
from shop.kit import money

ZERO = Decimal("0.00")


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
    expected_on: datetime.date | None = None  # when the last of its pieces comes in
    withdrawal_exception: str = ""
    left: int | None = None
    picture_url: str = ""
    parts: tuple[Part, ...] = ()  # of a bundle; empty for all other goods
    minimum_gross: Decimal = ZERO  # of a piece: no discount takes it below that
    category_ids: frozenset[int] = frozenset()  # those above included
    collection_ids: frozenset[int] = frozenset()
    # As it is sent: grams, the longest side and the girth of a piece in mm.
    weight_g: int = 0
    sides_mm: tuple[int, int] = (0, 0)
    is_bulky: bool = False
    bans: tuple[consignments.Ban, ...] = ()
    is_for_sale: bool = True

    @property
    def gross(self) -> Decimal:
        """At the shelf price, which no discount moves."""
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
class Place:
    """Where goods are handed over to whom picks them up."""

    name: str
    street: str
    postcode: str
    city: str
    country: str


@dataclasses.dataclass(frozen=True, slots=True)
class Delivery:
    """A chosen way of delivery: its fee, and between which days the goods arrive.

    With a `place` they are picked up there, from `earliest` on.
    """

    code: str
    name: str
    gross: Decimal
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    place: Place | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Share:
    """What of a line is taxed at one rate: the whole of it, or (`part`) one component.

    `gross` is its part of the shelf price; net and VAT are of what is payable.
    """

    part: Part | None
    rate: Decimal
    net: Decimal
    gross: Decimal
    discount_gross: Decimal = ZERO

    @property
    def payable_gross(self) -> Decimal:
        return self.gross - self.discount_gross

    @property
    def vat(self) -> Decimal:
        return self.payable_gross - self.net


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """An item with its VAT, which is that of its shares, and the VAT of its deposit."""

    item: Item
    shares: tuple[Share, ...]
    deposit_net: Decimal = ZERO
    deposit_vat: Decimal = ZERO

    @property
    def gross(self) -> Decimal:
        return self.item.gross

    @property
    def discount_gross(self) -> Decimal:
        return sum((share.discount_gross for share in self.shares), ZERO)

    @property
    def payable_gross(self) -> Decimal:
        """What the goods of the line cost, discounts taken off, its deposit aside."""
        return self.gross - self.discount_gross

    @property
    def net(self) -> Decimal:
        return sum((share.net for share in self.shares), ZERO)

    @property
    def vat(self) -> Decimal:
        return self.payable_gross - self.net

    @property
    def rate(self) -> Decimal | None:
        """The rate of all of it; `None` for a bundle of several rates."""
        rates = {share.rate for share in self.shares}
        return rates.pop() if len(rates) == 1 else None


@dataclasses.dataclass(frozen=True, slots=True)
class Quote:
    """`goods_gross` is Σ of the lines at shelf prices, `discount_gross` what is taken off them.

    `delivery_gross` is what is charged: the fee of `delivery` less `delivery_discount_gross`.
    """

    currency: str
    country: str
    lines: tuple[Line, ...]
    delivery: Delivery | None
    goods_gross: Decimal
    discount_gross: Decimal
    deposit_gross: Decimal
    delivery_gross: Decimal
    delivery_discount_gross: Decimal
    total_gross: Decimal
    vat_sums: tuple[taxing.VatSum, ...]
    discounts: tuple[rules.Applied, ...] = ()
    refused: tuple[rules.Refused, ...] = ()
    # Set by `tax_countries`: whose VAT it is, and what counts towards the limit.
    tax_scheme: TaxScheme = TaxScheme.SELLER
    distance_net: Decimal | None = None

    @property
    def payable_goods_gross(self) -> Decimal:
        """What the goods cost, discounts taken off: what free delivery looks at."""
        return self.goods_gross - self.discount_gross

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
    promotions: Sequence[rules.Promotion] = (),
    shopper: rules.Shopper | None = None,
    moment: datetime.datetime | None = None,
) -> Quote:
    """The quote of `items` with the VAT `rates` (percent by class) of `country`.

    `promotions` are evaluated for `shopper` at `moment`, which they need; their discounts are
    allocated to the lines and to the delivery.

    Promises: Σ line gross − discounts + Σ deposits + delivery = total; per rate net + VAT = gross;
    the nets of lines, of their deposits and of the delivery's share add up to the net of their
    rate. A deposit on packaging is part of what is paid for the goods and is taxed like them
    (section 10.1 (8), section 3.10 (5a) UStAE). Raises `CannotQuote`.
    """
    outcome = _outcome(items, promotions, shopper, delivery, moment)
    fee = (delivery.gross if delivery else ZERO) - outcome.shipping
    try:
        drafts = [
            draft for item in items for draft in _drafts(item, rates, outcome.of_line(item.line_id))
        ]
    except KeyError as problem:
        raise CannotQuote(f"{country} has no VAT rate for {problem}") from None
    highest = max(rates.values(), default=Decimal(0))
    pieces = [draft.piece for draft in drafts]
    nets, sums = taxing.split(pieces, fee=fee, highest_rate=highest)
    lines = _lines(items, drafts, nets)
    goods = sum((line.gross for line in lines), ZERO)
    deposit = sum((item.deposit_gross for item in items), ZERO)
    return Quote(
        currency=currency,
        country=country,
        lines=lines,
        delivery=delivery,
        goods_gross=goods,
        discount_gross=outcome.goods,
        deposit_gross=deposit,
        delivery_gross=fee,
        delivery_discount_gross=outcome.shipping,
        total_gross=goods - outcome.goods + deposit + fee,
        vat_sums=tuple(sums),
        discounts=outcome.applied,
        refused=outcome.refused,
    )


def _outcome(
    items: Sequence[Item],
    promotions: Sequence[rules.Promotion],
    shopper: rules.Shopper | None,
    delivery: Delivery | None,
    moment: datetime.datetime | None,
) -> rules.Outcome:
    if not promotions:
        return rules.Outcome()
    if moment is None:
        raise CannotQuote("Promotions hold at a moment: which?")
    return evaluating.evaluate(
        items,
        promotions=promotions,
        shopper=shopper or rules.Shopper(),
        delivery=delivery,
        moment=moment,
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Draft:
    """A share, or the deposit of a line, before its net is known."""

    line_id: int
    part: Part | None
    piece: taxing.Piece

    def share(self, net: Decimal) -> Share:
        piece = self.piece
        discount = piece.shelf_gross - piece.gross
        return Share(self.part, piece.rate, net, piece.shelf_gross, discount)


def _drafts(item: Item, rates: Mapping[str, Decimal], discount: Decimal) -> list[_Draft]:
    """The item as it is taxed: a bundle as its parts, in proportion to what they cost singly.

    One bundle is split, not the line: so each of several can be given back exactly. The discount
    follows the parts of the price.
    """
    if not item.parts:
        rate, is_sent = rates[item.vat_class], not item.is_digital
        goods = taxing.Piece(rate, item.gross - discount, item.gross, is_sent)
        deposit = taxing.Piece(
            rate, item.deposit_gross, item.deposit_gross, is_sent, is_deposit=True
        )
        return [_Draft(item.line_id, None, goods), _Draft(item.line_id, None, deposit)]
    weights = [part.unit_gross * part.quantity for part in item.parts]
    shelf = [unit * item.quantity for unit in money.allocated(item.unit_gross, weights)]
    discounts = money.allocated(discount, shelf)
    return [
        _Draft(
            item.line_id,
            part,
            taxing.Piece(rates[part.vat_class], gross - off, gross, not part.is_digital),
        )
        for part, gross, off in zip(item.parts, shelf, discounts, strict=True)
    ]


def _lines(
    items: Sequence[Item], drafts: Sequence[_Draft], nets: Sequence[Decimal]
) -> tuple[Line, ...]:
    """The drafts of each item, in the order of its parts, with their nets."""
    shares: dict[int, list[Share]] = {item.line_id: [] for item in items}
    deposit_nets: dict[int, Decimal] = {}
    for draft, net in zip(drafts, nets, strict=True):
        if draft.piece.is_deposit:
            deposit_nets[draft.line_id] = net
        else:
            shares[draft.line_id].append(draft.share(net))
    return tuple(
        Line(
            item=item,
            shares=tuple(shares[item.line_id]),
            deposit_net=(deposit_net := deposit_nets.get(item.line_id, ZERO)),
            deposit_vat=item.deposit_gross - deposit_net,
        )
        for item in items
    )
