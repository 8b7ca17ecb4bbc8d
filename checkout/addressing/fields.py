"""The fields of an address, made for a country, and what is checked of them together.

One set for the delivery (no prefix) and one for the bill (`billing_`), by the same rules.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkout.addressing import stations
from checkout.addressing.rules import AddressRules
from checkout.forms import LineField

NAMES = ("country", "name", "street", "extra", "postcode", "city", "region")
MISSING: Mapping[str, str | Promise] = {
    "name": gettext_lazy("Enter your full name."),
    "street": gettext_lazy("Enter street and number."),
    "postcode": gettext_lazy("Enter the postcode."),
    "city": gettext_lazy("Enter the city."),
    "region": gettext_lazy("Choose the province."),
}
_TOKENS = {
    "name": "name",
    "street": "address-line1",
    "extra": "address-line2",
    "postcode": "postal-code",
    "city": "address-level2",
    "region": "address-level1",
}
_LENGTHS = {"name": 120, "street": 120, "extra": 120, "postcode": 12, "city": 80}


def of(rules: AddressRules, *, is_billing: bool = False) -> dict[str, forms.Field]:
    """The fields below the country in the order of `rules`, required as they say."""
    labels: dict[str, str | Promise] = {
        "name": gettext_lazy("Full name"),
        "street": gettext_lazy("Street and number"),
        "extra": gettext_lazy("Address line 2"),
        "postcode": rules.postcode_label,
        "city": rules.city_label,
        "region": rules.region_label,
    }
    made: dict[str, forms.Field] = {}
    for name in ("name", *rules.fields):
        token = f"billing {_TOKENS[name]}" if is_billing else _TOKENS[name]
        facts = {
            "label": labels[name],
            "required": name in (rules.required | {"name"}),
            "error_messages": {"required": MISSING.get(name, "")},
        }
        made[name] = _field(name, rules, token, facts)
    return made


def _field(name: str, rules: AddressRules, token: str, facts: dict[str, Any]) -> forms.Field:
    attributes = {"autocomplete": token}
    if name == "region":
        choices = [("", _("Please choose")), *rules.regions]
        return forms.ChoiceField(choices=choices, widget=forms.Select(attrs=attributes), **facts)
    if name == "postcode" and rules.postcode_example.isdigit():
        attributes["inputmode"] = "numeric"
    return LineField(max_length=_LENGTHS[name], widget=forms.TextInput(attrs=attributes), **facts)


def problems(rules: AddressRules, typed: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with what was typed: name of the field → what to do. `typed["postcode"]` is
    normalised already."""
    found = {}
    street, postcode = str(typed.get("street", "")), str(typed.get("postcode", ""))
    if stations.is_typed_as_street(street) and rules.country == stations.COUNTRY:
        found["street"] = _("Tick “To a Packstation or Postfiliale” below and enter it there.")
    elif street and rules.has_house_numbers and not any(sign.isdigit() for sign in street):
        found["street"] = _("Enter the house number too.")
    if postcode and not rules.is_postcode(postcode):
        found["postcode"] = _("This postcode does not look right for the country.")
        if rules.postcode_example:
            found["postcode"] += " " + _("One like %(example)s is right.") % {
                "example": rules.postcode_example
            }
    return found
