"""What a shopper chose in a list, read from the address and written back in one form.

`?brand=alster,kiel&color=blue&price=10-50&sort=price&page=2`: parameters by their names, values of
one behind each other, so that every choice has one address. A form without JavaScript repeats a
parameter and sends the ends of a range apart (`price.from`, `price.to`): that is understood, too.
`more=brand` shows all values of a facet; it changes nothing of the list.
"""

import dataclasses
import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

SORTS = ("newest", "price", "-price", "name", "rating")
# What the shop asks itself. `category` is for lists that are no category's.
LISTS, RANGES = ("category", "brand", "stock", "sale", "rating"), ("price",)
# The dot is in no code of an attribute.
FROM, TO = ".from", ".to"
MORE = "more"
_RANGE = re.compile(r"^(-?\d+(?:\.\d+)?)?-(-?\d+(?:\.\d+)?)?$", re.ASCII)
_NUMBER = re.compile(r"^-?\d{1,12}(?:[.,]\d{1,4})?$", re.ASCII)
_PAGE = re.compile(r"^[1-9][0-9]{0,5}$", re.ASCII)


@dataclasses.dataclass(frozen=True, slots=True)
class Range:
    """From and to, both included; `None` is open."""

    low: Decimal | None = None
    high: Decimal | None = None

    def __bool__(self) -> bool:
        return self.low is not None or self.high is not None

    def __str__(self) -> str:
        return f"{_plain(self.low)}-{_plain(self.high)}"


type Filter = tuple[str, ...] | Range


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """Filters by parameter, the order ("": the list's own) and the page.

    `more`: the parameters of the facets of which all values are shown.
    """

    sort: str = ""
    page: int = 1
    filters: Mapping[str, Filter] = dataclasses.field(default_factory=dict)
    more: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, query: QueryDict, *, lists: Collection[str] = (), ranges: Collection[str] = ()
    ) -> Self:
        """The choice that an address names, of these parameters; everything else is ignored."""
        filters: dict[str, Filter] = {}
        for param in lists:
            if codes := _codes(query.getlist(param)):
                filters[param] = codes
        for param in ranges:
            if wanted := _range(query, param):
                filters[param] = wanted
        sort, page = query.get("sort", ""), query.get("page", "")
        return cls(
            sort=sort if sort in SORTS else "",
            page=int(page) if _PAGE.match(page) else 1,
            filters=filters,
            more=tuple(code for code in _codes(query.getlist(MORE)) if code in lists),
        )

    def with_filters(self, filters: Mapping[str, Filter]) -> Self:
        """The same order from its first page on, with other filters."""
        return dataclasses.replace(self, filters=filters, page=1)

    def with_more(self, more: Collection[str]) -> Self:
        """The same list with all values of these facets."""
        return dataclasses.replace(self, more=tuple(sorted(more)), page=1)

    def without(self, param: str, code: str = "") -> Self:
        """The choice after a filter, or one value of it, was taken away."""
        rest = dict(self.filters)
        left = rest.pop(param, ())
        if code and isinstance(left, tuple) and (codes := tuple(c for c in left if c != code)):
            rest[param] = codes
        return self.with_filters(rest)

    def address(
        self,
        path: str,
        *,
        sort: str | None = None,
        page: int = 1,
        keep: Mapping[str, str] | None = None,
    ) -> str:
        """The one address of this list: parameters in one order, defaults left out.

        `keep`: parameters that are none of the list's, such as the words of a search.
        """
        sort = self.sort if sort is None else sort
        pairs = dict(keep or {})
        for param, wanted in self.filters.items():
            pairs[param] = str(wanted) if isinstance(wanted, Range) else ",".join(sorted(wanted))
        if self.more:
            pairs[MORE] = ",".join(self.more)
        if sort:
            pairs["sort"] = sort
        if page > 1:
            pairs["page"] = str(page)
        query = urlencode(sorted(pairs.items()), safe=",/")
        return f"{path}?{query}" if query else path


def _codes(texts: list[str]) -> tuple[str, ...]:
    found = {code for text in texts for code in text.split(",") if code}
    return tuple(sorted(found))


def _range(query: QueryDict, param: str) -> Range | None:
    low, high = _number(query.get(param + FROM, "")), _number(query.get(param + TO, ""))
    match = _RANGE.match(query.get(param, ""))
    if match and low is None and high is None:
        low, high = _number(match[1] or ""), _number(match[2] or "")
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Range(low, high) or None


def _number(text: str) -> Decimal | None:
    """A number as people type it, with comma or point; anything else is ignored."""
    text = text.strip().replace("−", "-")
    return Decimal(text.replace(",", ".")) if _NUMBER.match(text) else None


def _plain(number: Decimal | None) -> str:
    if number is None:
        return ""
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
