"""Signing in with a cart: docs/adr/0024-merging-at-sign-in.md, cell by cell and at random."""

from collections import Counter

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkout import carts
from checkout.cart import aside, merging
from checkout.models import AsideKind, AsideLine, Cart, CartLine
from tests.conftest import PASSWORD
from tests.pages import Page

pytestmark = pytest.mark.django_db


def in_cart(cart):
    rows = CartLine.objects.filter(cart=cart)
    return dict(rows.values_list("variant__sku", "quantity"))


def saved(cart):
    rows = AsideLine.objects.filter(cart=cart, kind=AsideKind.SAVED)
    return dict(rows.values_list("variant__sku", "quantity"))


@pytest.fixture
def own(ada, moment):
    return carts.create(customer=ada, moment=moment)


@pytest.mark.parametrize(
    ("guests", "account", "after", "for_later"),
    [
        ({}, {"mug": 2}, {"MUG-1": 2}, {}),
        ({"mug": 2}, {}, {"MUG-1": 2}, {}),
        ({"tea": 1}, {"mug": 2}, {"TEA-250": 1}, {"MUG-1": 2}),
        ({"mug": 4}, {"mug": 1}, {"MUG-1": 4}, {}),
        ({"mug": 2}, {"mug": 2}, {"MUG-1": 2}, {}),
        ({"mug": 2}, {"mug": 5}, {"MUG-1": 2}, {"MUG-1": 3}),
        ({"mug": 4, "tea": 2}, {"mug": 1, "lamp": 1}, {"MUG-1": 4, "TEA-250": 2}, {"LAMP-1": 1}),
    ],
)
def test_the_guests_cart_is_the_cart_and_older_goods_are_saved(
    ada, own, cart, mug, tea, lamp, moment, guests, account, after, for_later
):
    goods = {"mug": mug, "tea": tea, "lamp": lamp}
    for name, quantity in account.items():
        carts.add(own, goods[name], quantity=quantity, moment=moment)
    for name, quantity in guests.items():
        carts.add(cart, goods[name], quantity=quantity, moment=moment)

    claimed = merging.claim(ada, cart, moment=moment)

    assert claimed.cart == own
    assert claimed.moved == len(for_later)
    assert in_cart(own) == after
    assert saved(own) == for_later
    assert not Cart.objects.filter(pk=cart.pk).exists()


def test_what_both_have_saved_counts_once(ada, own, cart, mug, moment):
    for one, quantity in ((own, 3), (cart, 2)):
        line = carts.add(one, mug, quantity=quantity, moment=moment)
        aside.save_for_later(one, line.pk, moment=moment)

    merging.claim(ada, cart, moment=moment)

    assert saved(own) == {"MUG-1": 3}


def test_a_line_goes_to_what_is_saved_of_it_already(ada, own, cart, mug, tea, moment):
    line = carts.add(own, mug, quantity=3, moment=moment)
    aside.save_for_later(own, line.pk, moment=moment)
    carts.add(own, mug, quantity=5, moment=moment)
    carts.add(cart, tea, quantity=1, moment=moment)

    merging.claim(ada, cart, moment=moment)

    assert in_cart(own) == {"TEA-250": 1}
    assert saved(own) == {"MUG-1": 8}


def test_a_removal_of_before_cannot_be_undone_after_signing_in(ada, own, cart, mug, tea, moment):
    line = carts.add(own, mug, quantity=3, moment=moment)
    aside.remove(own, line.pk, moment=moment)
    carts.add(cart, tea, quantity=1, moment=moment)

    merging.claim(ada, cart, moment=moment)

    assert not own.aside.exists()


def test_claiming_twice_is_claiming_once(ada, cart, mug, moment):
    carts.add(cart, mug, quantity=4, moment=moment)

    once = merging.claim(ada, cart, moment=moment).cart
    twice = merging.claim(ada, once, moment=moment).cart
    again = merging.claim(ada, None, moment=moment).cart
    stale = merging.claim(ada, cart, moment=moment).cart

    assert once == twice == again == stale
    assert in_cart(once) == {"MUG-1": 4}


def test_the_cart_of_another_customer_is_never_taken(ada, carol, mug, moment):
    hers = carts.create(customer=carol, moment=moment)
    carts.add(hers, mug, quantity=4, moment=moment)

    claimed = merging.claim(ada, hers, moment=moment).cart

    assert claimed.customer == ada
    assert in_cart(claimed) == {}
    assert in_cart(hers) == {"MUG-1": 4}


def test_claiming_a_cart_that_was_ordered_meanwhile_leaves_it_to_the_order(ada, cart, mug, moment):
    carts.add(cart, mug, quantity=4, moment=moment)
    Cart.objects.filter(pk=cart.pk).update(ordered_at=moment)

    claimed = merging.claim(ada, cart, moment=moment).cart

    assert in_cart(claimed) == {}
    assert in_cart(cart) == {"MUG-1": 4}


_piles = st.dictionaries(
    st.tuples(st.integers(0, 3), st.sampled_from(["", "Moin"])), st.integers(1, 99), max_size=5
)


def _fill(cart, lying, saved_goods, variants, moment):
    for (number, text), quantity in lying.items():
        CartLine.objects.create(
            cart=cart, variant=variants[number], engraving=text, quantity=quantity, added_at=moment
        )
    for (number, text), quantity in saved_goods.items():
        AsideLine.objects.create(
            cart=cart, variant=variants[number], engraving=text, quantity=quantity, added_at=moment
        )


def _all(*carts_):
    pieces: Counter[tuple[int, str]] = Counter()
    for model in (CartLine, AsideLine):
        for pk, text, quantity in model.objects.filter(cart__in=carts_).values_list(
            "variant_id", "engraving", "quantity"
        ):
            pieces[pk, text] += quantity
    return pieces


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(_piles, _piles, _piles, _piles)
def test_merging_loses_nothing_doubles_nothing_and_does_nothing_twice(
    ada, mug, tea, lamp, pen, moment, guests, guests_saved, account, account_saved
):
    with transaction.atomic():
        variants = [mug, tea, lamp, pen]
        own = carts.create(customer=ada, moment=moment)
        guest = carts.create(customer=None, moment=moment)
        _fill(guest, guests, guests_saved, variants, moment)
        _fill(own, account, account_saved, variants, moment)
        of_guest, of_account = _all(guest), _all(own)
        shown = sorted(guest.lines.values_list("variant", "engraving", "quantity"))

        merging.claim(ada, guest, moment=moment)
        after = _all(own)
        merging.claim(ada, guest, moment=moment)

        assert _all(own) == after
        assert set(after) == set(of_guest) | set(of_account)
        for goods, pieces in after.items():
            assert pieces <= of_guest[goods] + of_account[goods]
            assert pieces >= min(99, max(of_guest[goods], of_account[goods]))
        if shown:
            assert sorted(own.lines.values_list("variant", "engraving", "quantity")) == shown
        transaction.set_rollback(True)


# --- Through the pages ----------------------------------------------------------------------------


def sign_in(client, email, language="de"):
    form = {"login": email, "password": PASSWORD}
    response = client.post(f"/{language}/account/login/", form)
    assert response.status_code == 302, response.content.decode()[:2000]


def test_signing_in_tells_what_was_saved_and_signing_out_leaks_nothing(ada, put, mug, tea):
    at_home, at_work = Client(), Client()
    sign_in(at_home, ada.email)
    put(at_home, mug, 2)
    put(at_work, tea, 1)

    sign_in(at_work, ada.email)
    page = Page(at_work.get("/de/cart/"))
    at_work.post("/de/account/logout/")
    afterwards = Page(at_work.get("/de/cart/"))
    put(at_work, tea, 3)

    assert "1 Artikel Ihres früheren Warenkorbs ist jetzt für später gemerkt" in page.text
    assert "Für später gemerkt" in page.text
    assert "Becher" in page.text
    assert "Becher" not in afterwards.text
    assert "Ostfriesentee" not in afterwards.text
    assert in_cart(Cart.objects.get(customer=ada)) == {"TEA-250": 1}
    assert in_cart(Cart.objects.get(customer=None)) == {"TEA-250": 3}
