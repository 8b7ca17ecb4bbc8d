"""Our own code as the house tests see it: files, syntax trees, templates, apps.

Rules in this folder are functions over source text that return findings in words. Each is run over
the whole house, and over a few seeded lines that it must find.
"""

import ast
import functools
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "accounts",
    "catalog",
    "checkout",
    "content",
    "demo",
    "discovery",
    "insights",
    "inventory",
    "loyalty",
    "orders",
    "reviews",
    "shop",
    "support",
)

type Rule = Callable[[str, ast.Module], Iterator[str]]


@functools.cache
def python_files(*, migrations: bool = False) -> tuple[str, ...]:
    """Paths of our Python files, relative to the root; tests are not among them."""
    found = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    names = sorted(path.relative_to(ROOT).as_posix() for path in found)
    return tuple(name for name in names if ("/migrations/" in name) == migrations)


@functools.cache
def template_files() -> tuple[str, ...]:
    """Names of our templates, as `render` takes them."""
    folder = ROOT / "templates"
    return tuple(
        sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    )


@functools.cache
def source(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@functools.cache
def tree(name: str) -> ast.Module:
    return ast.parse(source(name), name)


def template(name: str) -> str:
    return source(f"templates/{name}")


@functools.cache
def template_sources() -> tuple[str, ...]:
    """The text of every template of ours, those that an app keeps in its own folder included."""
    folders = [ROOT / "templates", *(ROOT / app / "templates" for app in APPS)]
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return tuple(path.read_text(encoding="utf-8") for path in files)


def findings(rule: Rule) -> list[str]:
    """What `rule` finds in all of our Python files."""
    return [finding for name in python_files() for finding in rule(name, tree(name))]


def seeded(rule: Rule, lines: str, name: str = "orders/somewhere.py") -> list[str]:
    """What `rule` finds in `lines`, as if they stood in the file `name`."""
    return list(rule(name, ast.parse(lines)))


def functions(module: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function's body; signature and docstring explain and are not counted."""
    first = node.body[0]
    is_documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    start = first.end_lineno if is_documented else first.lineno - 1
    return (node.end_lineno or node.lineno) - (start or node.lineno)


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a chain of names, else an empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""
