"""New coupons: one that staff name, or many that nobody guesses."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from checkout.models import Coupon, Promotion
from checkout.promotions import codes
from shop.kit import ids

MOST_AT_ONCE = 10_000


class CannotIssue(ValueError):
    """There is such a code already, or it is none."""


def name(promotion: Promotion, code: str, **limits: int | None) -> Coupon:
    """A coupon with the code that staff thought of. Raises `CannotIssue`."""
    try:
        with transaction.atomic():
            return Coupon.objects.create(
                promotion=promotion, code=code.strip(), key=checked_key(code), **limits
            )
    except IntegrityError:
        raise CannotIssue(taken()) from None


def checked_key(code: str) -> str:
    """The key of `code`. Raises `CannotIssue` for what is no code."""
    key = codes.key(code)
    if len(key) < 4:
        raise CannotIssue(_("A code has at least 4 letters or digits, and at most 40."))
    return key


def taken() -> str:
    return str(_("There is a code already that reads the same."))


def generate(
    promotion: Promotion,
    count: int,
    *,
    batch: str,
    ends_at: datetime.datetime | None = None,
    limit_total: int = 1,
) -> list[Coupon]:
    """`count` random codes, each for `limit_total` uses, in two statements or a few more."""
    texts = [ids.coupon_code() for _number in range(min(count, MOST_AT_ONCE))]
    return Coupon.objects.bulk_create(
        [
            Coupon(
                promotion=promotion,
                code=text,
                key=codes.key(text),
                batch=batch,
                is_generated=True,
                limit_total=limit_total,
                ends_at=ends_at,
            )
            for text in texts
        ],
        batch_size=1000,
    )
