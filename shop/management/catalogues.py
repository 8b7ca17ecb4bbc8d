"""Message catalogues from `.po` to `.mo`, by Babel: gettext's own programs are not needed."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages import mofile, pofile


class BrokenCatalogue(Exception):
    """A translation that would fail on a page; the message names file, line and reason."""


def compile_below(root: Path) -> list[Path]:
    """Write the `.mo` beside every `locale/*/LC_MESSAGES/*.po` of the project below `root`.

    Returns the files that changed. Raises `BrokenCatalogue`.
    """
    return [target for source in _sources(root) if (target := _compile(source))]


def _sources(root: Path) -> Iterator[Path]:
    folders = [root, *(folder for folder in root.iterdir() if not folder.name.startswith("."))]
    for folder in folders:
        yield from sorted((folder / "locale").rglob("LC_MESSAGES/*.po"))


def _compile(source: Path) -> Path | None:
    locale = source.parent.parent.name
    with source.open("rb") as file:
        try:
            catalogue = pofile.read_po(file, locale=locale, abort_invalid=True)
        except pofile.PoFileError as problem:
            raise BrokenCatalogue(f"{source}: {problem}") from problem
    for message, problems in catalogue.check():
        raise BrokenCatalogue(f"{source}:{message.lineno}: {problems[0]}")
    written = io.BytesIO()
    mofile.write_mo(written, catalogue)  # without fuzzy messages, as gettext does
    target = source.with_suffix(".mo")
    if target.exists() and target.read_bytes() == written.getvalue():
        return None
    target.write_bytes(written.getvalue())
    return target
