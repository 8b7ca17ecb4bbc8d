"""The address book of a customer."""

from accounts.models import Address, Customer


def default_for(customer: Customer, *, country: str = "") -> Address | None:
    """The address to begin with, in `country` if one is named: the default one, else the only one,
    else none."""
    rows = Address.objects.filter(customer=customer)
    if country:
        rows = rows.filter(country=country)
    known = list(rows.order_by("-is_default", "pk")[:2])
    if known and (known[0].is_default or len(known) == 1):
        return known[0]
    return None
