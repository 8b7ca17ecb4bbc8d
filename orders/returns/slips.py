"""The slip that goes into the parcel, with the label to be cut off; drawn when it is asked for."""

from django.utils import translation
from django.utils.translation import gettext as _

from orders.models import AddressKind, Return
from orders.receipts import address_lines, returned
from shop import legal
from shop.kit import typesetting


def slip(entry: Return, *, language: str) -> bytes:
    """A PDF in `language`: label with our address and the return's number, contents, what to do.

    The same return gives the same bytes.
    """
    order = entry.order
    address = order.addresses.filter(kind=AddressKind.DELIVERY).first()
    with translation.override(language):
        words = returned.words(entry)
        title = _("Return slip %(number)s") % {"number": entry.number}
        data = {
            "title": title,
            "number": entry.number,
            "order": _("Order %(number)s") % {"number": order.number},
            "track": words["track_text"],
            "from_label": _("From"),
            "to_label": _("To"),
            "sender": address_lines(address) if address else [],
            "receiver": legal.merchant().address_lines,
            "postage": _("We bear the postage.")
            if words["is_free"]
            else _("Please put stamps on."),
            "label_hint": _("Cut off and stick on the parcel."),
            "contents_label": _("In this parcel"),
            "lines": [[f"{one['quantity']} ×", one["name"]] for one in words["lines"]],
            "steps_label": _("How to send it back"),
            "steps": [
                _("Pack the goods so that they arrive safely."),
                _("Put the lower part of this sheet into the parcel."),
                _("Stick the label on the parcel and keep the receipt of the carrier."),
            ],
        }
        moment = entry.opened_at.replace(microsecond=0)
        return typesetting.pdf("return_slip", data, language=language, title=title, moment=moment)
