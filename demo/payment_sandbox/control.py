"""The control API under /_control/: tests and chaos runs steer the sandbox with it.

It answers only to loopback (the server binds nothing else), only under a local host name, so that
no web page can reach it by DNS rebinding, and with a control secret only to who sends it.
"""

import hmac
import json
import re

from demo.payment_sandbox import controls, errors, http_types, webhooks
from demo.payment_sandbox.controls import Call, Told
from demo.payment_sandbox.http_types import Answer, Request
from demo.payment_sandbox.world import World

_LOCAL = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d+)?")


def answer(world: World, sender: webhooks.Sender, request: Request) -> Answer:
    """Do what is asked, answer in JSON; refusals look like the API's own."""
    try:
        _check_caller(world, request)
        for method, pattern, act in controls.ACTS:
            match = re.fullmatch("/_control/" + pattern, request.path)
            if match and method == request.method:
                name = match.group(1) if match.groups() else ""
                told = act(Call(world, sender, _told(request), name))
                return http_types.as_json(told)
        raise errors.ApiError(f"No such control: {request.method} {request.path}", status=404)
    except errors.ApiError as problem:
        return http_types.as_json(problem.body(log_url=""), status=problem.status)
    except (ValueError, TypeError) as problem:
        body = errors.refused(f"Cannot read the control's values: {problem}").body(log_url="")
        return http_types.as_json(body, status=400)


def _check_caller(world: World, request: Request) -> None:
    secret = world.settings.control_secret
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
