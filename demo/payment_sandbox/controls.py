"""What the control API can do, one function for each path; ``control`` guards the door."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from demo.payment_sandbox import (
    disputes,
    errors,
    forged,
    intents,
    paying,
    redelivery,
    refunds,
    report,
    sessions,
    webhooks,
)
from demo.payment_sandbox.world import World

type Told = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One call: what was told in JSON, and the name in the path."""

    world: World
    sender: webhooks.Sender
    told: Told
    name: str


def _state(call: Call) -> Told:
    with call.world.act():
        return report.state(call.world, paused=call.sender.paused)


def _report(call: Call) -> Told:
    with call.world.act():
        return report.money(call.world)


def _requests(call: Call) -> Told:
    return {"requests": list(call.world.requests)}


def _request(call: Call) -> Told:
    for row in list(call.world.requests):
        if row["id"] == call.name:
            return dict(row)
    raise errors.ApiError("No such request (the last 20,000 are kept).", status=404)


def _clock(call: Call) -> Told:
    return {"now": call.world.clock.now(), "offset": call.world.clock.offset}


def _move_clock(call: Call) -> Told:
    if call.told.get("reset"):
        call.world.reset_clock()
    else:
        call.world.advance(float(call.told.get("advance", 0)))
    call.sender.wake()
    return _clock(call)


def _settle(call: Call) -> Told:
    world = call.world
    identifier, ok = str(call.told.get("payment_intent", "")), bool(call.told.get("ok", True))
    with world.act():
        if "session" in call.told:
            session = sessions.retrieve(world, str(call.told["session"]))
            identifier = session["payment_intent"] or ""
        if not paying.settle(world, identifier, ok=ok):
            raise errors.ApiError(f"No payment is pending for {identifier!r}.", status=404)
        return intents.retrieve(world, identifier)


def _buy(call: Call) -> Told:
    """A buyer's choice without a browser, for load: the same act as the button's."""
    world = call.world
    choice = str(call.told.get("choice", "pay"))
    acts: dict[str, Callable[..., None]] = {
        "pay": paying.pay_by_card,
        "decline": lambda w, s: paying.decline(w, s, card=str(call.told.get("card", ""))),
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


def _refund_outcomes(call: Call) -> Told:
    outcomes = [str(outcome) for outcome in call.told.get("next", [])]
    for outcome in outcomes:
        if outcome not in refunds.OUTCOMES:
            raise errors.refused(f"Invalid outcome: must be one of {', '.join(refunds.OUTCOMES)}")
    with call.world.act():
        call.world.refund_outcomes[:] = outcomes
    return {"next": outcomes}


def _settle_refund(call: Call) -> Told:
    world = call.world
    with world.act():
        return refunds.settle(
            world,
            call.name,
            ok=bool(call.told.get("ok", True)),
            reason=str(call.told.get("reason", "unknown")),
        )


def _dispute(call: Call) -> Told:
    world = call.world
    amount = call.told.get("amount")
    with world.act():
        intent = intents.retrieve(world, str(call.told.get("payment_intent", "")))
        return disputes.open_for(
            world,
            intent,
            reason=str(call.told.get("reason", "general")),
            amount=None if amount is None else int(amount),
        )


def _close_dispute(call: Call) -> Told:
    world = call.world
    with world.act():
        if call.told.get("answered"):
            return disputes.answer(world, call.name)
        return disputes.close(world, call.name, won=bool(call.told.get("won", False)))


def _add_fault(call: Call) -> Told:
    return call.world.faults.add(call.told).told()


def _faults(call: Call) -> Told:
    return {"faults": call.world.faults.told()}


def _clear_faults(call: Call) -> Told:
    call.world.faults.clear()
    return {"faults": []}


def _pause(call: Call) -> Told:
    call.sender.pause(paused=bool(call.told.get("paused", True)))
    return {"paused": call.sender.paused}


def _idle(call: Call) -> Told:
    return {"idle": call.sender.is_idle()}


def _retry(call: Call) -> Told:
    return {"retried": call.sender.retry()}


def _deliver(call: Call) -> Told:
    return redelivery.deliver(call.world, call.sender, call.told)


def _forge(call: Call) -> Told:
    return forged.send(call.world, call.told)


def _reset(call: Call) -> Told:
    world = call.world
    with world.act():
        world.clock.reset()
        world.refund_outcomes.clear()
        world.store.clear()
    world.faults.clear()
    return {"reset": True}


_NAME = r"/([A-Za-z0-9_]{1,255})"
ACTS: tuple[tuple[str, str, Callable[[Call], Told]], ...] = (
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
