"""The lines of a cart as items to quote: names, prices and stock as they are at this moment."""

import dataclasses
import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from catalog import browsing, pricing, product_facts
from catalog.bundles import contents
from catalog.law import fibres
from catalog.models import Variant
from checkout.models import AsideLine, Cart, CartLine
from checkout.quoting import Item, Part
from inventory import availability
from shop.kit import languages


@dataclasses.dataclass(frozen=True, slots=True)
class _Facts:
    """What was read for all lines at once."""

    components: Mapping[int, Sequence[contents.Component]]
    prices: Mapping[int, pricing.CurrentPrice]
    free: Mapping[int, availability.Availability]
    pictures: Mapping[int, str]
    moment: datetime.datetime
    currency: str
    language: str


type AnyLine = CartLine | AsideLine


def of(cart: Cart, *, moment: datetime.datetime, currency: str) -> list[Item]:
    """The lines as items, in four statements whatever their number; five if one is a bundle."""
    return priced(lines_of(cart), moment=moment, currency=currency)


def lines_of(cart: Cart) -> list[CartLine]:
    """The lines of the cart in their order, with all that `priced` needs; one statement."""
    return list(_with_facts(CartLine.objects.filter(cart=cart)).order_by("added_at", "pk"))


def beside(cart: Cart) -> list[AsideLine]:
    """What was saved for later, the newest first, and the last removal; as `lines_of`."""
    return list(_with_facts(AsideLine.objects.filter(cart=cart)).order_by("-pk"))


def for_nobody(wanted: Mapping[int, int]) -> list[CartLine]:
    """Lines of no cart, never stored: so many pieces of each variant id that exists."""
    rows = (
        Variant.objects.filter(pk__in=wanted)
        .select_related("product__guarantee", "bundle")
        .annotate(fibre_shares=fibres.in_one_column("product"))
    )
    found = {one.pk: one for one in rows}
    lines = []
    for pk, quantity in wanted.items():
        if pk in found:
            line = CartLine(pk=pk, variant=found[pk], quantity=quantity)
            line.fibre_shares = found[pk].fibre_shares  # type: ignore[attr-defined]
            lines.append(line)
    return lines


def _with_facts[Rows: QuerySet[Any]](rows: Rows) -> Rows:
    return rows.select_related("variant__product__guarantee", "variant__bundle").annotate(
        fibre_shares=fibres.in_one_column("variant__product")
    )


def priced(lines: Sequence[AnyLine], *, moment: datetime.datetime, currency: str) -> list[Item]:
    """`lines` as items in their order; three statements, or four if one is a bundle.

    Lines whose variant (or a component of it) is no longer for sale or has no price are kept, with
    nothing left of it. What is left of goods goes to the lines that want them in their order.
    """
    bundles = [line.variant_id for line in lines if hasattr(line.variant, "bundle")]
    components = contents.of(bundles, moment=moment) if bundles else {}
    variant_ids = [line.variant_id for line in lines]
    part_ids = [part.variant_id for parts in components.values() for part in parts]
    facts = _Facts(
        components=components,
        prices=pricing.price_of([*variant_ids, *part_ids], moment),
        free=availability.of([*variant_ids, *part_ids]),
        pictures=browsing.picture_urls(variant_ids),
        moment=moment,
        currency=currency,
        language=languages.active(),
    )
    taken: Counter[int] = Counter()
    return [_item(line, facts, taken) for line in lines]


def _item(line: AnyLine, facts: _Facts, taken: Counter[int]) -> Item:
    """`taken` counts what the lines before this one want of each variant."""
    variant, product = line.variant, line.variant.product
    parts = facts.components.get(variant.pk, ())
    price = facts.prices.get(variant.pk)
    is_for_sale = (
        price is not None
        and variant.is_active
        and product.is_live(facts.moment)
        and all(part.is_for_sale and part.variant_id in facts.prices for part in parts)
    )
    left = _left(line, parts, facts, taken)
    shares: list[fibres.Share] = line.fibre_shares  # type: ignore[union-attr]
    price = price or pricing.NO_PRICE
    return Item(
        line_id=line.pk,
        variant_id=variant.pk,
        product_id=product.pk,
        sku=variant.sku,
        name=languages.localized(product, "name", facts.language),
        label=languages.localized(variant, "label", facts.language),
        summary=languages.localized(product, "summary", facts.language),
        url=f"{product.get_absolute_url()}?variant={variant.sku}",
        quantity=line.quantity,
        unit_gross=price.gross,
        before_gross=price.before,
        vat_class=variant.vat_class,
        base_price=pricing.base_price_text(
            price.gross,
            variant.content_amount,
            variant.content_unit,
            currency=facts.currency,
            language=facts.language,
        ),
        unit_deposit=variant.deposit,
        facts=(*product_facts.told_with_order(product, shares), *_told(parts)),
        engraving=line.engraving,
        is_digital=product.is_digital,
        has_stock_limit=variant.has_stock_limit,
        lead_days=facts.free[variant.pk].lead_days,
        withdrawal_exception=product.withdrawal_exception,
        left=left if is_for_sale else 0,
        picture_url=facts.pictures.get(variant.pk, ""),
        parts=tuple(_part(part, facts) for part in parts),
        is_for_sale=is_for_sale,
    )


def _told(parts: Sequence[contents.Component]) -> list[str]:
    """What goes with the components, with their names: fibre content, the producer's guarantee."""
    return [
        f"{part.name}: {text}"
        for part in parts
        for text in product_facts.told_with_order(part.product, part.fibre_shares)
    ]


def _left(
    line: AnyLine,
    parts: Sequence[contents.Component],
    facts: _Facts,
    taken: Counter[int],
) -> int | None:
    """How often the line can be had after what the lines before it want; `None`: without limit."""
    pieces = {part.variant_id: part.quantity for part in parts} or {line.variant_id: 1}
    left: list[int] = []
    for pk, quantity in pieces.items():
        of_part = facts.free[pk].left
        if of_part is not None:
            left.append(max(of_part - taken[pk], 0) // quantity)
        taken[pk] += quantity * line.quantity
    return min(left, default=None)


def _part(part: contents.Component, facts: _Facts) -> Part:
    return Part(
        variant_id=part.variant_id,
        sku=part.sku,
        name=part.name,
        label=part.label,
        url=part.url,
        quantity=part.quantity,
        unit_gross=facts.prices.get(part.variant_id, pricing.NO_PRICE).gross,
        vat_class=part.vat_class,
        is_digital=part.is_digital,
        has_stock_limit=part.has_stock_limit,
        withdrawal_exception=part.withdrawal_exception,
    )
