"""The look as its tests see it: style sheets, scripts and templates as text."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static" / "css"
JS = ROOT / "static" / "js"
TEMPLATES = ROOT / "templates"


def sheets() -> dict[str, str]:
    """Our style sheets without comments, by their names below static/css."""
    return {
        path.relative_to(CSS).as_posix(): re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
        for path in sorted(CSS.rglob("*.css"))
    }


def scripts() -> dict[str, str]:
    return {path.relative_to(JS).as_posix(): path.read_text() for path in sorted(JS.rglob("*.js"))}


def pages() -> dict[str, str]:
    """The HTML templates of the shop; mails have rules of their own."""
    return {
        name: path.read_text()
        for path in sorted(TEMPLATES.rglob("*.html"))
        if not (name := path.relative_to(TEMPLATES).as_posix()).startswith("emails/")
        and name != "base_email.html"
    }
