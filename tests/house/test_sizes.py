"""Small things can be read: how long files, functions, views and templates may be."""

import ast
import math
import re
import statistics

from tests.house import code

MAX_FILE, MAX_FUNCTION, MAX_VIEW, MAX_TEMPLATE, MAX_KIT, MAX_APP = 400, 50, 15, 100, 10, 25
# These start PostgreSQL and Valkey: services in the sense of an operating system.
NAMED_BY_THE_TRADE = {"demo/services.py"}
JUNK = re.compile(r"(^|/)(services|helpers|utils|common|misc|managers)(\.py|/)")
# Views that are longer than 15 lines, with the reason. At most 5 % of all views.
LONG_VIEWS: dict[str, str] = {
    "catalog/views.py:product": "stock, prices, reviews and recommendations meet on this page",
}


def _routed() -> set[str]:
    """The names of the functions that some urls.py leads to."""
    return {
        node.args[1].attr
        for name in code.python_files()
        if name.endswith("/urls.py")
        for node in ast.walk(code.tree(name))
        if isinstance(node, ast.Call)
        and len(node.args) > 1
        and isinstance(node.args[1], ast.Attribute)
    }


def _views():
    routed = _routed()
    for name in code.python_files():
        if re.search(r"/(views|webhooks)\w*(\.py|/)", name):
            for function in code.functions(code.tree(name)):
                if function.name in routed:
                    yield f"{name}:{function.name}", code.length(function)


def test_views_are_short():
    long = {view: lines for view, lines in _views() if lines > MAX_VIEW and view not in LONG_VIEWS}

    assert not long, f"Load, validate, one act, answer; move the rest into a module: {long}"


def test_the_list_of_long_views_is_short_and_true():
    views = dict(_views())
    stale = [view for view in LONG_VIEWS if views.get(view, 0) <= MAX_VIEW]

    assert not stale, f"These are short or gone, take them off the list: {stale}"
    assert len(LONG_VIEWS) <= math.ceil(0.05 * len(views))


def test_files_are_short():
    lengths = {name: code.source(name).count("\n") for name in code.python_files()}
    long = {name: lines for name, lines in lengths.items() if lines > MAX_FILE}

    assert not long, f"Split by what the parts are about: {long}"
    median = statistics.median(lines for lines in lengths.values() if lines)
    assert median <= 100, f"The median file has {median} lines."


def test_functions_are_short():
    long = {
        f"{name}:{function.name}": code.length(function)
        for name in code.python_files()
        for function in code.functions(code.tree(name))
        if code.length(function) > MAX_FUNCTION
    }

    assert not long, f"Give the steps names: {long}"


def test_templates_are_short():
    lengths = {name: code.template(name).count("\n") for name in code.template_files()}
    long = {name: lines for name, lines in lengths.items() if lines > MAX_TEMPLATE}

    assert not long, f"Move parts into components: {long}"


def test_no_file_is_a_junk_drawer():
    files = set(code.python_files()) - NAMED_BY_THE_TRADE
    junk = sorted(name for name in files if JUNK.search(name))

    assert not junk, f"Name files by what they are about: {junk}"


def test_the_kit_and_the_apps_stay_small():
    kit = [name for name in code.python_files() if re.match(r"shop/kit/[^_]\w*\.py$", name)]
    sizes = {app: len(_modules_of(app)) for app in code.APPS if app not in ("demo", "shop")}
    crowded = {app: size for app, size in sizes.items() if size > MAX_APP}

    assert len(kit) <= MAX_KIT, f"The kit becomes a junk drawer: {kit}"
    assert not crowded, f"Split the app before adding to it: {crowded}"


def _modules_of(app: str) -> set[str]:
    """The loose modules of an app: what belongs to one concern lies in a package of its own."""
    names = {
        name.split("/")[1].removesuffix(".py")
        for name in code.python_files()
        if name.startswith(f"{app}/") and name.count("/") == 1
    }
    return names - {"__init__", "apps", "urls", "admin"}


def test_the_measures_measure():
    tree = ast.parse('def view(request):\n    """Doc.\n\n    More.\n    """\n    return 1\n')

    assert [code.length(function) for function in code.functions(tree)] == [1]
    assert JUNK.search("orders/utils.py")
    assert JUNK.search("orders/services/paying.py")
    assert not JUNK.search("demo/services_up.py")
