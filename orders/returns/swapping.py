"""What can be had instead: another variant of the product at the same price, in stock."""

import datetime
from collections.abc import Mapping

from catalog import pricing
from catalog.models import Variant
from inventory import availability
from orders.models import Order


def offers(
    order: Order, pieces: Mapping[int, int], *, moment: datetime.datetime
) -> dict[int, list[Variant]]:
    """By line the variants that it can be exchanged for: the shelf price is that of the bought one.

    What costs more or less is no exchange: it is returned, and ordered anew at its own price.
    """
    lines = order.lines.filter(pk__in=pieces, components__isnull=True)
    own = {line.pk: line.variant for line in lines.select_related("variant") if line.variant}
    siblings = list(
        Variant.objects.filter(
            product__in={one.product_id for one in own.values()}, is_active=True
        ).order_by("position", "pk")
    )
    ids = {one.pk for one in siblings} | {one.pk for one in own.values()}
    gross = {pk: one.gross for pk, one in pricing.price_of(ids, moment).items()}
    there = availability.of(ids)
    return {
        pk: [
            one
            for one in siblings
            if one.product_id == bought.product_id
            and one.pk != bought.pk
            and gross.get(one.pk) == gross.get(bought.pk) is not None
            and _is_there(there.get(one.pk))
        ]
        for pk, bought in own.items()
    }


def _is_there(found: availability.Availability | None) -> bool:
    return found is not None and (found.left is None or found.at_once > 0)
