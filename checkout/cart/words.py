"""The cart in words: what changed, what was saved or removed, what somebody shares."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkout import presenting
from checkout.cart import changes
from checkout.models import AsideKind, AsideLine
from checkout.quoting import Item


def title(item: Item) -> str:
    """The name with what was chosen, in one line."""
    return f"{item.name}, {item.label}" if item.label else item.name


def change(one: changes.Change, currency: str) -> str:
    """What changed of a line since the shopper saw it last."""
    item, name = one.item, title(one.item)
    match one.kind:
        case changes.Kind.PRICE:
            text = _("%(name)s: the price has changed from %(old)s to %(new)s.")
            return text % {
                "name": name,
                "old": presenting.amount(one.before or item.unit_gross, currency),
                "new": presenting.amount(item.unit_gross, currency),
            }
        case changes.Kind.FEWER:
            left = item.left or 0
            text = ngettext(
                "%(name)s: only %(left)d is left, %(quantity)d are in your cart.",
                "%(name)s: only %(left)d are left, %(quantity)d are in your cart.",
                left,
            )
            return text % {"name": name, "left": left, "quantity": item.quantity}
        case changes.Kind.SOLD_OUT:
            return _("%(name)s is sold out.") % {"name": name}
        case changes.Kind.GONE:
            return _("%(name)s is no longer for sale.") % {"name": name}
        case changes.Kind.BACK:
            return _("%(name)s can be had again.") % {"name": name}
        case changes.Kind.CONTENTS:
            return _("%(name)s: what is in the set has changed.") % {"name": name}


def goods(item: Item, currency: str) -> dict[str, Any]:
    """Goods at today's price that are in no cart, as components/goods_beside.html shows them."""
    return {
        "pk": item.line_id,
        "name": item.name,
        "url": item.url,
        "label": item.label,
        "engraving": item.engraving,
        "picture_url": item.picture_url,
        "quantity": str(item.quantity),
        "unit_price": presenting.amount(item.unit_gross, currency) if item.is_for_sale else "",
        "line_total": presenting.amount(item.gross, currency) if item.is_for_sale else "",
        "deposit": presenting.amount(item.unit_deposit, currency) if item.unit_deposit else "",
        "base_price": item.base_price if item.is_for_sale else "",
        "components": [{"quantity": part.quantity, "name": part.title} for part in item.parts],
        "problem": _problem(item),
        "can_be_had": item.is_for_sale and item.left != 0,
    }


def _problem(item: Item) -> str:
    if not item.is_for_sale:
        return _("No longer for sale.")
    if item.left == 0:
        return _("Sold out at the moment.")
    return presenting.shortage(item.left, item.quantity)


def saved(item: Item, currency: str) -> dict[str, Any]:
    """What was saved for later, with the addresses that move and remove it."""
    return goods(item, currency) | {
        "move_url": reverse("checkout:saved_to_cart", args=[item.line_id]),
        "removal_url": reverse("checkout:saved_removal", args=[item.line_id]),
    }


def removed(line: AsideLine, item: Item) -> dict[str, str]:
    """The last removal, and where it is undone."""
    text = (
        _("%(name)s is no longer among what you saved.")
        if line.kind == AsideKind.DISCARDED
        else _("%(name)s was removed from the cart.")
    )
    return {
        "text": text % {"name": title(item)},
        "undo_url": reverse("checkout:removal_undo", args=[line.pk]),
    }
