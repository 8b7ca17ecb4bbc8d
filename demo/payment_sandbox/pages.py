"""The hosted page under /c/pay/: what the buyer may do, and where each choice leads."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from demo.payment_sandbox import http_types, markup, paying, texts
from demo.payment_sandbox.http_types import Answer, Request
from demo.payment_sandbox.store import Row
from demo.payment_sandbox.world import Cause, World

_PAGE = re.compile(r"/c/pay/([A-Za-z0-9_]{1,255})(/3ds)?")
_CSS = Path(__file__).with_name("style.css").read_bytes()


def answer(world: World, request: Request) -> Answer:
    """Style sheet, hosted page, 3-D Secure page, or a 404 page."""
    if request.path == "/c/style.css":
        headers = {"Content-Type": "text/css; charset=utf-8", "Cache-Control": "max-age=60"}
        return Answer(200, _CSS, headers)
    if request.path == "/favicon.ico":
        return Answer(204)  # browsers ask for it; a 404 would look like a fault in their console
    match = _PAGE.fullmatch(request.path)
    accepted = request.headers.get("accept-language", "")
    if request.method not in {"GET", "POST"}:
        return Answer(405, b"", {"Allow": "GET, HEAD, POST"})
    with world.act(Cause(request.request_id)):
        session = world.store.get("session", match.group(1)) if match else None
        language = texts.language_of(session, accepted)
        if match is None or session is None:
            return _html(markup.message(world, None, language, "missing"), None, status=404)
        if request.method == "POST":
            return _choose(world, session, request)
        return _show(world, session, language, is_challenge=bool(match.group(2)))


def _show(world: World, session: Row, language: str, *, is_challenge: bool) -> Answer:
    if session["status"] == "expired":
        return _html(markup.message(world, session, language, "expired"), session, status=410)
    if session["status"] == "complete":
        return _html(markup.message(world, session, language, "done"), session)
    checkout = world.store.get("checkout", session["id"]) or {}
    if is_challenge:
        if not _is_challenged(world, session):
            return http_types.redirect(_address(world, session))
        return _html(markup.challenge(world, session, language), session)
    return _html(markup.payment(world, session, checkout, language), session)


def _choose(world: World, session: Row, request: Request) -> Answer:
    """Do what the pressed button says; a session that is over only leads on."""
    choice = parse_qs(request.body.decode(errors="replace")).get("choice", [""])[0]
    act = _ACTS.get(choice)
    if choice == "abandon" and session["cancel_url"]:
        return http_types.redirect(session["cancel_url"])
    if act is None:
        return http_types.redirect(_address(world, session))
    checkout = world.store.get("checkout", session["id"]) or {}
    checkout["notice"] = None
    try:
        place = act(world, session, checkout)
    except paying.AlreadyOver:
        place = ""
    world.store.put("checkout", session["id"], checkout)
    if session["status"] == "complete":
        return http_types.redirect(success_address(session))
    return http_types.redirect(_address(world, session) + place)


def success_address(session: Row) -> str:
    """Where the buyer goes after paying, with the session's id filled in."""
    address: str = session["success_url"]
    return address.replace("{CHECKOUT_SESSION_ID}", session["id"])


def _pay(world: World, session: Row, _checkout: Row) -> str:
    asked = session["payment_method_options"].get("card", {}).get("request_three_d_secure")
    if asked in {"any", "challenge"} and session["amount_total"] > 0:
        paying.challenge(world, session)
        return "/3ds"
    paying.pay_by_card(world, session)
    return ""


def _challenge(world: World, session: Row, _checkout: Row) -> str:
    paying.challenge(world, session)
    return "/3ds"


def _confirm(world: World, session: Row, _checkout: Row) -> str:
    if session["status"] != "open" or _is_challenged(world, session):
        paying.pay_by_card(world, session, three_d_secure=True)
    return ""


def _refuse(world: World, session: Row, checkout: Row) -> str:
    if session["status"] != "open" or _is_challenged(world, session):
        paying.refuse_challenge(world, session)
        checkout["notice"] = "refused"
    return ""


def _decline(world: World, session: Row, checkout: Row) -> str:
    paying.decline(world, session)
    checkout["notice"] = "declined"
    return ""


def _later(world: World, session: Row, _checkout: Row) -> str:
    return _pay_later(world, session, will_succeed=True)


def _later_fail(world: World, session: Row, _checkout: Row) -> str:
    return _pay_later(world, session, will_succeed=False)


def _pay_later(world: World, session: Row, *, will_succeed: bool) -> str:
    if "sepa_debit" in session["payment_method_types"] and session["amount_total"] > 0:
        paying.pay_later(world, session, will_succeed=will_succeed)
    return ""


_ACTS: dict[str, Callable[[World, Row, Row], str]] = {
    "pay": _pay,
    "three-d-secure": _challenge,
    "confirm": _confirm,
    "refuse": _refuse,
    "decline": _decline,
    "pay-later": _later,
    "pay-later-fail": _later_fail,
}


def _is_challenged(world: World, session: Row) -> bool:
    intent = world.store.get("intent", session["payment_intent"] or "")
    return intent is not None and intent["status"] == "requires_action"


def _address(world: World, session: Row) -> str:
    return f"{world.url}/c/pay/{session['id']}"


def _html(page: str, session: Row | None, *, status: int = 200) -> Answer:
    targets = {"'self'"}
    for name in ("success_url", "cancel_url"):
        if session and session[name]:
            targets.add("{0.scheme}://{0.netloc}".format(urlsplit(session[name])))
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        f"frame-ancestors 'none'; form-action {' '.join(sorted(targets))}"
    )
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex",
    }
    return Answer(status, page.encode(), headers)
