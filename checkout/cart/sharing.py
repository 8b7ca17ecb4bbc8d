"""A cart as a link: signed, with variants and quantities, nothing of a person; stored nowhere.

Engravings are words of people and do not go along. Whoever opens the link sees today's prices.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import WithdrawalException
from checkout import carts
from checkout.models import KEPT_DAYS, Cart, CartLine

SALT = "checkout.sharing"


class Unknown(LookupError):
    """The link is not ours, or older than 60 days."""


def token(lines: Iterable[CartLine]) -> str:
    """The goods of `lines` for a link that holds for 60 days."""
    wanted: Counter[int] = Counter()
    for line in lines:
        wanted[line.variant_id] += line.quantity
    pairs = [[pk, min(count, carts.MAX_QUANTITY)] for pk, count in wanted.items()]
    return signing.dumps(pairs, salt=SALT, compress=True)


def wanted(token: str) -> dict[int, int]:
    """Pieces by variant id, as the link names them. Raises `Unknown`."""
    age = datetime.timedelta(days=KEPT_DAYS)
    try:
        pairs = signing.loads(token, salt=SALT, max_age=age)
    except (signing.BadSignature, ValueError) as problem:
        raise Unknown from problem
    return {int(pk): int(count) for pk, count in pairs[: carts.MAX_LINES]}


def needs_words(line: CartLine) -> bool:
    """Is it made with the shopper's own words only, so that it cannot be taken over as it is?"""
    product = line.variant.product
    is_made = product.withdrawal_exception == WithdrawalException.CUSTOM_MADE
    return bool(product.engraving_length and is_made)


@transaction.atomic
def take(cart: Cart, lines: Iterable[CartLine], *, moment: datetime.datetime) -> list[str]:
    """Put the goods of a link into `cart`, so that it holds at least as many as the link names.

    Twice is as good as once. What cannot be had is left out; returns what is to be said of it.
    Raises `carts.Ordered`.
    """
    carts.change(cart, moment=moment)
    held = _held(cart)
    problems = []
    for line in lines:
        problem = _take(cart, line, line.quantity - held.get(line.variant_id, 0), moment)
        if problem:
            problems.append(f"{line.variant.product.name}: {problem}")
    return problems


def _held(cart: Cart) -> Mapping[int, int]:
    counted: Counter[int] = Counter()
    for variant_id, quantity in CartLine.objects.filter(cart=cart).values_list(
        "variant_id", "quantity"
    ):
        counted[variant_id] += quantity
    return counted


def _take(cart: Cart, line: CartLine, missing: int, moment: datetime.datetime) -> str:
    if missing <= 0:
        return ""
    if needs_words(line):
        return _("Please choose the text on the page of the product.")
    try:
        carts.add(cart, line.variant, quantity=missing, moment=moment)
    except carts.NotEnough as problem:
        rest = problem.left - (line.quantity - missing)
        if rest > 0:
            carts.add(cart, line.variant, quantity=rest, moment=moment)
        return problem.message
    except carts.CartProblem as problem:
        return problem.message
    return ""
