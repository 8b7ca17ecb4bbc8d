"""What legal texts may leave to the shop's settings: a fixed list, checked before it is saved.

`[[merchant.name]]` stands for a fact, `[[if merchant.vat_id]] … [[else]] … [[end]]` for words that
are shown only where there is one, `[[table.delivery]]` for what the shop offers at the moment.
"""

import re
from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import merchant, text_format

FACTS: dict[str, str | Promise] = {
    **{f"merchant.{name}": merchant.variable(name) for name in merchant.FIELDS},
    "merchant.one_line": gettext_lazy("name and address of the merchant in one line"),
    "merchant.address": gettext_lazy("name and address of the merchant, line by line"),
    "shop.url": gettext_lazy("address of the shop"),
    "withdrawal.url": gettext_lazy("address of the online function for withdrawals"),
    "text.version": gettext_lazy("name of this version"),
    "table.delivery": gettext_lazy("table of delivery: ways, countries, prices, times"),
    "list.not_delivered": gettext_lazy("countries that are not delivered to, with the reason"),
    "list.payment": gettext_lazy("means of payment"),
}
CONDITIONS: dict[str, str | Promise] = {
    "tax.small_business": gettext_lazy("the shop is a small business that charges no VAT"),
}
# Without these the text would not do what the law asks of it.
MANDATORY: dict[str, tuple[str, ...]] = {
    "imprint": ("merchant.address", "merchant.email", "merchant.representative"),
    "privacy": ("merchant.address", "merchant.email"),
    "terms": ("merchant.name", "merchant.email", "text.version"),
    "withdrawal": ("merchant.one_line", "merchant.email", "withdrawal.url", "text.version"),
    "shipping": ("table.delivery",),
    "payment": ("list.payment",),
}
_MARK = re.compile(r"\[\[(.*?)\]\]")
_CHOICE = re.compile(
    r"\[\[if ([a-z_.]+)\]\]((?:(?!\[\[if ).)*?)(?:\[\[else\]\]((?:(?!\[\[if ).)*?))?\[\[end\]\]",
    re.DOTALL,
)


def fill(body: str, values: Mapping[str, str]) -> str:
    """The text with its facts. Raises `KeyError` for a name that is not in `values`."""
    chosen = _CHOICE.sub(lambda found: (found[2] if values[found[1]] else found[3]) or "", body)
    return _MARK.sub(lambda found: values[found[1]], chosen)


def names_in(body: str) -> set[str]:
    """The facts and conditions that a text asks for."""
    words = (found.removeprefix("if ") for found in _MARK.findall(body))
    return {word for word in words if word not in ("else", "end")}


def problems(body: str, page: str) -> list[str]:
    """Why a text must not be saved, in words for staff; an empty list when nothing is wrong."""
    return [*_of_marks(body), *_of_duties(body, page), *_of_format(body)]


def unset(bodies: Iterable[str], values: Mapping[str, str]) -> list[str]:
    """The placeholders of the texts whose fact nobody has set, sorted."""
    used = set().union(*map(names_in, bodies))
    return sorted(name for name in used if values.get(name, "").startswith("[["))


def _of_marks(body: str) -> list[str]:
    known = FACTS.keys() | CONDITIONS.keys()
    found = [
        _("There is no placeholder “%(name)s”.") % {"name": name}
        for name in sorted(names_in(body) - known)
    ]
    only_asked = {name for name in _MARK.findall(body) if name in CONDITIONS}
    found += [
        _("“%(name)s” can only be asked for: [[if %(name)s]] … [[end]].") % {"name": name}
        for name in sorted(only_asked)
    ]
    if re.search(r"\[\[(if |else\]\]|end\]\])", _CHOICE.sub("", body)):
        found.append(_("An [[if …]] without [[end]], or one within another."))
    if "[[" in _MARK.sub("", body) or "]]" in _MARK.sub("", body):
        found.append(_("A placeholder is not closed: it stands between [[ and ]] on one line."))
    return found


def _of_duties(body: str, page: str) -> list[str]:
    lacking = [name for name in MANDATORY.get(page, ()) if name not in names_in(body)]
    return [_("The placeholder “%(name)s” is missing.") % {"name": name} for name in lacking]


def _of_format(body: str) -> list[str]:
    return [
        _("Not allowed: %(words)s. Texts hold no HTML; links lead to https, mail or this shop.")
        % {"words": words}
        for words in text_format.faults(body)
    ]
