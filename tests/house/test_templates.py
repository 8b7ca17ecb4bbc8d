"""Pages are made of components that say what they take."""

import ast
import re
from pathlib import Path

from django.template import engines

from tests.house import code

# The frame of every page: these read the context processor's values.
FRAME = {"components/header.html", "components/site_footer.html"}
# Django looks for these by name when something goes wrong.
KNOWN_TO_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "410.html", "500.html"}
_INCLUDE = re.compile(r"{%\s*include\s+(?P<what>\S+)(?P<rest>.*?)%}")
_QUOTED = re.compile(r"""["']([\w./-]+?)(?:#\w+)?["']""")


def _components() -> list[str]:
    return [name for name in code.template_files() if name.startswith("components/")]


def _has_signature(name: str, text: str) -> bool:
    return bool(re.match(rf"{{# {re.escape(name)}(:| —|, | with )", text))


def test_components_begin_with_their_signature():
    silent = [name for name in _components() if not _has_signature(name, code.template(name))]

    silent = [name for name in silent if name not in FRAME]
    assert not silent, f"First line: {{# components/<name>.html — what it takes #}}: {silent}"
    assert not _has_signature("components/price.html", "<p>{{ price }}</p>")
    assert _has_signature("components/price.html", "{# components/price.html — gross: str #}")


def _open_includes(text: str) -> list[str]:
    """Components that are included with the whole context, although they name what they take."""
    return [
        found["what"]
        for found in _INCLUDE.finditer(text)
        if found["what"].strip("\"'").startswith("components/")
        and not re.search(r"\sonly\s*$", found["rest"])
    ]


def test_components_get_what_they_name_and_no_more():
    found = {
        name: [one for one in _open_includes(code.template(name)) if one.strip("\"'") not in FRAME]
        for name in code.template_files()
    }

    found = {name: includes for name, includes in found.items() if includes}
    assert not found, f"Include with `only`: {found}"
    assert _open_includes('{% include "components/price.html" with price=price %}')
    assert not _open_includes('{% include "components/price.html" with price=price only %}')


def _words_of_code() -> set[str]:
    """Every text constant of our Python files; of f-strings the parts that are fixed."""
    found: set[str] = set()
    for name in code.python_files():
        for node in ast.walk(code.tree(name)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value.partition("#")[0])
    return found


def _words_of_templates() -> set[str]:
    return {word for name in code.template_files() for word in _QUOTED.findall(code.template(name))}


def _patterns_of_code() -> list[re.Pattern[str]]:
    """f-strings that name a folder, as patterns: `f"legal/{version}/{page}.html"`."""
    strings = (
        node
        for name in code.python_files()
        for node in ast.walk(code.tree(name))
        if isinstance(node, ast.JoinedStr)
    )
    return [
        re.compile("".join(_pattern(part) for part in string.values))
        for string in strings
        if any(re.search(r"\w\w/", _pattern(part)) for part in string.values)
    ]


def _pattern(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w./-]+"


def _is_override(name: str) -> bool:
    """Does a package bring a template of this name, which ours takes the place of?"""
    ours = code.ROOT / "templates"
    loaders = engines["django"].engine.template_loaders
    folders = [Path(folder) for loader in _flat(loaders) for folder in loader.get_dirs()]
    return any((folder / name).is_file() for folder in folders if folder != ours)


def _flat(loaders):
    for loader in loaders:
        yield from _flat(loader.loaders) if hasattr(loader, "loaders") else [loader]


def _mail(name: str) -> str:
    """`emails/orders/shipped.subject.txt` is asked for as `orders/shipped`."""
    found = re.fullmatch(r"emails/(\w+/\w+)\.(subject\.txt|txt|html)", name)
    return found[1] if found else ""


def test_no_template_is_dead():
    """Each is rendered, included, extended, or takes the place of a package's template."""
    words = _words_of_code() | _words_of_templates() | KNOWN_TO_DJANGO
    patterns = _patterns_of_code()
    dead = [
        name
        for name in code.template_files()
        if not {name, _mail(name)} & words
        and not any(one.fullmatch(name) or one.fullmatch(_mail(name)) for one in patterns)
        and not _is_override(name)
    ]

    assert not dead, f"Nobody renders these: {dead}"
    assert "nowhere/nothing.html" not in words
    assert not any(one.fullmatch("nowhere/nothing.html") for one in patterns)
    assert _is_override("account/login.html")


def test_every_template_that_is_asked_for_exists():
    asked = {
        match
        for name in code.template_files()
        for match in re.findall(
            r"{%\s*(?:include|extends)\s+[\"']([\w./-]+?)(?:#\w+)?[\"']", code.template(name)
        )
    }
    missing = {name for name in asked if name not in code.template_files()}

    missing = {name for name in missing if not _is_override(name)}
    assert asked
    assert not missing, f"These templates do not exist: {missing}"
