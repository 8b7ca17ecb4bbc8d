"""The mailbox behind an e-mail address, as PostgreSQL computes it (for an index) and as we do."""

from typing import Any

from django.db import models
from django.db.models import Case, F, Func, Value, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Lower, Replace

GMAIL = ("gmail.com", "googlemail.com")


def of(email: str) -> str:
    """Small letters, no tag, at Gmail no dots: for comparing, not for writing to.

    `Ada.Petersen+shop@googlemail.com` is `adapetersen@gmail.com`.
    """
    name, _at, domain = email.strip().lower().partition("@")
    name = name.partition("+")[0]
    if domain in GMAIL:
        name, domain = name.replace(".", ""), GMAIL[0]
    return f"{name}@{domain}"


def expression() -> Case:
    """`of` over the column `email`, in functions that an index of PostgreSQL allows."""
    name = _part(_part(Lower(F("email")), "@", 1), "+", 1)
    domain = _part(Lower(F("email")), "@", 2)
    bare = Replace(name, Value("."), Value(""))
    gmail = [
        When(email__iendswith=f"@{one}", then=_address(bare, Value(GMAIL[0]))) for one in GMAIL
    ]
    return Case(*gmail, default=_address(name, domain))


def _part(text: Any, separator: str, number: int) -> Func:
    field = models.TextField()
    return Func(text, Value(separator), Value(number), function="split_part", output_field=field)


def _address(name: Any, domain: Any) -> CombinedExpression:
    """Joined by `||`: `concat` may change with settings, so no index takes it."""
    field = models.TextField()
    front = CombinedExpression(name, "||", Value("@"), output_field=field)
    return CombinedExpression(front, "||", domain, output_field=field)
