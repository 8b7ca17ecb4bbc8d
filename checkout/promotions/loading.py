"""Rows of promotions, coupons and counts as the pure values that `evaluating` takes.

The number of statements does not depend on how many there are: none where the shop has no
promotions and the cart was read by `knowing_offers`, one where it was not, at most five with
coupons, limits, groups and first orders. See docs/algorithms/coupons.md.
"""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from accounts.models import GroupMember
from checkout.models import Cart, Coupon, Effect, Promotion
from checkout.promotions import rules
from orders.redemptions import counting, people
from shop.kit import languages


@dataclasses.dataclass(frozen=True, slots=True)
class Person:
    """Who buys, as far as it is known: an account, an e-mail address, both or neither."""

    customer_id: int | None = None
    email: str = ""

    @property
    def keys(self) -> list[str]:
        return people.keys(customer_id=self.customer_id, email=self.email)


NOBODY = Person()
_NO_SHOPPER = rules.Shopper()


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """The rows that a rule was made of."""

    promotion: Promotion
    coupon: Coupon | None

    def wants(self, person: Person, gross: Decimal) -> list[counting.Want]:
        """The limits that a use of it has to pass, when it gives `gross` away."""
        promotion, coupon = self.promotion, self.coupon
        found = []
        if promotion.budget is not None:
            found.append(
                counting.Want(
                    key=f"promotion:{promotion.pk}", budget=promotion.budget, amount=gross
                )
            )
        if coupon is not None and coupon.limit_total is not None:
            found.append(counting.Want(key=f"coupon:{coupon.pk}", most=coupon.limit_total))
        return [*found, *self.personal_wants(person)]

    def personal_wants(self, person: Person) -> list[counting.Want]:
        limits = {f"promotion:{self.promotion.pk}": self.promotion.uses_per_customer}
        if self.coupon is not None:
            limits[f"coupon:{self.coupon.pk}"] = self.coupon.limit_per_customer
        return [
            counting.Want(key=f"{what}:{who}", most=most)
            for what, most in limits.items()
            if most is not None
            for who in person.keys
        ]


@dataclasses.dataclass(frozen=True, slots=True)
class Live:
    """What a cart may get at a moment.

    `promotions` wait for `evaluating`; `refused` are over before it, because of their limits;
    `unknown` are keys in the cart that lead to nothing any more. `sources` are the rows by the
    promotion's id.
    """

    promotions: tuple[rules.Promotion, ...] = ()
    refused: tuple[rules.Refused, ...] = ()
    unknown: tuple[str, ...] = ()
    sources: Mapping[int, Source] = dataclasses.field(default_factory=dict)
    shopper: rules.Shopper = _NO_SHOPPER
    person: Person = NOBODY


NOTHING = Live()


def live_for(cart: Cart, *, country: str, moment: datetime.datetime) -> Live:
    """The promotions that hold at `moment` by themselves, and those of the coupons in `cart`."""
    person = Person(cart.customer_id, str(cart.contact.get("email") or ""))
    if not cart.coupon_keys and not cart.has_offers:
        return Live(person=person)
    return live(cart.coupon_keys, person=person, country=country, moment=moment)


def live(
    keys: Sequence[str],
    *,
    person: Person,
    country: str,
    moment: datetime.datetime,
    groups: frozenset[str] | None = None,
    has_ordered: bool | None = None,
) -> Live:
    """As `live_for`, by the `keys` of coupons; what is `None` is looked up."""
    sources, unknown = _sources(keys, moment)
    if not sources:
        return Live(unknown=unknown, person=person)
    wanted = [want.key for one in sources for want in one.wants(person, rules.ZERO)]
    counted = counting.counts(wanted) if wanted else {}
    promotions: dict[int, rules.Promotion] = {}
    chosen: dict[int, Source] = {}
    refused = []
    for source in sources:
        rule = as_rule(source, counted)
        same = promotions.get(rule.id)
        if same is not None:
            facts = {"others": (same,)}
            refused.append(rules.Refused(rule, rules.Reason.OTHER_IS_BETTER, facts))
        elif reason := _used_up(source, person, counted):
            refused.append(rules.Refused(rule, reason))
        else:
            promotions[rule.id] = rule
            chosen[rule.id] = source
    rows = [one.promotion for one in sources]
    return Live(
        promotions=tuple(promotions.values()),
        refused=tuple(refused),
        unknown=unknown,
        sources=chosen,
        shopper=rules.Shopper(
            customer_id=person.customer_id,
            groups=_groups(rows, person) if groups is None else groups,
            has_ordered=_has_ordered(rows, person) if has_ordered is None else has_ordered,
            country=country,
        ),
        person=person,
    )


def _sources(
    keys: Sequence[str], moment: datetime.datetime
) -> tuple[list[Source], tuple[str, ...]]:
    """The rows, those with coupons in the order in which the codes were typed."""
    found = [Source(row, None) for row in Promotion.objects.automatic().live(moment)]
    coupons = {row.key: row for row in of_keys(keys)} if keys else {}
    unknown = []
    for key in keys:
        coupon = coupons.get(key)
        if coupon is None or not coupon.is_open:
            unknown.append(key)
        elif coupon.promotion.needs_coupon:
            found.append(Source(coupon.promotion, coupon))
    return found, tuple(unknown)


def of_keys(keys: Iterable[str]) -> list[Coupon]:
    """The coupons with these keys and their promotions; one statement."""
    return list(Coupon.objects.filter(key__in=list(keys)).select_related("promotion"))


def _used_up(
    source: Source, person: Person, counted: Mapping[str, counting.Count]
) -> rules.Reason | None:
    for want in source.personal_wants(person):
        if is_reached(want, counted):
            return rules.Reason.USED_BY_CUSTOMER
    for want in source.wants(NOBODY, rules.ZERO):
        if is_reached(want, counted):
            # Of generated codes nobody learns that they were codes: docs/algorithms/coupons.md.
            is_secret = source.coupon is not None and source.coupon.is_generated
            return rules.Reason.UNKNOWN if is_secret else rules.Reason.USED_UP
    return None


def is_reached(want: counting.Want, counted: Mapping[str, counting.Count]) -> bool:
    """Does the limit let nobody in any more? Whether a budget is enough, `evaluating` says."""
    count = counted.get(want.key)
    return want.most is not None and (count.used if count else 0) >= want.most


def _groups(rows: Iterable[Promotion], person: Person) -> frozenset[str]:
    if person.customer_id is None or not any(row.group_codes for row in rows):
        return frozenset()
    members = GroupMember.objects.filter(customer=person.customer_id)
    return frozenset(members.values_list("group__code", flat=True))


def _has_ordered(rows: Iterable[Promotion], person: Person) -> bool:
    if not any(row.is_first_order for row in rows):
        return False
    return people.has_ordered(customer_id=person.customer_id, email=person.email)


# --- One row as a rule ----------------------------------------------------------------------------


def as_rule(source: Source, counted: Mapping[str, counting.Count]) -> rules.Promotion:
    """The rule of the rows, its name in the active language."""
    row, coupon = source.promotion, source.coupon
    left = None
    if row.budget is not None:
        count = counted.get(f"promotion:{row.pk}")
        left = max(row.budget - (count.spent if count else rules.ZERO), rules.ZERO)
    return rules.Promotion(
        id=row.pk,
        code=row.code,
        name=languages.localized(row, "name"),
        kind=rules.Kind(row.kind),
        effect=_effect(row),
        scope=_scope(row),
        conditions=_conditions(row),
        combines_with=frozenset(map(rules.Kind, row.combines_with)),
        priority=row.priority,
        coupon_code=coupon.code if coupon else "",
        coupon_id=coupon.pk if coupon else None,
        budget_left=left,
        valid_from=coupon.starts() if coupon else row.starts_at,
        valid_until=coupon.ends() if coupon else row.ends_at,
    )


def _effect(row: Promotion) -> rules.Effect:
    gross, percent = row.gross or rules.ZERO, row.percent or Decimal(100)
    match row.effect:
        case Effect.PERCENT:
            return rules.Percent(percent, row.cap)
        case Effect.AMOUNT:
            return rules.Amount(gross)
        case Effect.UNIT_PRICE:
            return rules.UnitPrice(gross)
        case Effect.BUY_GET:
            return rules.BuyGet(row.buy or 1, row.get or 1, percent, row.max_times)
        case Effect.TIERS:
            return rules.Tiers(tuple(_tier(row, *map(Decimal, pair)) for pair in row.tiers))
    return rules.FreeShipping(row.gross)


def _tier(row: Promotion, from_gross: Decimal, given: Decimal) -> rules.Tier:
    gives = rules.Percent(given) if row.tiers_in_percent else rules.Amount(given)
    return rules.Tier(from_gross, gives)


def _scope(row: Promotion) -> rules.Scope:
    return rules.Scope(
        product_ids=frozenset(row.product_ids),
        category_ids=frozenset(row.category_ids),
        collection_ids=frozenset(row.collection_ids),
        excluded_product_ids=frozenset(row.excluded_product_ids),
        excluded_category_ids=frozenset(row.excluded_category_ids),
        includes_reduced=row.includes_reduced,
    )


def _conditions(row: Promotion) -> rules.Conditions:
    return rules.Conditions(
        min_goods_gross=row.min_goods_gross,
        min_quantity=row.min_quantity,
        countries=frozenset(row.countries),
        delivery_codes=frozenset(row.delivery_codes),
        customer_groups=frozenset(row.group_codes),
        is_first_order=row.is_first_order,
        needs_account=row.needs_account,
    )
