"""From a draft to words that bind: begun from what is in force, checked, published for ever."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from content import placeholders, texts, versions
from content.models import LegalReading, LegalState, LegalVersion
from shop.kit import clock


class CannotPublish(Exception):
    """`problems` says why, in words for staff."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def draft_of(page: str, *, moment: datetime.datetime) -> LegalVersion:
    """The draft of `page`: the one that is begun, else a new one with the words in force.

    Two people who begin at the same time get one draft (unique in the database).
    """
    version = versions.in_force(page, moment)
    words = {f"body_{code}": body for code, body in version.bodies.items()}
    draft, _is_new = LegalVersion.objects.get_or_create(
        page=page,
        state=LegalState.DRAFT,
        defaults={"created_at": moment, "changed_at": moment, **words},
    )
    return draft


def problems(page: str, bodies: dict[str, str]) -> list[str]:
    """Why words must not be published, each with the language it is about."""
    found = []
    for code, body in bodies.items():
        if not body.strip():
            found.append(f"{code}: {_('The text is empty.')}")
        found += [f"{code}: {one}" for one in placeholders.problems(body, page)]
    return found


def unset(bodies: dict[str, str]) -> list[str]:
    """The placeholders of the texts whose fact the shop's settings do not tell."""
    return placeholders.unset(bodies.values(), texts.values("", is_exempt=False))


@transaction.atomic
def publish(
    draft: LegalVersion, *, valid_from: datetime.datetime | None, by: Any, moment: datetime.datetime
) -> LegalVersion:
    """Make the draft the version that applies from `valid_from` on (`None`: from now on).

    Raises `CannotPublish`: wrong placeholders, a fact that nobody set, a time that lies in the past
    or that another version of the page has, or no change at all.
    """
    row = LegalVersion.objects.select_for_update().get(pk=draft.pk)
    begins = max(valid_from or moment, moment)
    _check(row, valid_from, begins, moment)
    bodies = versions.bodies_of(row)
    row.label = _free_label(row.page, begins)
    row.sha256 = versions.fingerprint(row.page, bodies)
    row.state = LegalState.PUBLISHED
    row.valid_from = begins
    row.published_at = row.changed_at = moment
    row.published_by = by
    row.save()
    return row


def note_reading(
    page: str, label: str, *, reader: str, by: Any, moment: datetime.datetime
) -> LegalReading:
    """Keep that `reader`, who knows the law, has read this version. The first note stays."""
    versions.get(page, label)
    reading, _is_new = LegalReading.objects.get_or_create(
        page=page, label=label, defaults={"reader": reader, "noted_at": moment, "noted_by": by}
    )
    return reading


def unread(moment: datetime.datetime) -> list[versions.Version]:
    """The versions in force that nobody who knows the law has read, in the order of the pages."""
    read = set(LegalReading.objects.values_list("page", "label"))
    return [one for one in versions.all_in_force(moment) if (one.page, one.label) not in read]


def _check(
    row: LegalVersion,
    wanted: datetime.datetime | None,
    begins: datetime.datetime,
    moment: datetime.datetime,
) -> None:
    bodies = versions.bodies_of(row)
    found = problems(row.page, bodies)
    if not row.is_draft:
        found.append(_("It is published already."))
    found += [_("“%(name)s” is not set.") % {"name": name} for name in unset(bodies)]
    if wanted and wanted < moment:
        found.append(_("This lies in the past: leave it empty for now."))
    others = LegalVersion.objects.published().filter(page=row.page)
    if others.filter(valid_from__gte=begins).exists():
        found.append(_("A version that applies at that time or later is already published."))
    if versions.in_force(row.page, moment).bodies == bodies:
        found.append(_("Nothing differs from the version in force."))
    if found:
        raise CannotPublish(found)


def _free_label(page: str, begins: datetime.datetime) -> str:
    """The day from which it applies; with a number where that day has a version already."""
    day = clock.day_of(begins).isoformat()
    taken = set(LegalVersion.objects.filter(page=page).values_list("label", flat=True))
    names = [day, *(f"{day}-{number}" for number in range(2, 100))]
    return next(name for name in names if name not in taken)
