"""A return in ready words, for mails, pages and the slip."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from orders import access, receipts
from orders.models import Order, Outcome, Postage, Return, ReturnState, Track
from shop import legal


def facts(order: Order, reference: str) -> dict[str, Any]:
    """What the mail of a step says; `reference`: number of the return and its step."""
    number, _dash, step = reference.rpartition("-")
    entry = order.returns.get(number=number)
    return {
        "step": step,
        "title": title(entry, step),
        "what_next": what_next(entry, step),
        "entry": words(entry),
        "return_url": urljoin(settings.SITE_URL, path_of(entry)),
    }


def path_of(entry: Return) -> str:
    """The path of the return's page, in the order's own language."""
    with translation.override(entry.order.language):
        return path_in(access.token_for(entry.order), entry)


def path_in(token: str, entry: Return) -> str:
    """The path of the return's page in the active language."""
    return reverse("orders:return", args=[token, entry.pk])


def words(entry: Return) -> dict[str, Any]:
    """Number, track, pieces, deductions and what went back, ready to be shown."""
    currency = entry.order.currency
    lines = entry.lines.select_related("line", "wanted").order_by("line__position")
    return {
        "number": entry.number,
        "track": entry.track,
        "track_text": str(entry.get_track_display()),
        "state": entry.state,
        "state_text": str(entry.get_state_display()),
        "opened_text": receipts.day(entry.opened_at),
        "is_free": entry.postage == Postage.SHOP,
        "decision": entry.decision,
        "outcome_text": str(entry.get_outcome_display()) if entry.outcome else "",
        "refund_text": receipts.amount(entry.refund.amount, currency) if entry.refund else "",
        "lines": [
            {
                "quantity": one.quantity,
                "name": one.line.title,
                "wanted": one.wanted.label if one.wanted else "",
                "kept_text": receipts.amount(one.kept_gross, currency) if one.kept_gross else "",
                "kept_reason": one.kept_reason,
            }
            for one in lines
        ],
        "address": [one for one in legal.merchant().address_lines],
    }


def title(entry: Return, step: str) -> str:
    """Where the return stands, as a headline."""
    found: dict[str, str] = {
        ReturnState.REQUESTED: _("We have received your complaint"),
        ReturnState.APPROVED: _("Please send the goods back"),
        ReturnState.SENT: _("Your return is on its way"),
        ReturnState.REFUSED: _("We cannot accept this return"),
        ReturnState.RECEIVED: _("Your return has arrived"),
        ReturnState.INSPECTED: _("Your return has been inspected"),
        ReturnState.CANCELLED: _("This return was called off"),
        ReturnState.CLOSED: _("Your return is closed"),
    }
    return found[step]


def what_next(entry: Return, step: str) -> str:
    """What happens now, or what the customer has to do."""
    if step == ReturnState.REQUESTED:
        return _(
            "We look at it and tell you within two working days whether we repair, replace or need"
            " the goods first. You bear no costs."
        )
    if step in (ReturnState.REFUSED, ReturnState.CANCELLED):
        return ""
    if step == ReturnState.APPROVED:
        if entry.postage == Postage.SHOP:
            return _("Print the return slip and put it into the parcel. We bear the postage.")
        return _("Print the return slip and put it into the parcel. You bear the postage.")
    if step == ReturnState.CLOSED:
        return _closed(entry)
    return _arrived(entry)


def _arrived(entry: Return) -> str:
    if entry.track in (Track.WITHDRAWAL, Track.GOODWILL):
        return _("We inspect the goods and then return the money the way you paid.")
    return _("We inspect the goods and tell you what happens next.")


def _closed(entry: Return) -> str:
    found: dict[str, str] = {
        Outcome.REFUND: _("We return the money the way you paid."),
        Outcome.REPLACEMENT: _("A replacement is on its way to you. It costs nothing."),
        Outcome.EXCHANGE: _("What you wanted instead is on its way to you."),
        Outcome.REPAIR: _(
            "Your goods are repaired and on their way back. Your rights for defects last twelve"
            " months longer."
        ),
        Outcome.SENT_BACK: _("The goods are on their way back to you."),
    }
    return found[entry.outcome]
