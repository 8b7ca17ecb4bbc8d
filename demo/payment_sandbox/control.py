"""The control API under /_control/: tests and chaos runs steer the sandbox with it.

It answers only to loopback (the server binds nothing else), only under a local host name, so that
no web page can reach it by DNS rebinding, and with a control secret only to who sends it.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from demo.payment_sandbox import (
    disputes,
    errors,
    forged,
    http_types,
    intents,
    paying,
    redelivery,
    refunds,
    report,
    sessions,
)
from demo.payment_sandbox.http_types import Answer, Request

if TYPE_CHECKING:
    from demo.payment_sandbox.server import Sandbox

type Told = dict[str, Any]
_LOCAL = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d+)?")


@dataclass(frozen=True)
class _Call:
    sandbox: Sandbox
    told: Told
    name: str


def answer(sandbox: Sandbox, request: Request) -> Answer:
    """Do what is asked, answer in JSON; refusals look like the API's own."""
    try:
        _check_caller(sandbox, request)
        for method, pattern, act in _ACTS:
            match = re.fullmatch("/_control/" + pattern, request.path)
            if match and method == request.method:
                name = match.group(1) if match.groups() else ""
                told = act(_Call(sandbox, _told(request), name))
                return http_types.as_json(told)
        raise errors.ApiError(f"No such control: {request.method} {request.path}", status=404)
    except errors.ApiError as problem:
        return http_types.as_json(problem.body(log_url=""), status=problem.status)
    except (ValueError, TypeError) as problem:
        body = errors.refused(f"Cannot read the control's values: {problem}").body(log_url="")
        return http_types.as_json(body, status=400)


def _check_caller(sandbox: Sandbox, request: Request) -> None:
    secret = sandbox.world.settings.control_secret
    given = request.headers.get("x-control-secret", "")
    if secret and not hmac.compare_digest(given.encode(), secret.encode()):
        raise errors.ApiError("The control secret is missing or wrong.", status=403)
    if not _LOCAL.fullmatch(request.headers.get("host", "")):
        raise errors.ApiError("Controls answer only to a local host name.", status=403)
    if request.method == "POST" and not request.headers.get("content-type", "").startswith(
        "application/json"
    ):
        raise errors.ApiError("Controls take JSON (Content-Type: application/json).", status=415)


def _told(request: Request) -> Told:
    told = json.loads(request.body or b"{}")
    if not isinstance(told, dict):
        raise ValueError("an object was expected")
    return told


def _state(call: _Call) -> Told:
    with call.sandbox.world.act():
        return report.state(call.sandbox.world, paused=call.sandbox.sender.paused)


def _report(call: _Call) -> Told:
    with call.sandbox.world.act():
        return report.money(call.sandbox.world)


def _requests(call: _Call) -> Told:
    return {"requests": list(call.sandbox.world.requests)}


def _request(call: _Call) -> Told:
    for row in list(call.sandbox.world.requests):
        if row["id"] == call.name:
            return dict(row)
    raise errors.ApiError("No such request (the last 1000 are kept).", status=404)


def _clock(call: _Call) -> Told:
    return {"now": call.sandbox.world.clock.now(), "offset": call.sandbox.world.clock.offset}


def _move_clock(call: _Call) -> Told:
    if call.told.get("reset"):
        call.sandbox.world.reset_clock()
    else:
        call.sandbox.world.advance(float(call.told.get("advance", 0)))
    call.sandbox.sender.wake()
    return _clock(call)


def _settle(call: _Call) -> Told:
    world = call.sandbox.world
    identifier, ok = str(call.told.get("payment_intent", "")), bool(call.told.get("ok", True))
    with world.act():
        if not paying.settle(world, identifier, ok=ok):
            raise errors.ApiError(f"No payment is pending for {identifier!r}.", status=404)
        return intents.retrieve(world, identifier)


def _buy(call: _Call) -> Told:
    """A buyer's choice without a browser, for load: the same act as the button's."""
    world = call.sandbox.world
    choice = str(call.told.get("choice", "pay"))
    acts: dict[str, Callable[..., None]] = {
        "pay": paying.pay_by_card,
        "decline": paying.decline,
        "pay-later": lambda w, s: paying.pay_later(w, s, will_succeed=True),
        "pay-later-fail": lambda w, s: paying.pay_later(w, s, will_succeed=False),
    }
    if choice not in acts:
        raise errors.refused(f"Invalid choice: must be one of {', '.join(acts)}")
    with world.act():
        session = sessions.retrieve(world, call.name)
        try:
            acts[choice](world, session)
        except paying.AlreadyOver as over:
            raise errors.rejected(f"The session is {session['status']}.") from over
        return session


def _refund_outcomes(call: _Call) -> Told:
    outcomes = [str(outcome) for outcome in call.told.get("next", [])]
    for outcome in outcomes:
        if outcome not in refunds.OUTCOMES:
            raise errors.refused(f"Invalid outcome: must be one of {', '.join(refunds.OUTCOMES)}")
    with call.sandbox.world.act():
        call.sandbox.world.refund_outcomes[:] = outcomes
    return {"next": outcomes}


def _settle_refund(call: _Call) -> Told:
    world = call.sandbox.world
    with world.act():
        return refunds.settle(
            world,
            call.name,
            ok=bool(call.told.get("ok", True)),
            reason=str(call.told.get("reason", "unknown")),
        )


def _dispute(call: _Call) -> Told:
    world = call.sandbox.world
    amount = call.told.get("amount")
    with world.act():
        intent = intents.retrieve(world, str(call.told.get("payment_intent", "")))
        return disputes.open_for(
            world,
            intent,
            reason=str(call.told.get("reason", "general")),
            amount=None if amount is None else int(amount),
        )


def _close_dispute(call: _Call) -> Told:
    world = call.sandbox.world
    with world.act():
        return disputes.close(world, call.name, won=bool(call.told.get("won", False)))


def _add_fault(call: _Call) -> Told:
    return call.sandbox.world.faults.add(call.told).told()


def _faults(call: _Call) -> Told:
    return {"faults": call.sandbox.world.faults.told()}


def _clear_faults(call: _Call) -> Told:
    call.sandbox.world.faults.clear()
    return {"faults": []}


def _pause(call: _Call) -> Told:
    call.sandbox.sender.pause(paused=bool(call.told.get("paused", True)))
    return {"paused": call.sandbox.sender.paused}


def _idle(call: _Call) -> Told:
    return {"idle": call.sandbox.sender.is_idle()}


def _retry(call: _Call) -> Told:
    return {"retried": call.sandbox.sender.retry()}


def _deliver(call: _Call) -> Told:
    return redelivery.deliver(call.sandbox.world, call.sandbox.sender, call.told)


def _forge(call: _Call) -> Told:
    return forged.send(call.sandbox.world, call.told)


def _reset(call: _Call) -> Told:
    world = call.sandbox.world
    with world.act():
        world.clock.reset()
        world.refund_outcomes.clear()
        world.store.clear()
    world.faults.clear()
    return {"reset": True}


_NAME = r"/([A-Za-z0-9_]{1,255})"
_ACTS: tuple[tuple[str, str, Callable[[_Call], Told]], ...] = (
    ("GET", "state", _state),
    ("GET", "report", _report),
    ("GET", "requests", _requests),
    ("GET", "requests" + _NAME, _request),
    ("GET", "clock", _clock),
    ("POST", "clock", _move_clock),
    ("POST", "settle", _settle),
    ("POST", "sessions" + _NAME, _buy),
    ("POST", "refund-outcomes", _refund_outcomes),
    ("POST", "refunds" + _NAME, _settle_refund),
    ("POST", "disputes", _dispute),
    ("POST", "disputes" + _NAME, _close_dispute),
    ("GET", "faults", _faults),
    ("POST", "faults", _add_fault),
    ("DELETE", "faults", _clear_faults),
    ("POST", "webhooks/pause", _pause),
    ("GET", "webhooks/idle", _idle),
    ("POST", "webhooks/retry", _retry),
    ("POST", "webhooks/deliver", _deliver),
    ("POST", "webhooks/forge", _forge),
    ("POST", "reset", _reset),
)
