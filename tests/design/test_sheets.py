"""The style sheets: layers, parts, weight, and the one file that the browser gets."""

import gzip
import re

import pytest
from django.contrib.staticfiles.finders import get_finder
from django.core.files.storage import FileSystemStorage
from django.test import override_settings

from shop import staticfiles
from tests.design import look

MAX_CSS, MAX_JS, MAX_ELEMENT = 20_000, 10_000, 80
IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')
LAYER_OF_FOLDER = {"components": "components", "pages": "pages"}
PHYSICAL = re.compile(
    r"(?<![\w-])(margin|padding|border|inset)-(left|right|top|bottom)(?![\w-])"
    r"|(?<![\w-])(min-|max-)?(width|height)\s*:(?![^{}]*\{)"
    r"|^\s*(left|right|top|bottom)\s*:",
    re.M,
)


def _rules(sheet: str) -> str:
    """A sheet without the conditions of its media and container queries."""
    return re.sub(r"@(media|container)[^{]*\{", "", sheet)


def test_the_list_of_parts_names_every_file_once_in_its_layer():
    sheets = look.sheets()
    imports = IMPORT.findall(sheets["main.css"])
    names = [name for name, _ in imports]

    assert sorted(names) == sorted(set(sheets) - {"main.css"})
    for name, layer in imports:
        folder = name.split("/")[0]
        assert LAYER_OF_FOLDER.get(folder, layer) == layer, name


def test_no_rule_forces_its_way():
    for name, sheet in look.sheets().items():
        assert "!important" not in sheet, name
        selectors = re.findall(r"([^{};]+)\{", re.sub(r"url\([^)]*\)", "", sheet))
        ids = [one.strip() for one in selectors if re.search(r"#[a-zA-Z]", one)]
        assert not ids, f"{name}: {ids}"


def test_sides_are_named_by_the_direction_of_writing():
    found = {name: PHYSICAL.findall(_rules(sheet)) for name, sheet in look.sheets().items()}

    assert {name: sides for name, sides in found.items() if sides} == {}
    assert PHYSICAL.search("a{margin-left: 0}")
    assert PHYSICAL.search("a{max-width: 3rem}")
    assert not PHYSICAL.search("a{max-inline-size: 3rem; stroke-width: 2}")


def test_elements_are_short_and_each_defines_itself():
    for name, script in look.scripts().items():
        assert script.count("\n") <= MAX_ELEMENT, name
        if name.startswith("elements/"):
            assert script.count("customElements.define(") == 1, name
        assert not re.search(r"https?://|innerHTML|\beval\(|document\.write", script), name


def test_all_scripts_together_are_light():
    weight = sum(len(gzip.compress(text.encode(), 9)) for text in look.scripts().values())

    assert weight <= MAX_JS, f"{weight} bytes"


class _Source(FileSystemStorage):
    """A folder of parts, as the finder of static files sees one."""


def _paths(folder) -> dict:
    storage = _Source(location=folder)
    return {
        path.relative_to(folder).as_posix(): (storage, path.relative_to(folder).as_posix())
        for path in folder.rglob("*")
        if path.is_file()
    }


def _collected(tmp_path, paths) -> staticfiles.BundledStaticFilesStorage:
    storage = staticfiles.BundledStaticFilesStorage(location=tmp_path / "static", base_url="/s/")
    for name, (source, path) in paths.items():
        with source.open(path) as file:
            storage._save(name, file)
    with override_settings(DEBUG=False):
        for _name, _hashed, problem in storage.post_process(paths):
            assert not isinstance(problem, Exception), problem
    return storage


def _own_files() -> dict:
    finder = get_finder("django.contrib.staticfiles.finders.FileSystemFinder")
    return {path: (storage, path) for path, storage in finder.list([])}


def test_collectstatic_makes_one_light_stylesheet(tmp_path):
    storage = _collected(tmp_path, _own_files())

    with storage.open(storage.hashed_files["css/main.css"]) as file:
        sheet = file.read().decode()
    assert "@import" not in sheet
    assert sheet.startswith("@layer reset, base, layout, components, pages, utilities;")
    assert sheet.count("{") == sheet.count("}")
    for part in (".price__amount", ".hero__title", "--accent:", ".visually-hidden"):
        assert part in sheet
    assert len(gzip.compress(sheet.encode(), 9)) <= MAX_CSS


def test_modules_ask_for_each_other_by_their_hashed_names(tmp_path):
    storage = _collected(tmp_path, _own_files())

    with storage.open(storage.hashed_files["js/app.js"]) as file:
        script = file.read().decode()
    imports = re.findall(r'import\("([^"]+)"\)', script)
    assert len(imports) == sum(name.startswith("elements/") for name in look.scripts())
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", name) for name in imports)


@pytest.mark.parametrize(
    ("part", "problem"),
    [
        (None, "does not exist"),
        ("a{background:url(../img/wall.png)}", "names another file"),
        ('@import "more.css";', "names another file"),
    ],
)
def test_a_part_that_cannot_be_bundled_stops_the_release(tmp_path, part, problem):
    folder = tmp_path / "source" / "css"
    folder.mkdir(parents=True)
    (folder / "main.css").write_text('@import url("part.css") layer(base);')
    if part:
        (folder / "part.css").write_text(part)

    with pytest.raises(ValueError, match=problem):
        _collected(tmp_path, _paths(tmp_path / "source"))


def test_a_drawing_inside_a_part_is_no_other_file(tmp_path):
    folder = tmp_path / "source" / "css"
    folder.mkdir(parents=True)
    (folder / "main.css").write_text('@import url("part.css") layer(base);')
    (folder / "part.css").write_text('a{mask:url("data:image/svg+xml,%3Csvg/%3E")}')

    storage = _collected(tmp_path, _paths(tmp_path / "source"))

    with storage.open("css/main.css") as file:
        assert file.read().decode().startswith("@layer base{a{mask:url(")
