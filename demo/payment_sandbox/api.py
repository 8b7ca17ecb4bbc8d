"""One call of the API: who asks, which version, under which key, with which fault."""

import base64
import hmac
import time
from collections.abc import Callable
from typing import Any

from demo.payment_sandbox import errors, expansion, faults, forms, http_types, idempotency, routes
from demo.payment_sandbox.http_types import Answer, Request
from demo.payment_sandbox.world import Cause, World

_FORM = "application/x-www-form-urlencoded"


def answer(world: World, request: Request) -> Answer:
    """Stripe's answer to a call under /v1/, always with Request-Id and Stripe-Version."""
    try:
        result = _answer(world, request)
    except errors.ApiError as problem:
        result = _refusal(world, request, problem)
    result.headers.setdefault("Request-Id", request.request_id)
    result.headers["Stripe-Version"] = world.settings.api_version
    result.headers["Cache-Control"] = "no-cache, no-store"
    return result


def _answer(world: World, request: Request) -> Answer:
    _check_key(world, request)
    _check_version(world, request)
    route, identifier = routes.find(request.method, request.path)
    fields = _fields(request)
    fault = world.faults.take(request.method, request.path)
    if fault and fault.kind == "close_before":
        return Answer(hang_up=True)
    if fault and fault.kind in {"429", "409"}:
        raise faults.refusal(fault.kind)
    key = request.headers.get("idempotency-key", "") if request.method == "POST" else ""
    if key:
        kept = idempotency.begin(
            world, key, method=request.method, path=request.path, fields=fields
        )
        if kept is not None:
            return _replay(kept, key)
    try:
        result = _perform(world, request, fault, key, lambda: route.prepare(identifier, fields))
    finally:
        idempotency.finish(world, key)
    if key:
        result.headers["Idempotency-Key"] = key
        result.headers["Original-Request"] = request.request_id
    if fault and fault.kind == "close_after":
        return Answer(hang_up=True)
    return result


def _perform(
    world: World,
    request: Request,
    fault: faults.Rule | None,
    key: str,
    prepare: Callable[[], routes.Prepared],
) -> Answer:
    """Check, act, keep the answer under the key: one act, so that a crash cannot part them."""
    kind = fault.kind if fault else ""
    if fault and fault.delay:
        time.sleep(fault.delay)
    with world.act(Cause(request.request_id, key or None)):
        try:
            prepared = prepare()
            if kind == "500":
                raise faults.refusal(kind)
            thing = prepared.act(world)
            result = http_types.as_json(expansion.expand(world, thing, prepared.expand))
            if kind == "500_after":
                raise faults.refusal(kind)
        except errors.ApiError as problem:
            result = _refusal(world, request, problem)
            if not problem.kept:
                return result
        idempotency.keep(
            world, key, status=result.status, body=result.body, request_id=request.request_id
        )
        return result


def _check_key(world: World, request: Request) -> None:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    key = given.strip()
    if scheme.lower() == "basic":
        try:
            key = base64.b64decode(key, validate=True).decode().partition(":")[0]
        except ValueError:
            key = ""
    elif scheme.lower() != "bearer":
        key = ""
    if not key:
        raise errors.ApiError(
            "You did not provide an API key. You need to provide your API key in the Authorization "
            "header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
            status=401,
        )
    if not hmac.compare_digest(key.encode(), world.settings.secret_key.encode()):
        raise errors.ApiError(f"Invalid API Key provided: {_masked(key)}", status=401)


def _masked(key: str) -> str:
    return key[:8] + "*" * max(0, len(key) - 12) + key[-4:] if len(key) > 16 else "*" * len(key)


def _check_version(world: World, request: Request) -> None:
    wanted = request.headers.get("stripe-version")
    if wanted and wanted != world.settings.api_version:
        raise errors.ApiError(
            f"The payment sandbox speaks only the API version {world.settings.api_version}; the "
            f"request asked for {wanted[:40]}. Pin the client to the sandbox's version.",
            code="api_version_not_in_sandbox",
        )
    for header in ("stripe-account", "stripe-context"):
        if request.headers.get(header):
            raise errors.not_here(f"The header {header.title()}")


def _fields(request: Request) -> dict[str, Any]:
    if request.method == "GET":
        return forms.decode(request.query)
    if request.query:
        raise errors.refused("Parameters of a POST belong into its body, not into the address.")
    kind = request.headers.get("content-type", _FORM).partition(";")[0].strip().lower()
    if request.body and kind != _FORM:
        raise errors.refused(
            f"Invalid request (check that your POST content type is {_FORM}). The content type "
            f"of this request was {kind[:80]}."
        )
    try:
        text = request.body.decode()
    except UnicodeDecodeError as problem:
        raise errors.refused("Invalid request: the body is not UTF-8.") from problem
    return forms.decode(text)


def _replay(kept: dict[str, Any], key: str) -> Answer:
    return Answer(
        kept["status"],
        kept["body"].encode(),
        {
            "Content-Type": "application/json",
            "Idempotent-Replayed": "true",
            "Idempotency-Key": key,
            "Original-Request": kept["request_id"],
        },
    )


def _refusal(world: World, request: Request, problem: errors.ApiError) -> Answer:
    log_url = f"{world.url}/_control/requests/{request.request_id}"
    body = problem.body(log_url=log_url)
    return http_types.as_json(body, status=problem.status, headers=problem.headers)
