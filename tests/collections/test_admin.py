"""The desk: a collection is saved in two steps, without a script, and never unseen."""

from decimal import Decimal

import pytest
from django.core.files.storage import default_storage

from catalog import pricing
from catalog.collections import editing
from catalog.models import Category, Collection, CollectionMember, CollectionPicture
from shop.kit import clock
from tests import backoffice
from tests.making import make_product, make_variant
from tests.pages import Page

pytestmark = pytest.mark.django_db
LIST = "/admin/catalog/collection/"
WORDS = {"name_de": "Geschenke", "name_en": "Gifts", "slug": "gifts", "position": "0"}


@pytest.fixture
def desk(sam):
    return backoffice.Desk(sam)


@pytest.fixture
def goods(db):
    made = [make_product(slug, name_de=slug.title()) for slug in ("axe", "bow", "cup")]
    for number, product in enumerate(made):
        make_variant(product, gross=f"{10 * (number + 1)}.00", sku=f"SKU-{number}")
    return made


def rule_of(**fields):
    return {**WORDS, "match": "all", "is_active": "on", **fields}


def hidden(response):
    """What the page with the difference sends when Save is pressed."""
    return Page(response).forms[-1].values


def test_filling_in_shows_the_difference_and_saves_nothing(desk, goods):
    response = desk.post(f"{LIST}add/", **rule_of(price_high="20.00"))

    text = Page(response).text
    assert response.status_code == 200
    assert "2 Produkte kommen dazu" in text
    assert "0 Produkte fallen heraus" in text
    assert "Axe" in text
    assert "Cup" not in text
    assert not Collection.objects.exists()


def test_what_was_seen_is_saved_by_the_second_step(desk, goods):
    seen = desk.post(f"{LIST}add/", **rule_of(price_high="20.00"))

    response = desk.post(f"{LIST}add/", **hidden(seen))

    row = Collection.objects.get()
    assert response.status_code == 302
    assert row.rule == {"match": "all", "conditions": [{"field": "price", "high": "20.00"}]}
    assert row.is_active
    assert CollectionMember.objects.count() == 2


def test_one_may_go_back_and_change_something(desk, goods):
    seen = desk.post(f"{LIST}add/", **rule_of(price_high="20.00"))

    again = desk.post(f"{LIST}add/", **{**hidden(seen), "again": "1"})

    assert 'value="20.00"' in again.content.decode()
    assert not Collection.objects.exists()


def test_what_changed_in_between_is_shown_once_more_instead_of_saved(desk, goods):
    seen = desk.post(f"{LIST}add/", **rule_of(price_high="20.00"))
    pricing.set_price(goods[2].variants.get(), gross=Decimal("5.00"), start=clock.now())

    response = desk.post(f"{LIST}add/", **hidden(seen))

    assert "3 Produkte kommen dazu" in Page(response).text
    assert "Bitte sehen Sie noch einmal hin" in Page(response).text
    assert not Collection.objects.exists()
    assert desk.post(f"{LIST}add/", **hidden(response)).status_code == 302


def test_a_made_up_digest_saves_nothing(desk, goods):
    desk.post(f"{LIST}add/", **rule_of(price_high="20.00", seen="0" * 64))

    assert not Collection.objects.exists()


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"pinned": "axe\nlost"}, "Dieses Produkt gibt es nicht: lost"),
        ({"price_low": "9", "price_high": "8"}, "Die untere Grenze liegt über der oberen."),
        ({"excluded": "axe"}, "Ohne Regel kommt nur hinein, was ausgewählt ist."),
        ({"starts_at": "2026-05-02T10:00", "ends_at": "2026-05-01T10:00"}, "Das Ende liegt nach"),
        ({"words": " , "}, "Schreiben Sie mindestens ein Wort."),
        ({"category": "999999"}, "999999"),
        ({"slug": "no slug"}, "Kürzel"),
        ({"name_de": ""}, "Dieses Feld"),
    ],
)
def test_mistakes_stand_at_their_field_and_nothing_is_lost(desk, goods, fields, problem):
    response = desk.post(f"{LIST}add/", **rule_of(name_en="Presents", **fields))

    assert response.status_code == 422
    assert problem in response.content.decode()
    assert 'value="Presents"' in response.content.decode()
    assert not Collection.objects.exists()


def test_every_condition_is_kept_and_shown_again(desk, goods):
    shelf = str(Category.objects.order_by("pk").first().pk)
    given = rule_of(
        pinned="SKU-2\naxe", excluded="bow", match="any", category=[shelf], not_category=[shelf],
        price_low="1.00", price_high="99.00", reduced="no", new="31", featured="yes",
        available="yes", words="Wolle, Garn",
    )  # fmt: skip
    shown = desk.post(f"{LIST}add/", **given)
    desk.client.post(f"{LIST}add/", hidden(shown))

    page = desk.get(f"{LIST}{Collection.objects.get().pk}/change/")
    form = page.context["form"]

    assert 'type="text" name="price_high" value="99,00"' in page.content.decode()
    assert form["pinned"].value() == "cup\naxe"
    assert form["excluded"].value() == "bow"
    assert form["match"].value() == "any"
    assert form["category"].value() == [shelf]
    assert form["not_category"].value() == [shelf]
    assert [form[name].value() for name in ("reduced", "featured", "available", "new")] == [
        "no", "yes", "yes", 31,
    ]  # fmt: skip
    assert form["words"].value() == "wolle, garn"


def saved(goods):
    row = Collection(slug="gifts", name_de="Geschenke", name_en="Gifts")
    content = editing.Content(rule=None, pinned=(goods[0].pk,))
    seen = editing.difference(row, content, moment=clock.now())
    editing.store(row, content, seen=seen.digest, moment=clock.now())
    return row


def test_the_list_counts_what_is_on_sale_and_says_the_state(desk, goods):
    saved(goods)
    few = desk.statements(LIST)
    for number in range(10):
        Collection.objects.create(slug=f"c-{number}", kind="picked", name_de="X", name_en="X")

    text = Page(desk.get(LIST)).text

    assert "Geschenke" in text
    assert "Entwurf" in text
    assert desk.statements(LIST) == few


def test_a_picture_is_added_replaced_and_wanted_with_words(desk, goods, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    row = saved(goods)
    page = f"{LIST}{row.pk}/picture/"

    refused = desk.client.post(page, {"upload": backoffice.photograph(), "alt_de": "Ein Paket"})
    desk.client.post(
        page, {"upload": backoffice.photograph(), "alt_de": "Ein Paket", "alt_en": "A parcel"}
    )

    shown = CollectionPicture.objects.get()
    assert refused.status_code == 422
    assert default_storage.exists(shown.url(160).removeprefix("/media/"))
    assert desk.get(page).status_code == 200


def test_a_collection_is_deleted_after_a_question(desk, goods):
    row = saved(goods)
    page = f"{LIST}{row.pk}/delete/"

    desk.get(page)
    assert Collection.objects.exists()
    desk.post(page, post="yes")

    assert not Collection.objects.exists()
    assert goods[0].variants.exists()


def test_only_who_may_change_collections_does(goods):
    row = saved(goods)
    reader = backoffice.Desk(backoffice.clerk("orders"))

    assert reader.client.get(f"{LIST}{row.pk}/change/").status_code in (302, 403)
    assert reader.client.get(f"{LIST}add/").status_code == 403
    assert reader.client.post(f"{LIST}add/", rule_of()).status_code == 403
    assert reader.client.get(f"{LIST}{row.pk}/picture/").status_code in (302, 403)
