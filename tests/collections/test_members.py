"""What is in a collection: seen before it is saved, and kept true afterwards."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from catalog import categories, jobs, pricing, products, tasks
from catalog.collections import editing, members, rules
from catalog.collections.rules import Condition
from catalog.models import Collection, CollectionMember, ContentVersion, PriceKind, Product
from shop.kit import clock
from tests.making import LONG_AGO, NOON, make_product, make_variant

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def goods():
    """axe 30.00, bow 20.00, cup 10.00: the newest is the axe."""
    made = {}
    for age, (slug, gross) in enumerate((("axe", "30.00"), ("bow", "20.00"), ("cup", "10.00"))):
        made[slug] = make_product(slug, name_en=slug, published_at=LONG_AGO - age * HOUR)
        make_variant(made[slug], gross=gross)
    return made


def collection(slug="cheap", **fields):
    values = {"name_de": "Günstig", "name_en": "Cheap", "is_active": True}
    return Collection(slug=slug, **values | fields)


def up_to(amount, **fields):
    rule = rules.made("all", [Condition(field="price", high=Decimal(amount))])
    return editing.Content(rule=rule, **fields)


def saved(row, content, moment=NOON):
    seen = editing.difference(row, content, moment=moment)
    return editing.store(row, content, seen=seen.digest, moment=moment)


def inside(row):
    rows = CollectionMember.objects.filter(collection=row).order_by("place", "product__slug")
    return [f"{one.product.slug}" for one in rows.select_related("product")]


def test_who_enters_and_who_leaves_is_seen_before_it_is_saved(goods):
    row = collection()
    saved(row, up_to("20.00"))

    seen = editing.difference(row, up_to("30.00", excluded=(goods["cup"].pk,)), moment=NOON)

    assert [one.slug for one in seen.entering] == ["axe"]
    assert [one.slug for one in seen.leaving] == ["cup"]
    assert (seen.entering_count, seen.leaving_count, seen.total) == (1, 1, 2)
    assert inside(row) == ["bow", "cup"]


def test_what_was_seen_is_what_is_saved(goods):
    row = collection()
    seen = editing.difference(row, up_to("20.00"), moment=NOON)
    variant = goods["axe"].variants.get()
    pricing.set_price(variant, gross=Decimal("15.00"), start=LONG_AGO + HOUR)

    with pytest.raises(editing.NotSeen) as problem:
        editing.store(row, up_to("20.00"), seen=seen.digest, moment=NOON)

    assert problem.value.difference.entering_count == 3
    assert not Collection.objects.exists()
    assert not CollectionMember.objects.exists()


def test_picked_goods_stand_in_their_order_before_what_the_rule_finds(goods):
    row = collection()
    content = up_to("10.00", pinned=(goods["bow"].pk, goods["axe"].pk))

    saved(row, content)

    places = CollectionMember.objects.filter(collection=row).values_list("product__slug", "place")
    assert dict(places) == {"bow": 0, "axe": 1, "cup": None}
    assert editing.content_of(Collection.objects.get()) == content


def test_without_a_rule_only_what_is_picked_is_in_it_even_before_it_is_published(goods):
    row = collection()
    Product.objects.filter(slug="axe").update(status="draft")

    saved(row, editing.Content(rule=None, pinned=(goods["cup"].pk, goods["axe"].pk)))

    assert inside(row) == ["cup", "axe"]
    assert (row.kind, row.rule) == ("picked", {})


def test_only_the_first_fifty_are_named_and_all_are_counted():
    for number in range(55):
        make_variant(make_product(f"p-{number}"), gross="5.00")

    seen = editing.difference(collection(), up_to("5.00"), moment=NOON)

    assert (len(seen.entering), seen.entering_count) == (50, 55)


def test_products_are_named_by_slug_or_sku_once_each(goods):
    sku = goods["bow"].variants.get().sku

    assert editing.products_named(["cup", sku, "bow", "cup"]) == [goods["cup"].pk, goods["bow"].pk]
    with pytest.raises(editing.UnknownProducts, match="gone, lost"):
        editing.products_named(["cup", "gone", "lost"])


def test_a_changed_product_enters_and_leaves_with_the_task_that_reads_it_again(goods):
    row, other = collection(), collection("other", is_active=False)
    saved(row, up_to("20.00"))
    saved(other, up_to("20.00"))
    variant = goods["cup"].variants.get()
    pricing.set_price(variant, gross=Decimal("40.00"), start=LONG_AGO + HOUR)
    cheap = make_product("dot")
    make_variant(cheap, gross="1.00")

    tasks.reindex_products(product_ids=[goods["cup"].pk, cheap.pk])

    assert inside(row) == ["bow", "dot"]
    assert inside(other) == ["bow", "cup"]


def test_an_archived_product_leaves(goods):
    row = collection()
    saved(row, up_to("20.00"))
    products.archive(goods["cup"])

    tasks.reindex_products(product_ids=[goods["cup"].pk])

    assert inside(row) == ["bow"]


def test_refreshing_twice_changes_nothing(goods):
    row = collection()
    saved(row, up_to("20.00", pinned=(goods["axe"].pk,)))

    assert members.refresh(row, moment=NOON) == 0
    assert members.refresh_all(moment=NOON) == 0


def test_a_price_that_begins_brings_its_product_in_within_a_minute(goods):
    row, now = collection(), clock.now()
    saved(row, up_to("20.00"), moment=now)
    start = now - datetime.timedelta(seconds=30)
    pricing.set_price(
        goods["axe"].variants.get(),
        gross=Decimal("18.00"),
        start=start,
        end=start + HOUR,
        kind=PriceKind.SALE,
    )

    changed = jobs.follow_collections()

    assert changed == 1
    assert inside(row) == ["axe", "bow", "cup"]
    assert members.turned(start + HOUR) == [goods["axe"].pk]
    assert members.turned(start + HOUR / 2) == []


def test_what_a_lost_hint_left_is_found_by_the_job(goods):
    row = collection()
    saved(row, up_to("20.00"))
    CollectionMember.objects.all().delete()

    assert jobs.refresh_collections() == 2
    assert inside(row) == ["bow", "cup"]


def test_a_rule_that_cannot_be_read_harms_no_other_collection(goods, caplog):
    broken, row = collection("broken"), collection()
    saved(broken, up_to("20.00"))
    saved(row, up_to("20.00"))
    Collection.objects.filter(pk=broken.pk).update(rule={"match": "all", "moons": 3})
    CollectionMember.objects.filter(collection=row).delete()

    members.refresh_all(moment=NOON)

    assert inside(row) == ["bow", "cup"]
    assert inside(broken) == ["bow", "cup"]
    assert "broken" in caplog.text


def test_kept_menus_are_renewed_when_a_collection_opens_or_closes(goods):
    now = clock.now()
    row = collection(starts_at=now + HOUR)
    saved(row, up_to("20.00"), moment=now)
    categories.changed()
    version = ContentVersion.objects.get().number

    assert not members.retell(now)
    assert members.retell(now + HOUR)
    assert not members.retell(now + HOUR)
    Collection.objects.update(starts_at=now - HOUR, is_told=False)
    jobs.follow_collections()
    assert ContentVersion.objects.get().number == version + 1


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "ruled", "rule": {}},
        {"kind": "picked", "rule": {"match": "all"}},
        {"kind": "other"},
        {"kind": "picked", "starts_at": NOON, "ends_at": NOON},
    ],
)
def test_the_database_refuses_what_the_code_forgot(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        collection(**fields).save()
