"""One word for one idea in what shoppers and staff read and in our own names."""

import ast
import re

from tests.house import code

# What we do not say, and what we say instead.
BANNED = {
    "basket": "cart",
    "shopping bag": "cart",
    "voucher": "coupon",
    "shipment": "fulfilment",
    "fulfillment": "fulfilment",
    "user": "customer",
    "users": "customers",
    "username": "e-mail address",
    "log in": "sign in",
    "log out": "sign out",
    "login": "sign-in",
    "color": "colour",
}
_PROSE = re.compile(rf"\b({'|'.join(map(re.escape, BANNED))})\b", re.IGNORECASE)
_NAMES = re.compile(r"(^|_)(basket|voucher|shipment|fulfillment)s?(_|$)", re.IGNORECASE)
_GETTEXT = (
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
)
_TRANSLATE = re.compile(r"{%\s*translate\s+(?:\"([^\"]*)\"|'([^']*)')")
_BLOCK = re.compile(r"{%\s*blocktranslate.*?%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)


def texts_in_code(tree: ast.Module) -> list[str]:
    """The texts of `_()` and its kin, without their contexts and the names of their numbers."""
    return [
        argument.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for argument in _spoken(code.dotted(node.func).rpartition(".")[2], node.args)
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def _spoken(function: str, arguments: list[ast.expr]) -> list[ast.expr]:
    if function not in _GETTEXT:
        return []
    first = 1 if "pgettext" in function else 0
    return arguments[
        first : first + (2 if "ngettext" in function or "npgettext" in function else 1)
    ]


def texts_in_template(text: str) -> list[str]:
    """The texts of `translate` and `blocktranslate`, without their variables and plural marks."""
    simple = [one or other for one, other in _TRANSLATE.findall(text)]
    blocks = [re.sub(r"{{.*?}}|{%.*?%}", " ", block) for block in _BLOCK.findall(text)]
    return simple + blocks


def _texts():
    for name in code.python_files():
        for text in texts_in_code(code.tree(name)):
            yield name, text
    for name in code.template_files():
        for text in texts_in_template(code.template(name)):
            yield name, text


def test_people_read_the_words_of_the_trade():
    found = [
        f"{name}: “{text}”: say {BANNED[match[1].lower()]}"
        for name, text in _texts()
        if (match := _PROSE.search(text))
    ]

    assert not found, found


def _names_in(tree: ast.Module):
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def test_the_code_speaks_the_words_of_the_trade():
    """The words of a provider stay at the provider's door."""
    found = {
        f"{name}: {word}"
        for name in code.python_files()
        if not name.startswith(("orders/gateways/", "demo/payment_sandbox/"))
        for word in _names_in(code.tree(name))
        if _NAMES.search(word)
    }

    assert not found, f"Instead of {BANNED}: {found}"


def test_the_ban_bites():
    tree = ast.parse('def ship_voucher(basket):\n    return _("Your basket"), _("Your user name")')

    assert texts_in_code(tree) == ["Your basket", "Your user name"]
    assert [word for word in _names_in(tree) if _NAMES.search(word)] == ["ship_voucher", "basket"]
    assert texts_in_template('{% translate "Log in" %}') == ["Log in"]
    assert texts_in_template("{% blocktranslate %}A {{ b }} c{% endblocktranslate %}") == ["A   c"]
    assert _PROSE.search("Please log in")
    assert not _PROSE.search("Blogging in colourful words")
