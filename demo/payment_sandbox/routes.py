"""The endpoints of the API: path, parameters, act."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from demo.payment_sandbox import (
    disputes,
    errors,
    events,
    intents,
    lists,
    params,
    refunds,
    session_params,
    sessions,
)
from demo.payment_sandbox.nesting import Record
from demo.payment_sandbox.store import Row
from demo.payment_sandbox.world import World

type Act = Callable[[World, str, dict[str, Any]], Row]


@dataclass(frozen=True)
class Route:
    """One endpoint; ``act`` gets the identifier of the path ("" if it has none)."""

    method: str
    pattern: str
    parameters: Record
    act: Act

    def prepare(self, identifier: str, fields: dict[str, Any]) -> "Prepared":
        """The checked call; raises ApiError for the first parameter that Stripe would refuse."""
        asked = self.parameters.read(fields)
        expand = asked.pop("expand", [])
        return Prepared(lambda world: self.act(world, identifier, asked), expand)


@dataclass(frozen=True)
class Prepared:
    """A call whose parameters are checked: what to do, and what to open in the answer."""

    act: Callable[[World], Row]
    expand: list[str]


def _line_items(world: World, identifier: str, asked: dict[str, Any]) -> Row:
    url = f"/v1/checkout/sessions/{identifier}/line_items"
    rows = sessions.line_items(world, identifier)
    return lists.page(rows[::-1], asked, url=url, what="item")


_SESSIONS = "/v1/checkout/sessions"
_ID = r"/([A-Za-z0-9_]{1,255})"

ROUTES = (
    Route("POST", _SESSIONS, session_params.SESSION_CREATE, lambda w, _, p: sessions.create(w, p)),
    Route("GET", _SESSIONS, params.SESSION_LIST, lambda w, _, p: sessions.listing(w, p)),
    Route("GET", _SESSIONS + _ID, params.ONLY_EXPAND, lambda w, i, _: sessions.retrieve(w, i)),
    Route("GET", _SESSIONS + _ID + "/line_items", params.LINE_ITEM_LIST, _line_items),
    Route(
        "POST",
        _SESSIONS + _ID + "/expire",
        params.ONLY_EXPAND,
        lambda w, i, _: sessions.expire(w, i),
    ),
    Route("GET", "/v1/payment_intents", params.INTENT_LIST, lambda w, _, p: intents.listing(w, p)),
    Route(
        "GET",
        "/v1/payment_intents" + _ID,
        params.INTENT_RETRIEVE,
        lambda w, i, _: intents.retrieve(w, i),
    ),
    Route("POST", "/v1/refunds", params.REFUND_CREATE, lambda w, _, p: refunds.create(w, p)),
    Route("GET", "/v1/refunds", params.REFUND_LIST, lambda w, _, p: refunds.listing(w, p)),
    Route("GET", "/v1/refunds" + _ID, params.ONLY_EXPAND, lambda w, i, _: refunds.retrieve(w, i)),
    Route("GET", "/v1/disputes" + _ID, params.ONLY_EXPAND, lambda w, i, _: disputes.retrieve(w, i)),
    Route("GET", "/v1/events", params.EVENT_LIST, lambda w, _, p: events.listing(w, p)),
    Route("GET", "/v1/events" + _ID, params.ONLY_EXPAND, lambda w, i, _: events.retrieve(w, i)),
)


def find(method: str, path: str) -> tuple[Route, str]:
    """The route and the identifier in the path; raises Stripe's 404 for everything else."""
    for route in ROUTES:
        match = re.fullmatch(route.pattern, path)
        if match and route.method == method:
            return route, match.group(1) if match.groups() else ""
    raise errors.ApiError(
        f"Unrecognized request URL ({method}: {path[:200]}). The payment sandbox speaks only the "
        "part of Stripe's API that the shop uses; see docs/runbooks/payment_sandbox.md.",
        status=404,
    )
