"""Where the parameters of a new session must agree with one another."""

from dataclasses import dataclass
from typing import Any

from demo.payment_sandbox import errors, values

SHORTEST = 30 * 60
LONGEST = 24 * 3600


@dataclass(frozen=True)
class Facts:
    """What follows from the parameters."""

    currency: str
    total: int
    expires_at: int
    payment_method_types: tuple[str, ...]


def check(params: dict[str, Any], *, now: int) -> Facts:
    """The facts of the session; raises ApiError where parameters contradict each other."""
    if "success_url" not in params:
        raise errors.refused(
            "Missing required param: success_url. It is required when `ui_mode` is `hosted_page`.",
            param="success_url",
            code="parameter_missing",
        )
    currency = _currency(params)
    total = _total(params, currency)
    return Facts(currency, total, _expires_at(params, now), _methods(params, currency))


def _currency(params: dict[str, Any]) -> str:
    lines = params["line_items"]
    currency: str = params.get("currency", lines[0]["price_data"]["currency"])
    for place, line in enumerate(lines):
        if line["price_data"]["currency"] != currency:
            raise errors.refused(
                "All line items of a Checkout Session must have the same currency: "
                f"{currency} and {line['price_data']['currency']} were sent.",
                param=f"line_items[{place}][price_data][currency]",
            )
    return currency


def _total(params: dict[str, Any], currency: str) -> int:
    total = 0
    for line in params["line_items"]:
        total += line["price_data"]["unit_amount"] * line["quantity"]
    if 0 < total < values.LEAST_AMOUNT[currency]:
        raise errors.refused(
            "The Checkout Session's total amount due must add up to at least "
            f"{values.LEAST_AMOUNT[currency]} {currency} cents.",
            param="line_items",
            code="amount_too_small",
        )
    if total > values.MOST_AMOUNT:
        raise errors.refused(
            f"The Checkout Session's total amount must be no more than {values.MOST_AMOUNT} cents.",
            param="line_items",
            code="amount_too_large",
        )
    return total


def _expires_at(params: dict[str, Any], now: int) -> int:
    moment: int = params.get("expires_at", now + LONGEST)
    if moment < now + SHORTEST:
        raise errors.refused(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout "
            "Session creation.",
            param="expires_at",
        )
    if moment > now + LONGEST:
        raise errors.refused(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
            param="expires_at",
        )
    return moment


def _methods(params: dict[str, Any], currency: str) -> tuple[str, ...]:
    allowed = params.get("allowed_payment_method_types", values.METHODS_HERE)
    excluded = params.get("excluded_payment_method_types", ())
    methods = tuple(
        method
        for method in values.METHODS_HERE
        if method in allowed and method not in excluded and (method == "card" or currency == "eur")
    )
    if not methods:
        raise errors.refused(
            "No valid payment method types for this Checkout Session. The payment sandbox offers "
            f"{' and '.join(values.METHODS_HERE)}.",
            param="allowed_payment_method_types",
        )
    return methods
