"""The legal pages: which there are, which version is in force, and who the merchant is.

The texts lie in `templates/legal/<version>/<language>/`. A version is never edited once an order
was placed under it: copy the folder, change the copy, raise `LEGAL_VERSION`.
"""

import dataclasses
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core import checks
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LEGAL_VERSION = "2026-11"

# The address of each page, in the order of the footer, and its title.
PAGES: dict[str, Promise] = {
    "imprint": _("Imprint"),
    "privacy": _("Privacy notice"),
    "terms": _("Terms"),
    "withdrawal": _("Right of withdrawal"),
    "shipping": _("Delivery"),
    "payment": _("Payment"),
    "guarantee": _("Statutory guarantee"),
    "batteries-packaging": _("Batteries, old devices, packaging"),
    "accessibility": _("Accessibility"),
}

# These two go with the order confirmation on a durable medium (§ 312f (2) BGB): one source each,
# plain text, shown on the page as well.
PLAIN_TEXTS = ("terms", "withdrawal")

# The instruction names the online function (§ 356a BGB) as soon as this route exists, never before.
_WITHDRAWAL_ROUTE = "withdraw"
_PREFIX = "MERCHANT_"


@dataclasses.dataclass(frozen=True)
class Merchant:
    """Who sells. Each field is read from the variable `MERCHANT_<FIELD>`.

    A variable that is set but empty says "does not apply to us" and leaves the row out. One that is
    not set at all is a gap: its value is then the variable's name in double brackets.
    """

    name: str
    legal_form: str
    street: str
    postcode: str
    city: str
    country: str
    email: str
    phone: str
    representative: str
    register_court: str
    register_number: str
    vat_id: str
    supervisory_authority: str
    responsible_person: str
    data_protection_officer: str
    data_protection_authority: str
    hosting: str
    carriers: str
    returns_address: str
    packaging_number: str
    weee_number: str
    battery_number: str
    market_surveillance: str

    @property
    def address_lines(self) -> list[str]:
        return [self.name, self.street, f"{self.postcode} {self.city}", self.country]

    @property
    def one_line(self) -> str:
        return ", ".join(filter(None, self.address_lines))


def merchant(environment: Mapping[str, str] = os.environ) -> Merchant:
    """The merchant as the environment tells it; gaps stand out, see `gaps`."""
    names = [field.name for field in dataclasses.fields(Merchant)]
    return Merchant(**{name: environment.get(_variable(name), _gap(name)) for name in names})


def gaps(environment: Mapping[str, str] = os.environ) -> list[str]:
    """The variables that nobody has set, in the order of the fields."""
    names = (_variable(field.name) for field in dataclasses.fields(Merchant))
    return [name for name in names if name not in environment]


def context() -> dict[str, Any]:
    """What every legal text may speak of. `withdraw_url` is "" until the shop has that function."""
    try:
        withdraw_url = settings.SITE_URL + reverse(_WITHDRAWAL_ROUTE)
    except NoReverseMatch:
        withdraw_url = ""
    return {
        "merchant": merchant(),
        "site_url": settings.SITE_URL,
        "withdraw_url": withdraw_url,
        "version": LEGAL_VERSION,
    }


def links() -> list[dict[str, str]]:
    """Name and address of each legal page in the active language, for footer and side menu."""
    return [
        {"slug": slug, "name": str(name), "url": reverse("legal", args=[slug])}
        for slug, name in PAGES.items()
    ]


def plain_text(
    slug: str, *, language: str, version: str = LEGAL_VERSION, is_exempt: bool = False
) -> str:
    """The whole text of `terms` or `withdrawal`, ready to be attached to a mail.

    `is_exempt`: the seller is a small business that charges no VAT (§ 19 UStG).
    Raises `KeyError` for another page, `TemplateDoesNotExist` for a version that never was.
    """
    if slug not in PLAIN_TEXTS:
        raise KeyError(slug)
    with translation.override(language):
        facts = context() | {"is_exempt": is_exempt}
        return render_to_string(f"legal/{version}/{language}/{slug}.txt", facts).strip() + "\n"


def blocks(text: str) -> Iterator[dict[str, Any]]:
    """A plain text as headings, lists and paragraphs, so that a page can show the mail's words.

    A line underlined by hyphens is a heading, one underlined by equals signs the title (left out:
    the page has its own), lines that begin with "- " make a list.
    """
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.split("\n")
        if len(lines) == 2 and set(lines[1]) == {"="}:
            continue
        if len(lines) == 2 and set(lines[1]) == {"-"}:
            yield {"kind": "heading", "text": lines[0]}
        elif all(line.startswith(("- ", "  ")) for line in lines):
            yield {"kind": "list", "items": re.sub(r"\n +", " ", block)[2:].split("\n- ")}
        else:
            yield {"kind": "text", "lines": lines}


@checks.register("legal", deploy=True)
def check_merchant(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """`check --deploy` names each fact about the merchant that the legal pages still lack."""
    return [
        checks.Error(
            f"{name} is not set: the legal pages have a gap.",
            hint="Set it empty if it does not apply to the merchant.",
            id="legal.E001",
        )
        for name in gaps()
    ]


def _variable(field: str) -> str:
    return _PREFIX + field.upper()


def _gap(field: str) -> str:
    return f"[[ {_variable(field)} ]]"
