"""Which version of a legal page is in force, and the words of any version that ever was.

The texts that the house brings are the version `SAMPLE`. They lie in files and not in the table:
a shop without a row still has its pages, and orders placed under them keep them for ever.
"""

import dataclasses
import datetime
import functools
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from content.models import LegalPage, LegalVersion
from shop.kit import languages

SAMPLE = "2026-11"
_FOLDER = Path(__file__).parent / "samples" / SAMPLE


class UnknownVersion(LookupError):
    """The page never had a version of this name."""


@dataclasses.dataclass(frozen=True, slots=True)
class Version:
    """The words of a page before its facts are filled in. `bodies` is by language.

    `valid_from` is `None` for the texts that the house brings: they were there from the start.
    """

    page: str
    label: str
    bodies: dict[str, str]
    sha256: str
    valid_from: datetime.datetime | None = None


def in_force(page: str, moment: datetime.datetime) -> Version:
    """The version of `page` that applies at `moment`. Raises `UnknownVersion` for no page."""
    row = LegalVersion.objects.filter(page=page).in_force(moment).first()
    return of(row) if row else sample(page)


def all_in_force(moment: datetime.datetime) -> list[Version]:
    """The version in force of every page, in the order of the pages, by one statement."""
    rows = {row.page: of(row) for row in LegalVersion.objects.in_force(moment)}
    return [rows.get(page) or sample(page) for page in LegalPage.values]


def labels_in_force(pages: Iterable[str], moment: datetime.datetime) -> dict[str, str]:
    """The name of the version in force of each page, by one statement."""
    rows = LegalVersion.objects.filter(page__in=pages).in_force(moment)
    return dict.fromkeys(pages, SAMPLE) | dict(rows.values_list("page", "label"))


def get(page: str, label: str) -> Version:
    """The version of `page` that orders know as `label`. Raises `UnknownVersion`."""
    if label == SAMPLE:
        return sample(page)
    row = LegalVersion.objects.published().filter(page=page, label=label).first()
    if row is None:
        raise UnknownVersion(f"{page} {label}")
    return of(row)


def begun(page: str, moment: datetime.datetime) -> list[Version]:
    """All versions of `page` that were ever in force until `moment`, the newest first."""
    return [one for one in published(page) if one.valid_from is None or one.valid_from <= moment]


@functools.cache
def sample(page: str) -> Version:
    """The text that the house brings. Raises `UnknownVersion` for no page of ours."""
    if page not in LegalPage.values:
        raise UnknownVersion(page)
    bodies = {
        code: (_FOLDER / code / f"{page}.txt").read_text(encoding="utf-8")
        for code in languages.codes()
    }
    return Version(page=page, label=SAMPLE, bodies=bodies, sha256=fingerprint(page, bodies))


def fingerprint(page: str, bodies: dict[str, str]) -> str:
    """SHA-256 over the page and its words in all languages, in hexadecimal."""
    words = json.dumps([page, bodies], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()


def published(page: str) -> list[Version]:
    """All versions of `page`, those that are to come included, the newest first."""
    rows = LegalVersion.objects.published().filter(page=page)
    return [*map(of, rows.order_by("-valid_from")), sample(page)]


def before(version: Version, moment: datetime.datetime) -> Version:
    """The version that `version` follows; for a draft the one in force at `moment`."""
    if version.valid_from is None:
        return in_force(version.page, moment)
    begun = version.valid_from
    older = (
        one for one in published(version.page) if one.valid_from is None or one.valid_from < begun
    )
    return next(older)


def of(row: LegalVersion) -> Version:
    """A row as a version; of a draft, name and fingerprint are empty."""
    return Version(
        page=row.page,
        label=row.label,
        bodies=bodies_of(row),
        sha256=row.sha256,
        valid_from=row.valid_from,
    )


def bodies_of(row: LegalVersion) -> dict[str, str]:
    """The words of a row by language."""
    return {code: getattr(row, f"body_{code}") for code in languages.codes()}
