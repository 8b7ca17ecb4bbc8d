"""What a promotion is: whom and what it meets, what it gives, what it stands beside.

Plain values without a database. Which apply to a cart: `evaluating`. All amounts are gross, in the
shop's currency, with two digits; percentages are of 100. See docs/algorithms/discounts.md.
"""

import dataclasses
import datetime
import enum
from collections.abc import Mapping
from decimal import Decimal
from typing import Protocol

ZERO = Decimal("0.00")


class BadPromotion(ValueError):
    """A promotion that nobody could apply: an effect of another kind, an amount below zero."""


class Kind(enum.StrEnum):
    """The stacking class: what a promotion takes from, and its turn in the evaluation."""

    PRODUCT = "product"
    ORDER = "order"
    SHIPPING = "shipping"


class Goods(Protocol):
    """What promotions need to know of a line of the cart; `quoting.Item` is one."""

    @property
    def line_id(self) -> int: ...
    @property
    def product_id(self) -> int: ...
    @property
    def category_ids(self) -> frozenset[int]: ...
    @property
    def collection_ids(self) -> frozenset[int]: ...
    @property
    def quantity(self) -> int: ...
    @property
    def unit_gross(self) -> Decimal: ...
    @property
    def before_gross(self) -> Decimal | None: ...
    @property
    def minimum_gross(self) -> Decimal: ...


class Carriage(Protocol):
    """What promotions need to know of the chosen delivery; `quoting.Delivery` is one."""

    @property
    def code(self) -> str: ...
    @property
    def gross(self) -> Decimal: ...


@dataclasses.dataclass(frozen=True, slots=True)
class Scope:
    """Which goods: those of any named product, category or collection; none named: all.

    `category_ids` of goods hold the categories above theirs too.
    """

    product_ids: frozenset[int] = frozenset()
    category_ids: frozenset[int] = frozenset()
    collection_ids: frozenset[int] = frozenset()
    excluded_product_ids: frozenset[int] = frozenset()
    excluded_category_ids: frozenset[int] = frozenset()
    includes_reduced: bool = True

    def covers(self, goods: Goods) -> bool:
        if goods.product_id in self.excluded_product_ids:
            return False
        if goods.category_ids & self.excluded_category_ids:
            return False
        if goods.before_gross is not None and not self.includes_reduced:
            return False
        is_open = not (self.product_ids or self.category_ids or self.collection_ids)
        return bool(
            is_open
            or goods.product_id in self.product_ids
            or goods.category_ids & self.category_ids
            or goods.collection_ids & self.collection_ids
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Conditions:
    """What has to hold; an empty one always does. Value and pieces are of goods in the scope."""

    min_goods_gross: Decimal = ZERO
    min_quantity: int = 0
    countries: frozenset[str] = frozenset()
    delivery_codes: frozenset[str] = frozenset()
    customer_groups: frozenset[str] = frozenset()
    is_first_order: bool = False
    needs_account: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Percent:
    """So many percent off, at most `cap` in all."""

    percent: Decimal
    cap: Decimal | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Amount:
    """So much off, once."""

    gross: Decimal


@dataclasses.dataclass(frozen=True, slots=True)
class UnitPrice:
    """Each piece costs so much, if it costs more."""

    gross: Decimal


@dataclasses.dataclass(frozen=True, slots=True)
class BuyGet:
    """Of every `buy + get` pieces the `get` cheapest are `percent` cheaper, `max_times` at most."""

    buy: int
    get: int
    percent: Decimal = Decimal(100)
    max_times: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Tier:
    """What goods worth `from_gross` or more are given."""

    from_gross: Decimal
    gives: Percent | Amount


@dataclasses.dataclass(frozen=True, slots=True)
class Tiers:
    """The highest tier that the goods reach."""

    tiers: tuple[Tier, ...]

    def reached(self, goods_gross: Decimal) -> Percent | Amount | None:
        """What the goods have earned; `None` below the first tier."""
        fitting = [tier for tier in self.tiers if tier.from_gross <= goods_gross]
        return max(fitting, key=lambda tier: tier.from_gross).gives if fitting else None


@dataclasses.dataclass(frozen=True, slots=True)
class FreeShipping:
    """The delivery fee, at most `max_fee` of it."""

    max_fee: Decimal | None = None


Effect = Percent | Amount | UnitPrice | BuyGet | Tiers | FreeShipping

_EFFECTS: Mapping[Kind, tuple[type, ...]] = {
    Kind.PRODUCT: (Percent, Amount, UnitPrice, BuyGet, Tiers),
    Kind.ORDER: (Percent, Amount, Tiers),
    Kind.SHIPPING: (Percent, Amount, FreeShipping),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Promotion:
    """One promotion with the coupon that opened it, if any. `name` is in the shopper's words.

    The higher `priority` goes first. `budget_left`: how much it may still give in all. It holds
    from `valid_from` on, until before `valid_until`. Raises `BadPromotion`.
    """

    id: int
    code: str
    name: str
    kind: Kind
    effect: Effect
    scope: Scope = Scope()
    conditions: Conditions = Conditions()
    combines_with: frozenset[Kind] = frozenset()
    priority: int = 0
    coupon_code: str = ""
    coupon_id: int | None = None
    budget_left: Decimal | None = None
    valid_from: datetime.datetime | None = None
    valid_until: datetime.datetime | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.effect, _EFFECTS[self.kind]):
            raise BadPromotion(f"{self.kind} promotions give no {type(self.effect).__name__}.")
        if not _is_sound(self.effect):
            raise BadPromotion(f"{self.code}: {self.effect} cannot be given.")

    def combines(self, other: "Promotion") -> bool:
        """Both have to name the other's kind."""
        return other.kind in self.combines_with and self.kind in other.combines_with


def _is_sound(effect: Effect) -> bool:
    match effect:
        case Percent(percent, cap):
            return 0 < percent <= 100 and (cap is None or cap >= 0)
        case Amount(gross) | UnitPrice(gross):
            return gross >= 0
        case BuyGet(buy, get, percent, max_times):
            return buy >= 1 and get >= 1 and 0 < percent <= 100 and max_times != 0
        case Tiers(tiers):
            values = [tier.from_gross for tier in tiers]
            is_clear = len(set(values)) == len(values) > 0
            return is_clear and all(_is_sound(tier.gives) for tier in tiers)
        case FreeShipping(max_fee):
            return max_fee is None or max_fee >= 0


@dataclasses.dataclass(frozen=True, slots=True)
class Shopper:
    """Who buys, as facts: nothing here is looked up. A guest has no `customer_id`.

    `has_ordered`: there is an order of this customer or e-mail address that was not cancelled.
    `country`: where the goods go.
    """

    customer_id: int | None = None
    groups: frozenset[str] = frozenset()
    has_ordered: bool = False
    country: str = ""


class Reason(enum.StrEnum):
    """Why a promotion does not apply; what `Refused.facts` holds stands behind it."""

    NOT_YET = "not_yet"  # from: datetime
    OVER = "over"  # until: datetime
    COUNTRY = "country"  # countries: tuple[str, ...]
    NEEDS_ACCOUNT = "needs_account"
    CUSTOMER_GROUP = "customer_group"
    FIRST_ORDER = "first_order"
    NO_GOODS = "no_goods"
    MIN_GOODS = "min_goods"  # missing: Decimal
    MIN_QUANTITY = "min_quantity"  # missing: int
    NO_DELIVERY = "no_delivery"
    DELIVERY = "delivery"  # codes: tuple[str, ...]
    BUDGET = "budget"
    NOTHING_TO_TAKE = "nothing_to_take"
    OTHER_IS_BETTER = "other_is_better"  # others: tuple[Promotion, ...]
    USED_UP = "used_up"  # given by those who count the uses, not by `evaluating`
    USED_BY_CUSTOMER = "used_by_customer"  # the same
    UNKNOWN = "unknown"  # the same


@dataclasses.dataclass(frozen=True, slots=True)
class Applied:
    """What a promotion takes off: by line, and off the delivery."""

    promotion: Promotion
    allocations: Mapping[int, Decimal]
    shipping: Decimal = ZERO

    @property
    def goods(self) -> Decimal:
        return sum(self.allocations.values(), ZERO)

    @property
    def gross(self) -> Decimal:
        return self.goods + self.shipping


@dataclasses.dataclass(frozen=True, slots=True)
class Refused:
    """A promotion that does not apply, and why."""

    promotion: Promotion
    reason: Reason
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """What applies and what does not, both in the order of evaluation."""

    applied: tuple[Applied, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def goods(self) -> Decimal:
        return sum((one.goods for one in self.applied), ZERO)

    @property
    def shipping(self) -> Decimal:
        return sum((one.shipping for one in self.applied), ZERO)

    @property
    def gross(self) -> Decimal:
        return self.goods + self.shipping

    def of_line(self, line_id: int) -> Decimal:
        """What is taken off this line in all."""
        return sum((one.allocations.get(line_id, ZERO) for one in self.applied), ZERO)
