"""The shop's own messenger: labels drawn here, no network, nothing to cancel elsewhere."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from orders.carriers import check_digits, code128, messages
from orders.carriers.base import Label, News, Parcel
from shop.kit import typesetting

CODE = "local"


def number_of(label_id: int) -> str:
    """`KT`, ten digits and a check digit as GS1 has it: one of our own per label."""
    digits = f"{label_id:010d}"
    return f"KT{digits}{check_digits.gs1_digit(digits)}"


class Messenger:
    """Draws a label of A6. The same parcel gives the same bytes."""

    def label(self, parcel: Parcel) -> Label:
        """The sheet with address, sender, weight and bar code."""
        number = number_of(parcel.label_id)
        with translation.override(parcel.language):
            title = _("Label %(number)s") % {"number": number}
            data = {
                "words": {
                    "from": _("From"),
                    "to": _("To"),
                    "order": _("Order"),
                    "weight": _("Weight"),
                },
                "sender": list(parcel.sender),
                "receiver": list(parcel.receiver),
                "country": parcel.country,
                "order": parcel.order_number,
                "weight": _weight(parcel.weight_g),
                "number": number,
                "bars": list(code128.widths(number)),
            }
            pdf = typesetting.pdf(
                "parcel_label",
                data,
                language=parcel.language,
                title=title,
                moment=parcel.moment.replace(microsecond=0),
            )
        return Label(number, pdf)

    def cancel(self, tracking_number: str) -> None:
        """Nobody else knows of it."""

    def news(self, payload: Mapping[str, Any]) -> News:
        """The messenger's telephone sends the general message."""
        return messages.news(payload)


def _weight(grams: int) -> str:
    if not grams:
        return "–"
    return (
        f"{grams / 1000:.2f} kg".replace(".", ",")
        if translation.get_language() == "de"
        else f"{grams / 1000:.2f} kg"
    )
