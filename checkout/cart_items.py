"""The lines of a cart as items to quote: names, prices and stock as they are at this moment."""

import dataclasses
import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from catalog import browsing, categories, pricing, product_facts
from catalog.bundles import contents
from catalog.collections import members
from catalog.law import consignments, fibres
from catalog.models import Variant
from checkout.models import AsideLine, Cart, CartLine
from checkout.promotions import rules
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


def of(
    cart: Cart,
    *,
    moment: datetime.datetime,
    currency: str,
    promotions: Sequence[rules.Promotion] = (),
) -> list[Item]:
    """The lines as items, in four statements whatever their number; five if one is a bundle.

    Two statements more for what `shelved` reads.
    """
    return shelved(priced(lines_of(cart), moment=moment, currency=currency), promotions)


def lines_of(cart: Cart) -> list[CartLine]:
    """The lines of the cart in their order, with all that `priced` needs; one statement."""
    return list(_with_facts(CartLine.objects.filter(cart=cart)).order_by("added_at", "pk"))


def beside(cart: Cart) -> list[AsideLine]:
    """What was saved for later, the newest first, and the last removal; as `lines_of`."""
    return list(_with_facts(AsideLine.objects.filter(cart=cart)).order_by("-pk"))


def _with_facts[Rows: QuerySet[Any]](rows: Rows) -> Rows:
    return rows.select_related("variant__product__guarantee", "variant__bundle").annotate(
        fibre_shares=fibres.in_one_column("variant__product"),
        bans=consignments.bans_in_one_column("variant__product"),
    )


def for_nobody(wanted: Mapping[int, int]) -> list[CartLine]:
    """Lines of no cart, never stored: so many pieces of each variant id that exists."""
    rows = (
        Variant.objects.filter(pk__in=wanted)
        .select_related("product__guarantee", "bundle")
        .annotate(
            fibre_shares=fibres.in_one_column("product"),
            bans=consignments.bans_in_one_column("product"),
        )
    )
    found = {one.pk: one for one in rows}
    lines = []
    for pk, quantity in wanted.items():
        if pk in found:
            line = CartLine(pk=pk, variant=found[pk], quantity=quantity)
            for fact in ("fibre_shares", "bans"):
                setattr(line, fact, getattr(found[pk], fact))
            lines.append(line)
    return lines


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


def shelved(items: Sequence[Item], promotions: Sequence[rules.Promotion]) -> list[Item]:
    """With the categories and collections of the goods, if a scope of `promotions` names any.

    Two statements at most.
    """
    scopes = [promotion.scope for promotion in promotions]
    product_ids = {item.product_id for item in items}
    above: Mapping[int, frozenset[int]] = {}
    within: Mapping[int, frozenset[int]] = {}
    if any(scope.category_ids or scope.excluded_category_ids for scope in scopes):
        above = categories.above_products(product_ids)
    if any(scope.collection_ids for scope in scopes):
        within = members.of_products(product_ids)
    if not (above or within):
        return list(items)
    nothing: frozenset[int] = frozenset()
    return [
        dataclasses.replace(
            item,
            category_ids=above.get(item.product_id, nothing),
            collection_ids=within.get(item.product_id, nothing),
        )
        for item in items
    ]


def _minimum(variant: Variant, price: Decimal) -> Decimal:
    """What no discount takes a piece below. A gift card is money: it is never sold for less."""
    return price if variant.product.is_gift_card else variant.minimum_gross or Decimal("0.00")


def _item(line: AnyLine, facts: _Facts, taken: Counter[int]) -> Item:
    """`taken` counts what the lines before this one want of each variant."""
    variant, product = line.variant, line.variant.product
    parts = facts.components.get(variant.pk, ())
    price = facts.prices.get(variant.pk)
    is_for_sale = _is_for_sale(variant, parts, facts)
    left, free = _left(line, parts, facts, taken), facts.free[variant.pk]
    # Lines before this one may want the same pieces.
    until = free.awaited_until(max(line.quantity, taken[variant.pk]))
    shares: list[fibres.Share] = line.fibre_shares  # type: ignore[union-attr]
    price = price or pricing.NO_PRICE
    name = languages.localized(product, "name", facts.language)
    return Item(
        line_id=line.pk,
        variant_id=variant.pk,
        product_id=product.pk,
        sku=variant.sku,
        name=name,
        label=languages.localized(variant, "label", facts.language),
        summary=languages.localized(product, "summary", facts.language),
        url=f"{product.get_absolute_url()}?variant={variant.sku}",
        quantity=line.quantity,
        unit_gross=price.gross,
        before_gross=price.before,
        vat_class=variant.vat_class,
        base_price=_base_price(variant, price.gross, facts),
        unit_deposit=variant.deposit,
        facts=(
            *_awaited(free, until),
            *product_facts.told_with_order(product, shares),
            *_told(parts),
        ),
        engraving=line.engraving,
        is_digital=product.is_digital,
        has_stock_limit=variant.has_stock_limit,
        lead_days=free.lead_days,
        expected_on=until,
        withdrawal_exception=product.withdrawal_exception,
        left=left if is_for_sale else 0,
        picture_url=facts.pictures.get(variant.pk, ""),
        parts=tuple(_part(part, facts) for part in parts),
        minimum_gross=_minimum(variant, price.gross),
        weight_g=variant.weight_g,
        sides_mm=consignments.sides(variant),
        is_bulky=variant.is_bulky,
        bans=_bans(line, parts, name),
        is_for_sale=is_for_sale,
    )


def _base_price(variant: Variant, gross: Decimal, facts: _Facts) -> str:
    return pricing.base_price_text(
        gross,
        variant.content_amount,
        variant.content_unit,
        currency=facts.currency,
        language=facts.language,
    )


def _is_for_sale(variant: Variant, parts: Sequence[contents.Component], facts: _Facts) -> bool:
    return (
        variant.pk in facts.prices
        and variant.is_active
        and variant.product.is_live(facts.moment)
        and all(part.is_for_sale and part.variant_id in facts.prices for part in parts)
    )


def _awaited(free: availability.Availability, expected_on: datetime.date | None) -> tuple[str, ...]:
    """The day on which the last piece of the line is expected, in words that the order keeps."""
    if expected_on is None:
        return ()
    return (product_facts.awaited(expected_on, is_preorder=free.is_preorder),)


def consignment(items: Sequence[Item], *, goods_gross: Decimal) -> consignments.Consignment:
    """What of `items` is sent, together; `goods_gross` is what they cost after discounts."""
    sent = [item for item in items if not item.is_digital]
    return consignments.Consignment(
        goods_gross=goods_gross,
        weight_g=sum(item.weight_g * item.quantity for item in sent),
        bulky_pieces=sum(item.quantity for item in sent if item.is_bulky),
        longest_mm=max((item.sides_mm[0] for item in sent), default=0),
        girth_mm=max((item.sides_mm[1] for item in sent), default=0),
        bans=tuple(ban for item in sent for ban in item.bans),
    )


def _bans(
    line: AnyLine, parts: Sequence[contents.Component], name: str
) -> tuple[consignments.Ban, ...]:
    """Where it may not be sent: also where one of its components may not."""
    own = consignments.bans_told(line.bans, name)  # type: ignore[union-attr]
    return (*own, *(ban for part in parts for ban in part.bans))


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
