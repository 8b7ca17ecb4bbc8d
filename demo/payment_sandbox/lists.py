"""Lists as Stripe pages them: newest first, with cursors and ``has_more``."""

from typing import Any

from demo.payment_sandbox import errors
from demo.payment_sandbox.store import Row


def page(rows: list[Row], params: dict[str, Any], *, url: str, what: str) -> Row:
    """One page of ``rows`` (given oldest first), filtered by ``created``."""
    if "starting_after" in params and "ending_before" in params:
        raise errors.refused(
            "You cannot parameterize both starting_after and ending_before.", param="ending_before"
        )
    found = [row for row in reversed(rows) if _in_range(row, params.get("created"))]
    limit = params.get("limit", 10)
    if "ending_before" in params:
        before = found[: _place(found, params["ending_before"], what, "ending_before")]
        return _answer(before[-limit:], has_more=len(before) > limit, url=url)
    if "starting_after" in params:
        found = found[_place(found, params["starting_after"], what, "starting_after") + 1 :]
    return _answer(found[:limit], has_more=len(found) > limit, url=url)


def whole(rows: list[Row], *, url: str, most: int = 10) -> Row:
    """A list that stands inside another object."""
    return _answer(rows[:most], has_more=len(rows) > most, url=url)


def _answer(rows: list[Row], *, has_more: bool, url: str) -> Row:
    return {"object": "list", "data": rows, "has_more": has_more, "url": url}


def _place(rows: list[Row], identifier: str, what: str, param: str) -> int:
    for place, row in enumerate(rows):
        if row["id"] == identifier:
            return place
    raise errors.missing(what, identifier, param=param, status=400)


def _in_range(row: Row, wanted: Any) -> bool:
    if wanted is None or "created" not in row:
        return True
    created = row["created"]
    if isinstance(wanted, int):
        return bool(created == wanted)
    return bool(
        created > wanted.get("gt", created - 1)
        and created >= wanted.get("gte", created)
        and created < wanted.get("lt", created + 1)
        and created <= wanted.get("lte", created)
    )
