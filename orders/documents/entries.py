"""What a document counts: entries with a rate each, which add up to the order to the cent.

Pure, but for reading the frozen order. docs/algorithms/documents.md has a worked table.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from orders.models import Order, OrderLine
from orders.refunding import frozen
from orders.refunding.amounts import ZERO
from shop.kit import money


class DoesNotAddUp(ValueError):
    """The lines of an order are not what its sums say: no document is made of it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One taxed part: goods of a line, a component of a mixed bundle, a deposit, the delivery.

    `shelf` is what it costs before discounts; `gross` is what is payable.
    """

    kind: str
    title: str
    sku: str
    quantity: int
    rate: Decimal
    net: Decimal
    gross: Decimal
    shelf: Decimal
    line: int | None = None
    details: Sequence[str] = ()

    @property
    def vat(self) -> Decimal:
        return self.gross - self.net

    def frozen(self) -> dict[str, Any]:
        """As it is kept in the content of a document."""
        amounts = {name: str(getattr(self, name)) for name in ("rate", "net", "gross", "shelf")}
        return {
            "kind": self.kind,
            "title": self.title,
            "sku": self.sku,
            "quantity": self.quantity,
            "line": self.line,
            "details": list(self.details),
            **amounts,
            "vat": str(self.vat),
        }


def of_order(order: Order) -> list[Entry]:
    """All of `order` in the active language. Raises `DoesNotAddUp`; in four statements."""
    rows = list(order.lines.order_by("position").prefetch_related("components"))
    found = [entry for row in rows for entry in _of_line(row)]
    found += _delivery(order)
    expected = {one.rate: (one.net, one.gross) for one in order.vat_sums.all()}
    counted = {rate: (net, gross) for rate, net, gross in sums(found)}
    if {rate: pair for rate, pair in expected.items() if any(pair)} != counted:
        raise DoesNotAddUp(_("The lines of %(number)s are not its sums.") % {"number": order})
    return found


def sums(entries: Iterable[Entry]) -> list[tuple[Decimal, Decimal, Decimal]]:
    """Rate, net and gross, the highest rate first; rates of nothing are left out."""
    rows = list(entries)
    rates = sorted({one.rate for one in rows if one.gross or one.net}, reverse=True)
    return [
        (
            rate,
            sum((one.net for one in rows if one.rate == rate), ZERO),
            sum((one.gross for one in rows if one.rate == rate), ZERO),
        )
        for rate in rates
    ]


def _of_line(row: OrderLine) -> list[Entry]:
    goods = _mixed(row) if row.vat_rate is None else [_goods(row)]
    if not row.unit_deposit:
        return goods
    title = _("Deposit for %(name)s") % {"name": row.title}
    rate = row.vat_rate if row.vat_rate is not None else Decimal("0.00")
    gross = row.deposit_gross
    net = row.deposit_net
    quantity = row.quantity
    return [*goods, Entry("deposit", title, row.sku, quantity, rate, net, gross, gross, row.pk)]


def _goods(row: OrderLine) -> Entry:
    return Entry(
        kind="goods",
        title=row.title,
        sku=row.sku,
        quantity=row.quantity,
        rate=row.vat_rate or Decimal("0.00"),
        net=row.net,
        gross=row.payable_gross,
        shelf=row.gross,
        line=row.pk,
        details=[*_engraving(row), *_components(row)],
    )


def _mixed(row: OrderLine) -> list[Entry]:
    """A bundle of several rates: each component is taxed for itself (Abschn. 10.1 (11) UStAE)."""
    parts = sorted(row.components.all(), key=lambda one: one.position)
    return [
        Entry(
            kind="goods",
            title=f"{row.title}: {one.title}",
            sku=one.sku,
            quantity=one.quantity,
            rate=one.vat_rate,
            net=one.net,
            gross=one.gross - one.discount_gross,
            shelf=one.gross,
            line=row.pk,
            details=_engraving(row),
        )
        for one in parts
    ]


def _engraving(row: OrderLine) -> list[str]:
    return [_("Engraving: %(text)s") % {"text": row.engraving}] if row.engraving else []


def _components(row: OrderLine) -> list[str]:
    parts = sorted(row.components.all(), key=lambda one: one.position)
    return [f"{one.quantity} × {one.title}" for one in parts]


def _delivery(order: Order) -> list[Entry]:
    return [
        Entry("delivery", order.delivery_name, "", 1, one.rate, one.net, one.gross, one.gross)
        for one in frozen.paid(order).delivery
    ]


def share(
    amount: Decimal, left: Sequence[tuple[Decimal, Decimal, Decimal]]
) -> list[tuple[Decimal, Decimal, Decimal]]:
    """`amount` spread over the rates that are `left` (rate, net, gross), pro rata of the gross.

    Net follows gross; who takes all that is left takes its net to the cent. Raises
    `DoesNotAddUp` when more is wanted than is left.
    """
    if amount > sum((gross for _rate, _net, gross in left), ZERO):
        raise DoesNotAddUp(_("More was refunded than the invoice still holds."))
    parts = money.allocated(amount, [gross for _rate, _net, gross in left])
    return [
        (rate, _net_of(part, net, gross), part)
        for (rate, net, gross), part in zip(left, parts, strict=True)
        if part
    ]


def _net_of(part: Decimal, net: Decimal, gross: Decimal) -> Decimal:
    exact = Fraction(part) * Fraction(net) / Fraction(gross)
    return money.rounded(Decimal(exact.numerator) / Decimal(exact.denominator))
