"""Drafts become versions that nobody changes; orders keep theirs; each applies in its time."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from content import publishing, texts, versions
from content.models import LegalReading, LegalVersion
from shop import legal
from tests.content.conftest import NOON, publish

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _known(merchant):
    """Every fact is set."""


def test_without_a_row_the_texts_of_the_house_apply():
    assert versions.in_force("terms", NOON) == versions.sample("terms")
    assert legal.contract_versions(NOON) == {"terms": "2026-11", "withdrawal": "2026-11"}


def test_a_draft_begins_with_the_words_in_force_and_there_is_one():
    first = publishing.draft_of("terms", moment=NOON)
    second = publishing.draft_of("terms", moment=NOON + DAY)

    assert first.pk == second.pk
    assert versions.bodies_of(first) == versions.sample("terms").bodies
    assert versions.in_force("terms", NOON).label == "2026-11"


def test_a_published_version_applies_and_the_order_before_keeps_its_own():
    publish(extra="Neu.")

    new = legal.plain_text("terms", language="de", version="2026-11-24")
    assert legal.contract_versions(NOON)["terms"] == "2026-11-24"
    assert new.endswith("Neu.\n")
    assert "Neu." not in legal.plain_text("terms", language="de", version="2026-11")


def test_a_version_waits_for_its_time():
    publish(extra="Bald.", begins=NOON + DAY)

    assert versions.in_force("terms", NOON).label == "2026-11"
    assert versions.in_force("terms", NOON + DAY).label == "2026-11-25"
    assert [one.label for one in versions.begun("terms", NOON)] == ["2026-11"]


def test_two_versions_of_one_day_have_two_names():
    publish(extra="A")
    second = publish(extra="B", moment=NOON + datetime.timedelta(hours=1))

    assert second.label == "2026-11-24-2"
    assert len({one.sha256 for one in versions.published("terms")}) == 3


@pytest.mark.parametrize("column", ["body_de", "label", "sha256", "valid_from", "state", "note"])
def test_what_was_published_cannot_be_changed_even_by_sql(column):
    row = publish(extra="Neu.")
    value = "now()" if column == "valid_from" else "'draft'"

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE content_legalversion SET {column} = {value} WHERE id = {row.pk}")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM content_legalversion WHERE id = {row.pk}")
    assert LegalVersion.objects.get(pk=row.pk).body_de.endswith("Neu.\n")


def test_who_published_may_be_forgotten(sam):
    draft = publishing.draft_of("terms", moment=NOON)
    LegalVersion.objects.filter(pk=draft.pk).update(body_de=draft.body_de + "\nNeu.\n")
    row = publishing.publish(draft, valid_from=None, by=sam, moment=NOON)
    publishing.note_reading("terms", row.label, reader="Dr. Recht", by=sam, moment=NOON)

    from content import personal_data

    assert len(personal_data.export(sam)["legal_texts_published"]) == 1
    personal_data.erase(sam)
    assert LegalVersion.objects.get(pk=row.pk).published_by is None
    assert LegalReading.objects.get().noted_by is None


@pytest.mark.parametrize(
    ("body", "begins", "told"),
    [
        ("[[merchant.fax]]", None, "merchant.fax"),
        ("", None, "de: "),
        (None, None, "version in force"),
        (None, NOON - DAY, "in the past"),
    ],
)
def test_what_is_wrong_is_not_published(body, begins, told):
    translation.activate("en")
    draft = publishing.draft_of("guarantee", moment=NOON)
    if body is not None:
        LegalVersion.objects.filter(pk=draft.pk).update(body_de=body)

    with pytest.raises(publishing.CannotPublish) as refused:
        publishing.publish(draft, valid_from=begins, by=None, moment=NOON)

    assert told in str(refused.value)
    assert LegalVersion.objects.get(pk=draft.pk).is_draft


def test_a_fact_that_nobody_set_stops_the_publication_with_its_name(monkeypatch):
    monkeypatch.delenv("MERCHANT_PHONE")
    with pytest.raises(publishing.CannotPublish, match=r"merchant\.phone"):
        publish(extra="Neu.")


def test_a_reading_is_kept_and_the_first_one_stays(sam):
    assert len(publishing.unread(NOON)) == len(legal.PAGES)

    publishing.note_reading("terms", "2026-11", reader="Dr. Recht", by=sam, moment=NOON)
    publishing.note_reading("terms", "2026-11", reader="Someone", by=sam, moment=NOON + DAY)

    assert LegalReading.objects.get().reader == "Dr. Recht"
    assert "terms" not in {one.page for one in publishing.unread(NOON)}
    with pytest.raises(versions.UnknownVersion):
        publishing.note_reading("terms", "never", reader="x", by=sam, moment=NOON)


def test_a_new_version_is_to_be_read_anew(sam):
    publishing.note_reading("terms", "2026-11", reader="Dr. Recht", by=sam, moment=NOON)
    publish(extra="Neu.")

    assert "terms" in {one.page for one in publishing.unread(NOON)}


def test_a_version_that_never_was_is_refused():
    for page, label in (("terms", "1999-01"), ("odr", "2026-11")):
        with pytest.raises(versions.UnknownVersion):
            versions.get(page, label)


def test_all_pages_are_read_by_one_statement(django_assert_num_queries):
    publish(extra="Neu.")
    with django_assert_num_queries(1):
        labels = [one.label for one in versions.all_in_force(NOON)]

    assert labels.count("2026-11") == len(legal.PAGES) - 1
    assert texts.filled(versions.sample("imprint"), language="de")
