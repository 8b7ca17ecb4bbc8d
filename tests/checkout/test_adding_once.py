"""A double click adds once, two deliberate presses add twice: docs/adr/0025-truthful-carts.md."""

import datetime
import re
import uuid

import pytest
from django.test import Client

from checkout import carts
from checkout.models import CartLine
from tests.pages import Page

pytestmark = pytest.mark.django_db


def opened(client, variant):
    """The form of the product's page, as a browser has it before it."""
    page = Page(client.get(f"/de/p/{variant.product.slug}/"))
    return page.form("/de/cart/lines/").values


def pieces():
    return list(CartLine.objects.order_by("pk").values_list("quantity", flat=True))


def test_a_double_click_without_javascript_adds_once(ben, put, mug, tea):
    put(ben, tea)
    form = opened(ben, mug)

    answers = [ben.post("/de/cart/lines/", form) for _click in range(3)]

    assert {one["Location"] for one in answers} == {"/de/cart/"}
    assert pieces() == [1, 1]


def test_opening_the_page_again_and_pressing_again_adds_again(ben, mug):
    for _visit in range(2):
        ben.post("/de/cart/lines/", opened(ben, mug))

    assert pieces() == [2]


def test_going_back_and_asking_for_something_else_is_meant(ben, mug):
    form = opened(ben, mug)

    for quantity in ("1", "3", "1"):
        ben.post("/de/cart/lines/", form | {"quantity": quantity})

    assert pieces() == [5]


def test_the_same_form_after_some_time_is_meant(cart, mug, moment):
    key = uuid.uuid4()
    for seconds in (0, 9, 18, 31):
        when = moment + datetime.timedelta(seconds=seconds)
        carts.add(cart, mug, quantity=1, key=key, moment=when)

    assert pieces() == [3]  # at 0, 18 (nine seconds after no change at all) and 31


def test_with_javascript_each_answer_brings_the_key_of_the_next_press(ben, mug):
    form = opened(ben, mug)
    for _press in range(3):
        answer = ben.post("/de/cart/lines/", form, headers={"X-Fragment": "cart_added"})
        template = re.search(r'<template data-for="add-key">(.*?)</template>', answer.text)
        form["key"] = re.search(r'name="key" value="([^"]+)"', template[1])[1]

    assert pieces() == [3]
    assert 'shop-fragment name="add-key"' in ben.get(f"/de/p/{mug.product.slug}/").text


@pytest.mark.parametrize("key", ["", "x", "\x00", "1" * 4000])
def test_what_is_no_key_hinders_nobody_and_always_adds(ben, mug, key):
    for _press in range(2):
        data = {"variant": mug.pk, "quantity": 1, "key": key}
        assert ben.post("/de/cart/lines/", data).status_code == 302

    assert pieces() == [2]


def test_the_same_key_in_the_cart_of_somebody_else_means_nothing(ben, put, mug):
    form = opened(ben, mug)
    carol = Client()

    for client in (ben, carol):
        client.post("/de/cart/lines/", form)

    assert pieces() == [1, 1]
