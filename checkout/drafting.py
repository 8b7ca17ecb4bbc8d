"""From quote and cart to the draft of an order: words and sums as the shopper saw them."""

import dataclasses
import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from checkout import quoting
from checkout.models import Cart
from orders import drafts
from shop.kit import clock, languages


def draft(
    quote: quoting.Quote,
    cart: Cart,
    *,
    number: str,
    terms_version: str,
    moment: datetime.datetime,
) -> drafts.OrderDraft:
    """The order that `quote` and what was typed into `cart` make, in words and sums.

    Raises `ValueError` without a delivery: who places has made sure of it.
    """
    contact, chosen = cart.contact, quote.delivery
    if chosen is None:
        raise ValueError("An order is delivered in some way.")
    today = clock.day_of(moment)
    typed, other = address_of(contact), contact.get("billing")
    billing = address_of(other) if other else None
    return drafts.OrderDraft(
        number=number,
        placement_token=cart.placement_token,
        customer_id=cart.customer_id,
        email=str(contact["email"]),
        language=languages.active(),
        currency=quote.currency,
        delivery=_address_of(chosen.place) if chosen.place else typed,
        billing=billing or (typed if chosen.place else None),
        is_pickup=chosen.place is not None,
        lines=tuple(_line_draft(line) for line in quote.lines),
        vat_sums=tuple(
            drafts.VatDraft(rate=one.rate, net=one.net, vat=one.vat, gross=one.gross)
            for one in quote.vat_sums
        ),
        delivery_method=chosen.code,
        delivery_name=chosen.name,
        delivery_gross=quote.delivery_gross,
        delivery_discount_gross=quote.delivery_discount_gross,
        delivery_from=chosen.earliest or today,
        delivery_to=chosen.latest or today,
        goods_gross=quote.goods_gross,
        discount_gross=quote.discount_gross,
        deposit_gross=quote.deposit_gross,
        total_gross=quote.total_gross,
        payment_method=cart.payment_method,
        terms_version=terms_version,
        tax_country=quote.country,
        tax_scheme=quote.tax_scheme,
        distance_net=quote.distance_net,
        discounts=_discount_drafts(quote),
    )


def address_of(typed: Mapping[str, Any]) -> drafts.AddressDraft:
    """An address as it was typed at the checkout."""
    names = ("name", "street", "extra", "postcode", "city", "country", "region", "post_number")
    return drafts.AddressDraft(**{name: str(typed.get(name, "")) for name in names})


def _address_of(place: quoting.Place) -> drafts.AddressDraft:
    return drafts.AddressDraft(**dataclasses.asdict(place))


def _discount_drafts(quote: quoting.Quote) -> tuple[drafts.DiscountDraft, ...]:
    """What was taken off, and from which line (by its place) or the delivery (no place)."""
    places = {line.item.line_id: place for place, line in enumerate(quote.lines)}
    found = []
    for one in quote.discounts:
        shares: list[tuple[int | None, Decimal]] = [
            (places[line_id], gross) for line_id, gross in one.allocations.items()
        ]
        if one.shipping:
            shares.append((None, one.shipping))
        promotion = one.promotion
        found.append(
            drafts.DiscountDraft(
                kind=promotion.kind,
                promotion_code=promotion.code,
                name=promotion.name,
                coupon_code=promotion.coupon_code,
                gross=one.gross,
                shares=tuple(shares),
            )
        )
    return tuple(found)


def _line_draft(line: quoting.Line) -> drafts.LineDraft:
    item = line.item
    return drafts.LineDraft(
        variant_id=item.variant_id,
        sku=item.sku,
        name=item.name,
        label=item.label,
        summary=item.summary,
        engraving=item.engraving,
        quantity=item.quantity,
        unit_gross=item.unit_gross,
        gross=item.gross,
        discount_gross=line.discount_gross,
        minimum_gross=item.minimum_gross,
        vat_rate=line.rate,
        net=line.net,
        vat=line.vat,
        base_price=item.base_price,
        unit_deposit=item.unit_deposit,
        deposit_net=line.deposit_net,
        deposit_vat=line.deposit_vat,
        facts=list(item.facts),
        expected_on=item.expected_on,
        is_digital=item.is_digital,
        needs_shipping=not item.is_digital,
        withdrawal_exception=item.withdrawal_exception,
        picture_url=item.picture_url,
        components=tuple(
            _component_draft(share, share.part, item)
            for share in line.shares
            if share.part is not None
        ),
    )


def _component_draft(
    share: quoting.Share, part: quoting.Part, item: quoting.Item
) -> drafts.ComponentDraft:
    return drafts.ComponentDraft(
        variant_id=part.variant_id,
        sku=part.sku,
        name=part.name,
        label=part.label,
        quantity=part.quantity * item.quantity,
        gross=share.gross,
        discount_gross=share.discount_gross,
        net=share.net,
        vat=share.vat,
        vat_rate=share.rate,
        is_digital=part.is_digital,
        withdrawal_exception=part.withdrawal_exception,
    )
