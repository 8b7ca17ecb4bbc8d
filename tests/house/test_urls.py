"""Addresses: every name leads somewhere, and somebody follows it."""

import ast
import re

from django.urls import URLPattern, URLResolver, get_resolver

from tests.house import code

# Followed from outside our code, with by whom.
FOLLOWED_FROM_OUTSIDE = {
    "entrance": "whoever types the address",
    "healthz": "the container's health check",
    "readyz": "the load balancer",
    "robots": "crawlers",
    "stripe_webhook": "the payment provider",
    "mail_webhook": "the mail service",
    "carrier_webhook": "carriers",
    "sitemap": "crawlers",
    "security_txt": "whoever found a hole",
    "change_password": "password managers",
}
# Packages reverse their own names.
FOREIGN = re.compile(r"(admin:|account_|mfa_)")
_IN_TEMPLATES = re.compile(r"{%\s*url\s+[\"']([\w:.-]+)[\"']")
_REVERSING = ("redirect", "reverse", "reverse_lazy", "resolve_url")


def _names(resolver: URLResolver, namespace: str = "") -> set[str]:
    found: set[str] = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern) and entry.name:
            found.add(f"{namespace}{entry.name}")
        elif isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            found |= _names(entry, inner)
    return found


def _reversed_in_code() -> set[str]:
    found: set[str] = set()
    for name in code.python_files():
        for node in ast.walk(code.tree(name)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            first = node.args[0]
            called = code.dotted(node.func).rpartition(".")[2]
            if called in _REVERSING and isinstance(first, ast.Constant):
                found.add(str(first.value))
    return found


def _reversed_in_templates() -> set[str]:
    return {found for text in code.template_sources() for found in _IN_TEMPLATES.findall(text)}


def test_every_name_that_is_reversed_exists():
    asked = {
        name
        for name in _reversed_in_code() | _reversed_in_templates()
        if not name.startswith(("/", "http", "admin:"))
    }

    missing = asked - _names(get_resolver())
    assert asked
    assert not missing, f"NoReverseMatch waits for these: {missing}"


def test_every_name_of_ours_is_followed_by_somebody():
    ours = {name for name in _names(get_resolver()) if not FOREIGN.match(name)}
    words = {
        node.value
        for name in code.python_files()
        if not name.endswith("urls.py")
        for node in ast.walk(code.tree(name))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    lost = ours - words - _reversed_in_templates() - set(FOLLOWED_FROM_OUTSIDE)
    assert not lost, f"No link leads there; list it in FOLLOWED_FROM_OUTSIDE or drop it: {lost}"
    assert set(FOLLOWED_FROM_OUTSIDE) <= ours, "The list names addresses that are gone."
