"""A merchant whose every fact is known, and one who has told nothing."""

import datetime

import pytest

from content import merchant as facts
from content import publishing, versions
from content.models import LegalVersion
from tests import backoffice

FACTS = {facts.variable(name): f"<{name}>" for name in facts.FIELDS}
NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)


@pytest.fixture
def merchant(monkeypatch):
    for name, value in FACTS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def nobody(monkeypatch):
    for name in FACTS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def desk(sam):
    return backoffice.Desk(sam)


def publish(page: str = "terms", *, extra: str, moment: datetime.datetime = NOON, begins=None):
    """A version with one more paragraph than the one in force."""
    draft = publishing.draft_of(page, moment=moment)
    LegalVersion.objects.filter(pk=draft.pk).update(
        body_de=f"{versions.bodies_of(draft)['de']}\n{extra}\n",
        body_en=f"{versions.bodies_of(draft)['en']}\n{extra}\n",
    )
    return publishing.publish(draft, valid_from=begins, by=None, moment=moment)
