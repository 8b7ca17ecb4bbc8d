"""The one form of the checkout: whom to write to, where to, by whom, and how it is paid.

At most eight fields are seen by a guest; a station of DHL and another address for the bill open
when they are asked for.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import Address
from checkout import delivery
from checkout.addressing import fields, rules, stations
from checkout.forms import LineField, MailboxField
from checkout.models import DeliveryKind
from checkout.sending import territories
from shop.kit import countries

type Choices = Sequence[tuple[str, str]]
BILLING = "billing_"
STATION = ("station", "station_number", "post_number")


class CheckoutForm(forms.Form):
    email = MailboxField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("For the order confirmation and news of the delivery."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address like name@example.com."),
        },
    )
    country = forms.ChoiceField(
        label=_("Country"),
        widget=forms.Select(attrs={"autocomplete": "country"}),
        error_messages={"invalid_choice": _("We do not deliver to this country yet.")},
    )
    to_station = forms.BooleanField(
        label=_("To a Packstation or Postfiliale of DHL"), required=False
    )
    station = forms.ChoiceField(label=_("Kind of station"), choices=stations.CHOICES)
    station_number = LineField(
        label=_("Number of the station"),
        max_length=3,
        error_messages={"required": _("Enter the three digits of the station.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    post_number = LineField(
        label=_("Your post number"),
        help_text=_("6 to 10 digits, from your account with DHL."),
        max_length=10,
        error_messages={"required": _("Enter your post number: 6 to 10 digits.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    delivery_method = forms.ChoiceField(
        label=_("Delivery"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a way of delivery."),
            "invalid_choice": _("This way of delivery is not on offer for your address."),
        },
    )
    payment_method = forms.ChoiceField(
        label=_("Payment"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a way to pay."),
            "invalid_choice": _("This way to pay is not on offer."),
        },
    )
    digital_consent = forms.BooleanField(
        label=_(
            "I agree that the delivery of the digital content begins at once, and know that I lose"
            " my right of withdrawal with it."
        ),
        error_messages={"required": _("Without this consent we cannot deliver digital content.")},
    )
    other_billing = forms.BooleanField(label=_("The bill goes to another address"), required=False)
    billing_country = forms.ChoiceField(
        label=_("Country"),
        widget=forms.Select(attrs={"autocomplete": "billing country"}),
    )

    def __init__(
        self,
        *args: Any,
        served: Choices,
        refused: Mapping[str, str],
        outlook: delivery.Outlook,
        payment_methods: Choices,
        fitting: Collection[str],
        has_digital: bool,
        **kwargs: Any,
    ) -> None:
        """`served`: countries to choose from; `refused`: others, with the reason why not.

        `fitting`: the ways to pay that go with the chosen delivery.
        """
        super().__init__(*args, **kwargs)
        self.refused, self.outlook, self._fitting = refused, outlook, fitting
        self._offer("country", self._countries(served))
        self._offer("billing_country", _billing_countries())
        self._offer("delivery_method", [_choice(one) for one in outlook.offers])
        self._offer("payment_method", payment_methods)
        self.rules = self._add_address("")
        self.billing_rules = self._add_address(BILLING)
        if self.rules.country != stations.COUNTRY:
            for name in ("to_station", *STATION):
                del self.fields[name]
        elif self["to_station"].value():
            self.fields["street"].required = False
        elif self.is_bound:
            self._leave_open(STATION)
        if self.is_bound and not self["other_billing"].value():
            self._leave_open([name for name in self.fields if name.startswith(BILLING)])
        if not has_digital:
            del self.fields["digital_consent"]
        self.order_fields(self._order())

    def _leave_open(self, names: Sequence[str]) -> None:
        """What nobody asked for need not be filled in."""
        for name in names:
            self.fields[name].required = False

    def _offer(self, name: str, choices: Sequence[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(choices)

    def _order(self) -> list[str]:
        """As they stand on the page: so are problems named above it."""
        billing = [f"{BILLING}{name}" for name in ("country", "name", *self.billing_rules.fields)]
        delivered = ["email", "country", "name", *self.rules.fields, "to_station", *STATION]
        return [*delivered, "delivery_method", "payment_method", "other_billing", *billing]

    def _countries(self, served: Choices) -> list[Any]:
        """Those that are refused can be chosen too: only then is the reason told."""
        others = [(code, countries.name_of(code)) for code in self.refused]
        return [*served, (str(_("Not delivered to")), others)] if others else list(served)

    def _add_address(self, prefix: str) -> rules.AddressRules:
        chosen = str(self[f"{prefix}country"].value() or "")
        known = territories.EU | set(self.refused)
        found = rules.rules_of(chosen if chosen in known else settings.COUNTRY)
        for name, field in fields.of(found, is_billing=bool(prefix)).items():
            self.fields[f"{prefix}{name}"] = field
        return found

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of the delivery address below name, as they stand beside each other."""
        return [[self[name] for name in row] for row in self.rules.rows]

    @property
    def billing_rows(self) -> list[list[forms.BoundField]]:
        return [[self[f"{BILLING}{name}"] for name in row] for row in self.billing_rules.rows]

    def clean_country(self) -> str:
        country: str = self.cleaned_data["country"]
        if country in self.refused and not self._is_picked_up():
            raise forms.ValidationError(self.refused[country])
        return country

    def _is_picked_up(self) -> bool:
        return self._chosen_kind() == DeliveryKind.PICKUP

    def _chosen_kind(self) -> str:
        code = self["delivery_method"].value()
        kinds = {offer.delivery.code: offer.kind for offer in self.outlook.offers}
        return kinds.get(str(code), "")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("payment_method", "") not in {"", *self._fitting}:
            self.add_error("payment_method", _("You can pay so only when you fetch the goods."))
        self._check_address("", self.rules)
        if cleaned.get("other_billing"):
            self._check_address(BILLING, self.billing_rules)
        if cleaned.get("to_station"):
            self._check_station()
        self._check_destination()
        return self.cleaned_data

    def _check_address(self, prefix: str, of: rules.AddressRules) -> None:
        postcode = self.cleaned_data.get(f"{prefix}postcode")
        if postcode:
            self.cleaned_data[f"{prefix}postcode"] = of.normalised(postcode)
        for name, text in fields.problems(of, _part(self.cleaned_data, prefix)).items():
            self.add_error(f"{prefix}{name}", text)

    def _check_station(self) -> None:
        cleaned = self.cleaned_data
        for name, is_right in (
            ("station_number", stations.is_number),
            ("post_number", stations.is_post_number),
        ):
            if name in cleaned and not is_right(cleaned[name]):
                self.add_error(name, self.fields[name].error_messages["required"])
        if self._chosen_kind() == DeliveryKind.FORWARDING:
            self.add_error("to_station", _("A forwarding agent cannot deliver to a station."))

    def _check_destination(self) -> None:
        """Why nothing goes there is said at the address; that no way is left follows from it."""
        problem = self.outlook.problem
        if not problem or self._is_picked_up():
            return
        field = "postcode" if self.outlook.is_postcode_wrong else "country"
        for name in ("delivery_method", field):
            self.errors.pop(name, None)
        self.add_error(field, problem)

    def contact(self) -> dict[str, Any]:
        """What is kept in the cart: the address as it is written on the parcel, and the bill's."""
        cleaned = self.cleaned_data
        kept = {"email": cleaned["email"], **_address(cleaned)}
        if cleaned.get("to_station"):
            kept |= {name: cleaned[name] for name in STATION}
            kept["street"] = stations.street(cleaned["station"], cleaned["station_number"])
        if cleaned.get("other_billing"):
            kept["billing"] = _address(_part(cleaned, BILLING))
        if cleaned.get("digital_consent"):
            kept["digital_consent"] = True
        return kept


def initial_of(contact: Mapping[str, Any]) -> dict[str, Any]:
    """What `contact` kept, as the fields show it again."""
    known = {name: value for name, value in contact.items() if name != "billing"}
    if known.get("post_number"):
        known |= {"to_station": True, "street": ""}
    billing = contact.get("billing")
    if billing:
        known |= {f"{BILLING}{name}": value for name, value in billing.items()}
        known["other_billing"] = True
    return known


def initial_of_book(address: Address) -> dict[str, Any]:
    """An address of the customer's book, as the fields show it."""
    known: dict[str, Any] = {"name": address.name, "country": address.country}
    known |= {name: getattr(address, name) for name in fields.NAMES if name != "name"}
    station = stations.parts(address.street)
    if address.post_number and station:
        kind, number = station
        known |= {"station": kind, "station_number": number, "post_number": address.post_number}
    return initial_of(known)


def _part(values: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """The values of one address by the names of its fields."""
    return {name: values.get(f"{prefix}{name}", "") for name in fields.NAMES}


def _address(values: Mapping[str, Any]) -> dict[str, Any]:
    """A province is kept where there is one; all the rest always."""
    return {
        name: values.get(name, "")
        for name in fields.NAMES
        if name != "region" or values.get("region")
    }


def _choice(offer: delivery.Offer) -> tuple[str, str]:
    return offer.delivery.code, offer.delivery.name


def _billing_countries() -> list[tuple[str, str]]:
    """All of the Union: who pays need not live where we deliver (Regulation (EU) 2018/302)."""
    named = sorted((countries.name_of(code), code) for code in territories.EU)
    own = [pair for pair in named if pair[1] == settings.COUNTRY]
    return [(code, name) for name, code in own + [one for one in named if one not in own]]
