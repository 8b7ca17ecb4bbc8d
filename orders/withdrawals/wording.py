"""The words of a declaration: what the page repeats, the receipt shows and the database keeps."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence

from babel import dates
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from orders.models import Order
from shop.kit import languages

TEXT_VERSION = "2026-11"  # of the sentences below; a change of words is another version
_SALT = "orders.withdrawals.wording"


@dataclasses.dataclass(frozen=True, slots=True)
class Declaration:
    """What somebody declares. `goods`: the chosen goods in words; none of them: all of it."""

    name: str
    reference: str
    email: str
    language: str
    comment: str = ""
    pieces: Mapping[int, int] = dataclasses.field(default_factory=dict)
    goods: Sequence[str] = ()
    order: Order | None = None

    @property
    def statement(self) -> str:
        """The whole declaration, in the active language; each line stands by itself."""
        first = _("I hereby withdraw from the contract concluded with you: %(reference)s.")
        whole = _("The withdrawal is for the whole contract.")
        part = _("The withdrawal is only for:")
        return "\n".join(
            [
                first % {"reference": self.reference},
                *([part, *(f"- {one}" for one in self.goods)] if self.goods else [whole]),
                _("Name: %(name)s") % {"name": self.name},
                _("E-mail for the confirmation of receipt: %(email)s") % {"email": self.email},
                *([_("Comment: %(comment)s") % {"comment": self.comment}] if self.comment else []),
            ]
        )


def seal(declaration: Declaration) -> str:
    """Proves that exactly these words were shown for confirmation. Never runs out."""
    order = declaration.order.pk if declaration.order else 0
    text = f"{order}\n{sorted(declaration.pieces.items())}\n{declaration.statement}"
    return salted_hmac(_SALT, text, algorithm="sha256").hexdigest()


def is_sealed(declaration: Declaration, given: str) -> bool:
    """Were these words shown before?"""
    return constant_time_compare(seal(declaration), given)


def received(moment: datetime.datetime) -> str:
    """Date and time to the second with the time zone: `24. November 2026 um 17:05:12 MEZ`."""
    local = timezone.localtime(moment)
    return str(dates.format_datetime(local, "long", locale=languages.region()))
