"""Who sells: the facts that the environment tells, and which of them are missing."""

import dataclasses
import os
from collections.abc import Mapping

_PREFIX = "MERCHANT_"
# § 5 DDG, Art. 246a § 1 EGBGB: without these nothing may be sold, so "does not apply" is no answer.
MANDATORY = ("name", "street", "postcode", "city", "country", "email", "representative")


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


FIELDS = tuple(field.name for field in dataclasses.fields(Merchant))


MANDATORY_VARIABLES = frozenset(_PREFIX + name.upper() for name in MANDATORY)


def merchant(environment: Mapping[str, str] = os.environ) -> Merchant:
    """The merchant as the environment tells it; gaps stand out, see `gaps`."""
    return Merchant(**{name: environment.get(variable(name), _gap(name)) for name in FIELDS})


def gaps(environment: Mapping[str, str] = os.environ) -> list[str]:
    """The variables that nobody has set, in the order of the fields."""
    return [variable(name) for name in FIELDS if variable(name) not in environment]


def empty(environment: Mapping[str, str] = os.environ) -> list[str]:
    """The variables that are set to nothing although the imprint needs them."""
    names = (variable(field) for field in MANDATORY)
    return [name for name in names if not environment.get(name, "gap").strip()]


def variable(field: str) -> str:
    """The name of the environment variable that tells `field`."""
    return _PREFIX + field.upper()


def _gap(field: str) -> str:
    return f"[[ {variable(field)} ]]"
