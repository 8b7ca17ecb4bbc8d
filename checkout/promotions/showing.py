"""The coupon block of cart and checkout: the codes in the cart with what they do, or why not."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings

from checkout.models import Cart
from checkout.promotions import codes, rules, telling
from shop.kit import languages, money

# An offer that is far away is an advertisement; one that is near is a hint.
NEAR_GROSS, NEAR_PIECES = Decimal("30.00"), 2


def block(
    cart: Cart, outcome: rules.Outcome, *, delivery_names: Mapping[str, str]
) -> dict[str, Any]:
    """`codes`: a row for each coupon in the cart; `hints`: what is nearly reached.

    A row: key, code, name, text (the amount, or the reason), is_applied.
    """
    by_key: dict[str, dict[str, Any]] = {}
    for one in outcome.applied:
        _put(by_key, one.promotion, text=f"−{_amount(one.gross)}", is_applied=True)
    for no in outcome.refused:
        text = telling.reason(no, delivery_names=delivery_names)
        _put(by_key, no.promotion, text=text, is_applied=False)
    gone = str(telling.PLAIN[rules.Reason.UNKNOWN])
    for key in cart.coupon_keys:
        unknown = {"key": key, "code": key, "name": "", "text": gone, "is_applied": False}
        by_key.setdefault(key, unknown)
    return {
        "codes": [by_key[key] for key in cart.coupon_keys],
        "hints": [telling.hint(no) for no in outcome.refused if _is_near(no)],
    }


def _put(
    rows: dict[str, dict[str, Any]], promotion: rules.Promotion, *, text: str, is_applied: bool
) -> None:
    if promotion.coupon_code:
        key = codes.key(promotion.coupon_code)
        rows[key] = {
            "key": key,
            "code": promotion.coupon_code,
            "name": promotion.name,
            "text": text,
            "is_applied": is_applied,
        }


def _is_near(no: rules.Refused) -> bool:
    missing: Any = no.facts.get("missing", 0)
    if no.promotion.coupon_code:
        return False
    if no.reason == rules.Reason.MIN_GOODS:
        return bool(missing <= NEAR_GROSS)
    return no.reason == rules.Reason.MIN_QUANTITY and missing <= NEAR_PIECES


def _amount(value: Decimal) -> str:
    return money.formatted(value, settings.CURRENCY, languages.active())
