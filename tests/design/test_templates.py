"""Templates: signed components, closed contexts, nothing inline, nothing formatted."""

import re

from django.template import loader

from shop.templatetags import shop_ui
from tests.design import look

INCLUDE = re.compile(r"{%\s*include\s+\"([^\"]+)\"([^%]*)%}")
# These two are the frame of the page itself and read what the context processor gives every page.
FRAME = {"components/header.html", "components/site_footer.html"}
INLINE = re.compile(
    r"\sstyle\s*=|<style\b|\son[a-z]+\s*=|javascript:|<script\b(?![^>]*\b(src=|type=\"application/))",
    re.I,
)
FORMATTING = re.compile(r"\|\s*(floatformat|intcomma|date|localize|unlocalize)\b")


def test_components_are_signed():
    for name, text in look.pages().items():
        if name.startswith("components/"):
            assert text.startswith(f"{{# {name} — "), f"{name} does not say what it takes"


def _open_includes(text: str) -> list[str]:
    return [
        name
        for name, rest in INCLUDE.findall(text)
        if name in look.pages() and name not in FRAME and not re.search(r"\bonly\s*$", rest)
    ]


def test_includes_pass_what_they_show_and_nothing_else():
    found = {name: _open_includes(text) for name, text in look.pages().items()}

    assert {name: names for name, names in found.items() if names} == {}
    assert _open_includes('{% include "components/price.html" with price=price %}')
    assert not _open_includes('{% include "components/price.html" with price=price only %}')


def test_every_include_leads_to_a_template():
    included = {name for text in look.pages().values() for name, _ in INCLUDE.findall(text)}

    for name in included:
        assert loader.get_template(name)


def test_nothing_is_written_inline_that_the_content_security_policy_forbids():
    found = [name for name, text in look.pages().items() if INLINE.search(text)]

    assert found == []
    assert INLINE.search('<p style="color:red">')
    assert INLINE.search("<script>alert(1)</script>")
    assert INLINE.search('<a onclick="go()">')
    assert not INLINE.search('<script type="module" src="/static/js/app.js"></script>')


def test_numbers_and_dates_arrive_formatted():
    # Pages of staff are few and seen by few: what formatting costs there does not matter.
    pages = {name: text for name, text in look.pages().items() if not name.startswith("admin/")}
    found = [name for name, text in pages.items() if FORMATTING.search(text)]

    assert found == []
    assert FORMATTING.search("{{ price|floatformat:2 }}")


def test_every_drawing_that_a_template_names_exists():
    named = {
        name
        for text in look.pages().values()
        for name in re.findall(r"{% icon \"([\w-]+)\" %}|icon_name=\"([\w-]+)\"", text)
        for name in name
        if name
    }

    assert named
    assert named - set(shop_ui._ICONS) == set()


def test_every_name_of_an_element_has_its_module():
    used = {tag for text in look.pages().values() for tag in re.findall(r"<(shop-[a-z]+)", text)}
    defined = {
        tag
        for script in look.scripts().values()
        for tag in re.findall(r'customElements\.define\("(shop-[a-z]+)"', script)
    }

    assert used == defined
