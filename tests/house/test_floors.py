"""Imports only go down: the contracts of import-linter know every app."""

import re
import tomllib

import pytest
from django.conf import settings

from tests.house import code

ROOF = {"shop"}


def _floors() -> set[str]:
    path = code.ROOT / "pyproject.toml"
    if not path.is_file():
        pytest.skip("pyproject.toml is not there yet")
    contracts = tomllib.loads(path.read_text())["tool"]["importlinter"]["contracts"]
    layers = [line for one in contracts if one["type"] == "layers" for line in one["layers"]]
    return {word for line in layers for word in re.findall(r"\w+(?:\.\w+)*", line)}


def test_every_app_stands_on_a_floor_and_every_floor_has_an_app():
    ours = {app for app in settings.INSTALLED_APPS if app in code.APPS} - ROOF
    listed = {name.split(".")[0] for name in _floors()} - ROOF

    missing = ours - listed - {"demo"}
    assert not missing, f"import-linter does not see these apps at all: {missing}"
    assert listed <= ours | {"demo"}, f"These floors are empty: {listed - ours}"


def test_every_folder_with_an_app_is_installed():
    folders = {path.parent.name for path in code.ROOT.glob("*/apps.py")}

    assert folders == set(code.APPS), "Add the app to tests/house/code.py"
    assert folders - {"demo"} <= set(settings.INSTALLED_APPS)
