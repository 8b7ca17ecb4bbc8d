"""Searches in vain: counted without the person, turned into synonyms and redirects by staff."""

import datetime

import pytest
from django.test import Client

from catalog import jobs, search
from catalog.models import SearchMiss, SearchRedirect, Synonym
from catalog.search import misses
from tests.backoffice import Desk
from tests.making import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexed(mug):
    search.reindex_all()


def test_a_search_in_vain_is_counted_by_the_job_and_not_by_the_page(
    indexed, django_assert_num_queries
):
    for query in ("Zeppelin", "zeppelin", "ZEPPELIN!"):
        Client().get("/de/search/", {"q": query})
    Client().get("/de/search/?q=becher")
    assert not SearchMiss.objects.exists()

    jobs.refresh_search()
    Client().get("/de/search/?q=zeppelin")
    jobs.refresh_search()
    jobs.refresh_search()

    row = SearchMiss.objects.get()
    assert (row.language, row.query, row.count) == ("de", "zeppelin", 4)


@pytest.mark.parametrize(
    "query",
    [
        "ada@example.com",
        "0451 1234567",
        "4111111111111111",
        "y" * 35 + " " + "z" * 35,
        "a b c d e f g",
        "?",
    ],
)
def test_what_may_belong_to_a_person_is_not_kept(indexed, query):
    misses.note(query, language="de")

    assert misses.collect(moment=NOON) == 0


def test_old_and_rare_misses_are_forgotten(db, monkeypatch):
    old = NOON - datetime.timedelta(days=200)
    SearchMiss.objects.create(language="de", query="old", count=9, last_at=old)
    SearchMiss.objects.create(language="de", query="often", count=5, last_at=NOON)
    SearchMiss.objects.create(language="de", query="rare", count=1, last_at=NOON)
    monkeypatch.setattr(misses, "KEPT_ROWS", 1)

    assert misses.prune(moment=NOON) == 2
    assert [row.query for row in SearchMiss.objects.all()] == ["often"]


def test_a_miss_becomes_a_synonym_in_two_steps(indexed, sam):
    miss = SearchMiss.objects.create(language="de", query="humpen", count=3, last_at=NOON)
    desk = Desk(sam)
    assert search.find("Humpen", moment=NOON, language="de") == []

    assert "humpen" in desk.text("/admin/catalog/searchmiss/")
    step = desk.client.get(f"/admin/catalog/searchmiss/{miss.pk}/synonym/")
    assert step.status_code == 302
    page = desk.get(step["Location"])
    assert page.context["adminform"].form.initial == {"language": "de", "words": "humpen"}
    desk.post(step["Location"], language="de", words="humpen", meanings="Becher")

    assert Synonym.objects.get().meanings == "Becher"
    assert not SearchMiss.objects.exists()
    assert len(search.find("Humpen", moment=NOON, language="de")) == 1


def test_a_miss_becomes_a_redirect(indexed, sam):
    miss = SearchMiss.objects.create(language="en", query="returns", count=3, last_at=NOON)
    desk = Desk(sam)
    step = desk.client.get(f"/admin/catalog/searchmiss/{miss.pk}/redirect/")

    for bad in ("https://example.com/", "//example.com/", "/en/no/such/page/", "en/"):
        refused = desk.post(step["Location"], language="en", query="returns", path=bad)
        assert refused.status_code == 200, bad
    assert not SearchRedirect.objects.exists()
    desk.post(step["Location"], language="en", query="Returns", path="/en/legal/withdrawal/")

    assert Client().get("/en/search/?q=returns")["Location"] == "/en/legal/withdrawal/"
    twice = desk.post(step["Location"], language="en", query="RETURNS", path="/en/")
    assert twice.status_code == 200
    assert SearchRedirect.objects.count() == 1
    desk.post(
        f"/admin/catalog/searchredirect/{SearchRedirect.objects.get().pk}/delete/", post="yes"
    )
    assert Client().get("/en/search/?q=returns").status_code == 200


def test_who_may_not_add_synonyms_cannot_begin_one(indexed, django_user_model):
    person = django_user_model.objects.create_user("ole@kontor.example", "x", is_staff=True)
    miss = SearchMiss.objects.create(language="de", query="humpen", last_at=NOON)

    response = Desk(person).client.get(f"/admin/catalog/searchmiss/{miss.pk}/synonym/")

    assert response.status_code == 403
