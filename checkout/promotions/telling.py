"""Why a promotion does not apply, and how little is missing: in sentences."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from checkout.promotions.rules import Promotion, Reason, Refused
from shop.kit import countries, languages, money

PLAIN = {
    Reason.NEEDS_ACCOUNT: gettext_lazy("Only with a customer account: please sign in."),
    Reason.CUSTOMER_GROUP: gettext_lazy("Only for certain groups of customers."),
    Reason.FIRST_ORDER: gettext_lazy("Only for the first order."),
    Reason.NO_GOODS: gettext_lazy("Not for the goods in your cart."),
    Reason.NO_DELIVERY: gettext_lazy("Applies as soon as you have chosen the way of delivery."),
    Reason.BUDGET: gettext_lazy("Used up: what is left is less than your discount would be."),
    Reason.NOTHING_TO_TAKE: gettext_lazy("There is nothing left that it could take off."),
    Reason.USED_UP: gettext_lazy("It is used up."),
    Reason.USED_BY_CUSTOMER: gettext_lazy("You have used it already."),
    Reason.UNKNOWN: gettext_lazy("We do not know this code, or it was used already."),
}


def reason(refused: Refused, *, delivery_names: Mapping[str, str] | None = None) -> str:
    """Why not, as one sentence to a shopper. `delivery_names`: the names by their codes."""
    facts: Mapping[str, Any] = refused.facts
    match refused.reason:
        case Reason.NOT_YET:
            return _("Valid from %(time)s on.") % {"time": _moment(facts["from"])}
        case Reason.OVER:
            return _("No longer valid since %(time)s.") % {"time": _moment(facts["until"])}
        case Reason.COUNTRY:
            names = ", ".join(map(countries.name_of, facts["countries"]))
            return _("Only for delivery to: %(countries)s.") % {"countries": names}
        case Reason.DELIVERY:
            names = ", ".join((delivery_names or {}).get(code, code) for code in facts["codes"])
            return _("Only with this way of delivery: %(names)s.") % {"names": names}
        case Reason.MIN_GOODS:
            return _("%(amount)s of goods are missing for it.") % {
                "amount": _amount(facts["missing"])
            }
        case Reason.MIN_QUANTITY:
            text = ngettext(
                "%(count)d piece is missing for it.",
                "%(count)d pieces are missing for it.",
                facts["missing"],
            )
            return text % {"count": facts["missing"]}
        case Reason.OTHER_IS_BETTER:
            return _better(facts.get("others", ()))
    return str(PLAIN[refused.reason])


def _better(others: Sequence[Promotion]) -> str:
    if not others:
        return _("Another discount takes more off.")
    names = ", ".join(one.name for one in others)
    return _("Does not combine with “%(names)s”, which takes more off.") % {"names": names}


def hint(refused: Refused) -> str:
    """What is still missing for an automatic promotion; empty where more goods do not help."""
    name = refused.promotion.name
    if refused.reason == Reason.MIN_GOODS:
        amount = _amount(_missing(refused))
        return _("%(amount)s more until “%(name)s”.") % {"amount": amount, "name": name}
    if refused.reason == Reason.MIN_QUANTITY:
        count = int(_missing(refused))
        text = ngettext(
            "%(count)d more piece until “%(name)s”.",
            "%(count)d more pieces until “%(name)s”.",
            count,
        )
        return text % {"count": count, "name": name}
    return ""


def _missing(refused: Refused) -> Any:
    return refused.facts["missing"]


def _amount(value: Decimal) -> str:
    return money.formatted(value, settings.CURRENCY, languages.active())


def _moment(value: datetime.datetime) -> str:
    return date_format(localtime(value), "SHORT_DATETIME_FORMAT")
