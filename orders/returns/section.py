"""Plain values for the pages of returns."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from orders import receipts
from orders.models import Order, Postage, Return, ReturnState, Track
from orders.receipts import returned
from orders.returns import asking, photos, tracks
from shop.kit import clock


def of_order(order: Order, token: str, *, moment: datetime.datetime) -> dict[str, Any]:
    """The section of the order page: what was asked for, and whether more can be."""
    entries = order.returns.order_by("pk")
    can_ask = bool(tracks.ways(order, today=clock.day_of(moment)))
    return {
        "entries": [
            {
                "number": one.number,
                "track_text": str(one.get_track_display()),
                "state_text": str(one.get_state_display()),
                "url": returned.path_in(token, one),
            }
            for one in entries
        ],
        "ask_url": reverse("orders:returns", args=[token]) if can_ask else "",
    }


def of_ways(order: Order, token: str, *, moment: datetime.datetime) -> dict[str, Any]:
    """The page that explains the ways and leads to them, the withdrawal first."""
    return {
        "number": order.number,
        "order_url": reverse("orders:order", args=[token]),
        "withdrawal_url": reverse("withdraw_order", args=[token]),
        "ways": [
            {
                "track": one.track.value,
                "is_free": one.postage == Postage.SHOP,
                "until_text": date_format(one.last_day, "DATE_FORMAT"),
                "url": reverse("orders:return_ask", args=[token, one.track.value]),
            }
            for one in tracks.ways(order, today=clock.day_of(moment))
        ],
    }


def of_preview(order: Order, wish: asking.Wish, seen: asking.Preview) -> dict[str, Any]:
    """What it will come to, in words."""
    return {
        "amount_text": receipts.amount(seen.amount, order.currency)
        if wish.track == Track.GOODWILL
        else "",
        "is_free": seen.postage == Postage.SHOP,
        "lines": [
            {"quantity": wish.pieces[line.pk], "name": line.title}
            for line in order.lines.filter(pk__in=wish.pieces).order_by("position")
        ],
    }


def of_return(entry: Return, token: str) -> dict[str, Any]:
    """The page of one return."""
    args = [token, entry.pk]
    may_send = entry.state == ReturnState.APPROVED
    return {
        "entry": returned.words(entry),
        "title": returned.title(entry, entry.state),
        "what_next": returned.what_next(entry, entry.state),
        "order_url": reverse("orders:order", args=[token]),
        "slip_url": reverse("orders:return_slip", args=args)
        if entry.state in (ReturnState.APPROVED, ReturnState.SENT)
        else "",
        "send_url": reverse("orders:return_sent", args=args) if may_send else "",
        "call_off_url": reverse("orders:return_called_off", args=args)
        if entry.track != Track.WITHDRAWAL
        and entry.state in (ReturnState.REQUESTED, ReturnState.APPROVED)
        else "",
        "photo_url": reverse("orders:return_photos", args=args) if _takes_photos(entry) else "",
        "photos": [
            {
                "url": reverse("orders:return_photo", args=[*args, one.pk]),
                "width": one.width,
                "height": one.height,
                "alt": _("Picture %(number)d") % {"number": number},
            }
            for number, one in enumerate(entry.photos.order_by("pk"), start=1)
        ],
    }


def _takes_photos(entry: Return) -> bool:
    is_early = entry.state in (ReturnState.REQUESTED, ReturnState.APPROVED, ReturnState.SENT)
    return is_early and entry.photos.count() < photos.MOST
