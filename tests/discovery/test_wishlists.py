"""Lists of wishes: noted once, taken off and put back, brought along, forgotten in time."""

import datetime
from decimal import Decimal

import pytest

from catalog import pricing
from discovery import personal_data
from discovery.models import Wishlist, WishlistItem
from discovery.wishlists import lists, presenting
from inventory import availability
from tests.making import NOON, make_variant

pytestmark = pytest.mark.django_db
LATER = NOON + datetime.timedelta(days=3)


def noted(wishlist):
    items = wishlist.items.present().order_by("pk")
    return [(one.product.slug, one.variant.sku if one.variant else None) for one in items]


def guest_list(*variants, moment=NOON):
    wishlist = lists.create(customer=None, moment=moment)
    for variant in variants:
        lists.add(wishlist, variant.product, variant, moment=moment)
    return wishlist


def test_the_same_variant_is_noted_once_and_keeps_its_first_day_and_price(mug):
    wishlist = guest_list(mug)
    pricing.set_price(mug, gross=Decimal("19.00"), start=LATER)

    again = lists.add(wishlist, mug.product, mug, moment=LATER)

    assert (again.gross_when_added, again.added_at) == (Decimal("24.00"), NOON)
    assert noted(wishlist) == [("mug", "MUG-1")]


def test_a_product_with_one_variant_is_noted_in_it_and_one_with_two_without_a_choice(mug, tea):
    make_variant(tea.product, gross="7.50", sku="TEA-100")
    wishlist = guest_list()

    lists.add(wishlist, mug.product, None, moment=NOON)
    of_two = lists.add(wishlist, tea.product, None, moment=NOON)

    assert noted(wishlist) == [("mug", "MUG-1"), ("tea", None)]
    assert of_two.gross_when_added == Decimal("7.50")


def test_what_was_taken_off_comes_back_with_what_it_knew_and_is_gone_after_a_day(mug):
    wishlist = guest_list(mug)
    item = wishlist.items.get()

    lists.take_off(wishlist, item.pk, moment=LATER)
    assert noted(wishlist) == []
    lists.put_back(wishlist, item.pk, moment=LATER)
    assert WishlistItem.objects.get().gross_when_added == Decimal("24.00")

    lists.take_off(wishlist, item.pk, moment=LATER)
    assert lists.forget_removed(LATER + datetime.timedelta(hours=23)) == 0
    assert lists.forget_removed(LATER + datetime.timedelta(hours=25)) == 1


def test_taking_a_variant_off_leaves_the_other_one(mug):
    blue = make_variant(mug.product, sku="MUG-2")
    wishlist = guest_list(mug, blue)

    gone = lists.take_product_off(wishlist, mug.product_id, mug.pk, moment=LATER)

    assert gone == 1
    assert noted(wishlist) == [("mug", "MUG-2")]


def test_items_of_other_lists_do_not_exist(mug, tea):
    mine, other = guest_list(mug), guest_list(tea)

    for act in (lists.take_off, lists.put_back):
        with pytest.raises(WishlistItem.DoesNotExist):
            act(mine, other.items.get().pk, moment=LATER)

    assert noted(other) == [("tea", "TEA-250")]


def test_a_list_takes_only_so_many(mug, tea, monkeypatch):
    monkeypatch.setattr(lists, "MAX_ITEMS", 1)
    wishlist = guest_list(mug)

    with pytest.raises(lists.Full):
        lists.add(wishlist, tea.product, tea, moment=NOON)

    lists.add(wishlist, mug.product, mug, moment=NOON)
    assert noted(wishlist) == [("mug", "MUG-1")]


def test_the_guests_list_joins_the_customers_without_loss_and_twice_is_as_once(ada, mug, lamp, tea):
    own = lists.create(customer=ada, moment=NOON)
    lists.add(own, mug.product, mug, moment=NOON)
    pricing.set_price(mug, gross=Decimal("19.00"), start=LATER)
    guest = guest_list(mug, lamp, tea, moment=LATER)

    for _time in range(2):
        joined = lists.claim(ada, lists.find(guest.token), moment=LATER)

    assert joined == own
    assert noted(own) == [("mug", "MUG-1"), ("lamp", "LAMP-1"), ("tea", "TEA-250")]
    assert own.items.get(product=mug.product).gross_when_added == Decimal("24.00")
    assert Wishlist.objects.count() == 1


def test_what_the_customer_took_off_and_the_guest_noted_is_on_the_list(ada, mug):
    own = lists.create(customer=ada, moment=NOON)
    item = lists.add(own, mug.product, mug, moment=NOON)
    lists.take_off(own, item.pk, moment=NOON)

    lists.claim(ada, guest_list(mug), moment=LATER)

    assert noted(own) == [("mug", "MUG-1")]


def test_a_list_of_another_customer_is_never_taken(ada, carol, mug):
    hers = lists.create(customer=carol, moment=NOON)
    lists.add(hers, mug.product, mug, moment=NOON)

    assert lists.claim(ada, hers, moment=LATER) is None
    assert noted(hers) == [("mug", "MUG-1")]
    assert not Wishlist.objects.filter(customer=ada).exists()


def test_the_link_that_a_guest_gave_away_keeps_working_after_signing_in(ada, mug):
    guest = guest_list(mug)
    secret = lists.share(guest, moment=NOON)

    lists.claim(ada, guest, moment=LATER)

    assert lists.shared(secret).customer == ada


def test_a_link_is_made_once_and_leads_nowhere_after_it_was_revoked(mug):
    wishlist = guest_list(mug)
    secret = lists.share(wishlist, moment=NOON)
    assert lists.share(wishlist, moment=LATER) == secret
    assert lists.shared(secret) == wishlist

    lists.revoke(wishlist, moment=LATER)

    assert lists.shared(secret) is None
    assert lists.share(wishlist, moment=LATER) != secret


def test_lists_without_a_link_are_not_found_by_an_empty_secret(mug):
    guest_list(mug)

    assert lists.shared("") is None
    assert lists.find("") is None


def test_guests_lists_go_after_sixty_days_and_customers_stay(ada, mug):
    guest_list(mug)
    young = guest_list(mug, moment=LATER)
    lists.create(customer=ada, moment=NOON)

    lists.forget_untouched(LATER)

    assert set(Wishlist.objects.values_list("pk", flat=True)) == {
        young.pk,
        Wishlist.objects.get(customer=ada).pk,
    }


def rows(wishlist, moment=LATER):
    shelf = presenting.Shelf(wishlist, moment)
    return shelf.rows(availability.of(shelf.variant_ids))


def test_a_row_tells_the_price_of_then_only_where_it_was_another_one(mug, tea):
    wishlist = guest_list(mug, tea)
    pricing.set_price(mug, gross=Decimal("26.50"), start=LATER)

    by_name = {row["name"]: row for row in rows(wishlist)}

    assert by_name["Becher"]["price"]["price"] == "26,50\xa0€"
    assert by_name["Becher"]["was_text"].startswith("24,00\xa0€, als Sie es am 2.")
    assert by_name["Ostfriesentee"]["was_text"] == ""


def test_a_row_tells_what_is_sold_out_and_what_is_gone(mug, lamp, tea, pen):
    wishlist = guest_list(mug, lamp, tea, pen)
    lamp.stock_items.update(on_hand=0)
    type(tea.product).objects.filter(pk=tea.product_id).update(status="archived")

    found = {row["name"]: (row["state"], row["can_move"]) for row in rows(wishlist)}

    assert found == {
        "Becher": ("available", True),
        "Leuchte": ("sold_out", False),
        "Ostfriesentee": ("gone", False),
        "Füller": ("available", False),  # its engraving is asked for on its page
    }


def test_a_list_of_many_takes_as_many_statements_as_one(
    mug, lamp, tea, pen, django_assert_num_queries
):
    make_variant(tea.product, gross="7.50", sku="TEA-100")
    small, large = guest_list(mug), guest_list(mug, lamp, pen)
    lists.add(large, tea.product, None, moment=NOON)

    with django_assert_num_queries(4):
        rows(small)
    with django_assert_num_queries(5):
        assert len(rows(large)) == 4


def test_a_copy_of_all_data_holds_the_list_and_erasing_takes_it(ada, carol, mug, lamp):
    own, hers = (lists.create(customer=one, moment=NOON) for one in (ada, carol))
    lists.add(own, mug.product, mug, moment=NOON)
    lists.add(hers, lamp.product, lamp, moment=NOON)

    copy = personal_data.export(ada)
    personal_data.erase(ada)

    assert [(one["sku"], one["price_when_added"]) for one in copy["wishlist"]] == [
        ("MUG-1", "24.00")
    ]
    assert copy["is_shared"] is False
    assert list(Wishlist.objects.all()) == [hers]
    assert noted(hers) == [("lamp", "LAMP-1")]
