"""What must not be written, with the few places where it may."""

import ast
import re

from tests.house import code

MARKED_SAFE = {
    "catalog/cards.py": "cards that our own template rendered and escaped",
    "shop/kit/pages.py": "pieces that were safe before blanks were taken out of them",
    "shop/templatetags/shop_ui.py": "icons drawn in that very file",
}
CSRF_EXEMPT = {
    "orders/webhooks.py": "signed by the payment provider instead",
    "support/webhooks.py": "signed by the mail service instead",
    "orders/views/withdrawals.py": "a declaration must not be lost; nothing of a session is used",
    "inventory/views/alerts.py": "ending a mail by one click (RFC 8058): the token is the proof",
}
HTTP_CLIENTS = {
    "orders/gateways/stripe.py": "the one door to the payment provider",
    "shop/alive.py": "the container asks its own web server whether it lives",
    "catalog/imports/fetching.py": "images of an import: public addresses only, with limits",
}
CLOCK = {
    "shop/kit/clock.py": "the one place that reads the clock",
    "shop/alive.py": "runs without Django and compares the age of a file",
}
_CLIENTS = {"aiohttp", "http.client", "httpx", "requests", "stripe", "urllib.request", "urllib3"}
_CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "timezone.now",
    "timezone.localdate",
    "time.time",
}


def marks_safe(name, tree):
    if name in MARKED_SAFE:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "mark_safe":
            yield f"{name}:{node.lineno}: use format_html, which escapes"


def test_nothing_is_marked_as_safe():
    assert code.findings(marks_safe) == []
    assert code.seeded(marks_safe, "mark_safe(text)")
    assert not code.seeded(marks_safe, "mark_safe(text)", "shop/templatetags/shop_ui.py")


def _switches_escaping_off(text: str) -> bool:
    return bool(re.search(r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off", text))


def test_no_template_switches_escaping_off():
    """Text mails and subjects are no HTML; there, and only there, escaping is wrong."""
    found = [
        name
        for name in code.template_files()
        if not name.endswith(".txt") and _switches_escaping_off(code.template(name))
    ]

    assert not found
    assert _switches_escaping_off("{{ text | safe }}")
    assert _switches_escaping_off("{% autoescape off %}")
    assert not _switches_escaping_off("{{ text|safely }}")


def is_csrf_exempt(name, tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "csrf_exempt" and name not in CSRF_EXEMPT:
            yield f"{name}:{node.lineno}: no form of ours goes without its token"


def test_only_the_webhook_goes_without_a_token():
    assert code.findings(is_csrf_exempt) == []
    assert code.seeded(is_csrf_exempt, "@csrf_exempt\ndef view(request): ...")


def spreads_a_request(name, tree):
    """`filter(**request.GET)` lets visitors choose the arguments (CVE-2025-64459)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                target = (
                    keyword.value.func if isinstance(keyword.value, ast.Call) else keyword.value
                )
                if keyword.arg is None and code.dotted(target).startswith("request."):
                    yield f"{name}:{node.lineno}: name the arguments"


def test_no_request_is_spread_into_a_call():
    assert code.findings(spreads_a_request) == []
    assert len(code.seeded(spreads_a_request, "f(**request.GET)\nf(**request.POST.dict())")) == 2
    assert not code.seeded(spreads_a_request, "f(**form.cleaned_data)")


def talks_to_the_world(name, tree):
    if name in HTTP_CLIENTS or name.startswith("demo/"):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules = {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules = {node.module or ""} | {f"{node.module}.{one.name}" for one in node.names}
        else:
            continue
        for module in sorted(modules):
            if any(module == client or module.startswith(f"{client}.") for client in _CLIENTS):
                yield f"{name}:{node.lineno}: {module}: calls go through orders.payments"


def test_only_the_payment_gateway_talks_to_the_world():
    assert code.findings(talks_to_the_world) == []
    assert code.seeded(talks_to_the_world, "import requests")
    assert code.seeded(talks_to_the_world, "from urllib import request")
    assert code.seeded(talks_to_the_world, "import stripe", "orders/payments.py")
    assert not code.seeded(talks_to_the_world, "import stripe", "orders/gateways/stripe.py")
    assert not code.seeded(talks_to_the_world, "from urllib.parse import urlsplit")


def reads_the_clock(name, tree):
    if name in CLOCK or name.startswith("demo/"):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ".".join(code.dotted(node.func).split(".")[-2:])
            if called == "timezone.localdate" and node.args:
                continue  # It turns a given moment into a day.
            if called in _CLOCKS:
                yield f"{name}:{node.lineno}: {called}(): take `moment`, or clock.now() in a leaf"


def test_only_the_kit_reads_the_clock():
    assert code.findings(reads_the_clock) == []
    assert code.seeded(reads_the_clock, "datetime.datetime.now(datetime.UTC)")
    assert code.seeded(reads_the_clock, "timezone.now()")
    assert code.seeded(reads_the_clock, "timezone.localdate()")
    assert not code.seeded(reads_the_clock, "timezone.localdate(moment)")
    assert not code.seeded(reads_the_clock, "clock.now()")


def asks_the_clock_in_the_domain(name, tree):
    """`clock.now()` belongs to leaves and tasks; rules are told the moment."""
    leaf = re.compile(r"(^demo/|^shop/|/(views|admin|jobs|tasks|webhooks)(\.py|/)|/management/)")
    if leaf.search(name):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and code.dotted(node.func) == "clock.now":
            yield f"{name}:{node.lineno}: take `moment` as an argument"


def test_rules_are_told_the_moment():
    assert code.findings(asks_the_clock_in_the_domain) == []
    assert code.seeded(asks_the_clock_in_the_domain, "clock.now()", "checkout/placing.py")
    assert not code.seeded(asks_the_clock_in_the_domain, "clock.now()", "orders/views.py")


def pays_without_a_key(name, tree):
    """A repeated call without an idempotency key charges or refunds twice."""
    if not name.startswith("orders/gateways/"):
        return
    for node in ast.walk(tree):
        called = code.dotted(node.func) if isinstance(node, ast.Call) else ""
        if called.endswith((".create", ".expire")) and "idempotency_key" not in ast.unparse(node):
            yield f"{name}:{node.lineno}: {called} has no idempotency_key"


def test_every_call_that_moves_money_has_a_key():
    path = "orders/gateways/stripe.py"

    assert code.findings(pays_without_a_key) == []
    assert code.seeded(pays_without_a_key, "client.v1.refunds.create(params)", path)
    assert not code.seeded(
        pays_without_a_key, "client.refunds.create(p, {'idempotency_key': key})", path
    )
