"""The coupon field of the cart: codes go in and out, and every refusal is a sentence."""

import datetime
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import CustomerGroup, GroupMember
from checkout import carts
from checkout.cart import merging
from checkout.models import Cart, Coupon, Effect, Kind
from checkout.promotions import codes, entering
from shop.kit import clock, limits
from tests.checkout.conftest import CONTACT
from tests.making import make_coupon, make_order, make_promotion
from tests.pages import Page

pytestmark = pytest.mark.django_db
CART, COUPONS, REMOVAL = "/en/cart/", "/en/cart/coupons/", "/en/cart/coupons/removal/"
UNKNOWN = "We do not know this code, or it was used already."
DAY = datetime.timedelta(days=1)


@pytest.fixture
def filled(ben, put, mug):
    """Ben's cart with two mugs for 48.00."""
    return put(ben, mug, 2)


def enter(client, code, **headers):
    return client.post(COUPONS, {"code": code}, headers=headers)


def told(client, code="SOMMER10"):
    """What the cart says after a code was taken."""
    response = enter(client, code)
    assert response.status_code == 302, Page(response).problems
    return Page(client.get(CART)).text


# --- In and out -----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["SOMMER10", "sommer10", " Sommer-10 ", "S0MMER 1O", "SOMMERI0"])
def test_a_code_is_read_however_it_is_typed(ben, filled, typed):
    make_coupon()

    text = told(ben, typed)

    assert "SOMMER10" in text
    assert "−€4.80" in text
    assert Cart.objects.get().coupon_keys == [codes.key("SOMMER10")]


def test_two_codes_that_read_the_same_are_one():
    assert codes.key("O0 I1L S5 Z2 B8 UV") == "00111552288UU"
    assert codes.key("Frühling!") == "FRÜH11NG"
    assert codes.key("ＳＯＭＭＥＲ１０") == codes.key("SOMMER10")
    assert codes.key("x" * 41) == codes.key(" -–. ") == ""


def test_the_total_falls_by_the_discount_and_rises_when_the_code_is_removed(ben, filled):
    make_coupon()
    told(ben)
    page = Page(ben.get(CART))
    with_code = page.text

    response = ben.post(REMOVAL, page.form(REMOVAL).values)

    assert response.status_code == 302
    text = Page(ben.get(CART)).text
    assert "SOMMER10" not in text
    assert Cart.objects.get().coupon_keys == []
    assert "€43.20" in with_code
    assert "€43.20" not in text


def test_several_codes_stand_beside_each_other_where_both_allow_it(ben, filled):
    both = [Kind.ORDER, Kind.SHIPPING]
    make_coupon(promotion=make_promotion(needs_coupon=True, combines_with=both))
    free = make_promotion(
        kind=Kind.SHIPPING, effect=Effect.FREE_SHIPPING, needs_coupon=True, combines_with=both
    )
    make_coupon("VERSAND", promotion=free)
    Cart.objects.update(delivery_method="standard")

    told(ben)
    text = told(ben, "VERSAND")

    assert "−€4.80" in text
    assert "−€4.90" in text


def test_a_second_code_of_one_promotion_takes_the_place_of_the_first(ben, filled):
    promotion = make_promotion(needs_coupon=True)
    make_coupon("EINS11", promotion=promotion)
    make_coupon("ZWEI22", promotion=promotion)

    told(ben, "EINS11")
    told(ben, "ZWEI22")

    assert Cart.objects.get().coupon_keys == [codes.key("ZWEI22")]


def test_without_a_cart_there_is_nothing_to_redeem_for(ben, rules):
    make_coupon()

    response = enter(ben, "SOMMER10")

    assert (response.status_code, response["Location"]) == (302, CART)
    assert not Cart.objects.exists()


def test_a_fragment_gets_its_part_of_the_page(ben, filled):
    make_coupon()

    response = enter(ben, "SOMMER10", X_Fragment="lines")

    assert response.status_code == 200
    assert b"<html" not in response.content
    assert b"SOMMER10" in response.content


# --- Refused at the field -------------------------------------------------------------------------


def refused(client, code):
    response = enter(client, code)
    assert response.status_code == 422
    page = Page(response)
    assert page.field("code").get("value", "") == code
    assert Cart.objects.get().coupon_keys == []
    return page.problems


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"is_active": False}, UNKNOWN),
        ({"limit_total": 0}, "The code SOMMER10 is used up."),
        ({"limit_total": 0, "is_generated": True}, UNKNOWN),
        ({"ends_at": clock.now() - DAY}, "The code SOMMER10 is no longer valid."),
    ],
)
def test_a_code_that_nobody_can_use_is_refused_in_words(ben, filled, fields, text):
    make_coupon(**fields)

    assert refused(ben, "SOMMER10") == [("id_code", text)]


@pytest.mark.parametrize(
    ("code", "text"), [("NOBODY", UNKNOWN), ("", "Enter a code."), ("--", "Enter a code.")]
)
def test_what_is_no_code_is_refused_in_words(ben, filled, code, text):
    assert refused(ben, code) == [("id_code", text)]


def test_the_field_is_open_again_with_what_was_typed(ben, filled):
    html = enter(ben, "NOBODY").content.decode()

    assert '<details class="coupons__more" open>' in html


def test_a_generated_code_that_is_used_up_cannot_be_told_from_none(ben, filled):
    make_coupon("ACDEFG-HJKMNP-QRTWXY", limit_total=0, is_generated=True)

    def answer(code):
        with CaptureQueriesContext(connection) as seen:
            response = enter(ben, code)
        html = response.content.decode().replace(code, "CODE")
        html = "".join(part.split('"', 1)[-1] for part in html.split("csrfmiddlewaretoken"))
        return response.status_code, html, len(seen)

    enter(ben, "WARM")
    used, none = answer("ACDEFG-HJKMNP-QRTWXY"), answer("ACDEFG-HJKMNP-QRTWXZ")

    assert used[0] == none[0] == 422
    assert used[2] == none[2]
    assert len(used[1]) == len(none[1])


# --- Kept, with the reason why it does not apply --------------------------------------------------


def with_conditions(**fields):
    make_coupon(promotion=make_promotion("p", needs_coupon=True, **fields))


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"min_goods_gross": Decimal("50.00")}, "€2.00 of goods are missing for it."),
        ({"min_quantity": 3}, "1 piece is missing for it."),
        ({"product_ids": [0]}, "Not for the goods in your cart."),
        ({"countries": ["AT"]}, "Only for delivery to: Austria."),
        ({"needs_account": True}, "Only with a customer account: please sign in."),
        ({"group_codes": ["students"]}, "Only for certain groups of customers."),
        ({"delivery_codes": ["express"]}, "Applies as soon as you have chosen the way of"),
        ({"budget": Decimal("4.79")}, "Used up: what is left is less than your discount would"),
        ({"starts_at": clock.now() + DAY}, "Valid from "),
    ],
)
def test_a_code_that_does_not_apply_stays_with_the_reason(ben, filled, fields, text):
    with_conditions(**fields)

    page = told(ben)

    assert text in page
    assert Cart.objects.get().coupon_keys == [codes.key("SOMMER10")]
    assert "−€4.80" not in page


def test_a_budget_that_is_just_enough_is_given_in_full(ben, filled):
    with_conditions(budget=Decimal("4.80"))

    assert "−€4.80" in told(ben)


def test_the_better_one_of_two_that_do_not_combine_is_named(ben, filled):
    make_promotion("spring", percent="20", name_en="Spring", name_de="Frühling")
    make_coupon()

    assert "Does not combine with “Spring”, which takes more off." in told(ben)


def test_the_first_order_is_known_by_the_mailbox(ben, filled):
    with_conditions(is_first_order=True)
    make_order(None, names=["mug"])  # of ada@example.com

    assert "−€4.80" in told(ben)

    Cart.objects.update(contact={"email": "Ada+shop@Example.com"})

    assert "Only for the first order." in Page(ben.get(CART)).text


def test_members_of_a_group_get_what_is_theirs(ben, filled, ada):
    group = CustomerGroup.objects.create(code="students", name_de="Studis", name_en="Students")
    with_conditions(group_codes=["students"])
    Cart.objects.update(customer=ada)
    ben.force_login(ada)
    told(ben)

    GroupMember.objects.create(group=group, customer=ada)

    assert "−€4.80" in Page(ben.get(CART)).text


def test_a_code_that_was_deleted_meanwhile_is_told(ben, filled):
    make_coupon()
    told(ben)
    Coupon.objects.all().delete()

    assert UNKNOWN in Page(ben.get(CART)).text


# --- What comes by itself -------------------------------------------------------------------------


def test_the_cart_tells_what_is_nearly_reached(ben, filled):
    make_promotion("fifty", name_en="10 % from €50", min_goods_gross=Decimal("50.00"))
    make_promotion("far", name_en="Far away", min_goods_gross=Decimal("500.00"))

    text = Page(ben.get(CART)).text

    assert "€2.00 more until “10 % from €50”." in text
    assert "Far away" not in text


# --- Guessing -------------------------------------------------------------------------------------


def guess(client, count):
    return [enter(client, f"GUESS{number}").status_code for number in range(count)]


def test_after_ten_wrong_codes_no_code_is_looked_at_for_a_quarter_of_an_hour(ben, filled):
    make_coupon()

    assert guess(ben, 10) == [422] * 10
    response = enter(ben, "SOMMER10")

    assert response.status_code == 429
    assert Page(response).problems == [
        ("id_code", "Too many wrong codes. Please try again in 15 minutes.")
    ]
    assert Cart.objects.get().coupon_keys == []


def test_right_codes_do_not_count(ben, filled):
    make_coupon()
    for _number in range(12):
        told(ben)
        ben.post(REMOVAL, {"key": codes.key("SOMMER10")})

    assert told(ben)


def test_used_up_codes_that_nobody_may_know_count_as_wrong(ben, filled):
    make_coupon("ACDEFG-HJKMNP-QRTWXY", limit_total=0, is_generated=True)

    for _number in range(10):
        enter(ben, "ACDEFG-HJKMNP-QRTWXY")

    assert enter(ben, "ANOTHER").status_code == 429


def test_a_network_is_limited_whatever_carts_it_takes(filled):
    make_coupon()
    cart, network = filled, "198.51.100.0/24"
    for number in range(entering.PER_NETWORK.most):
        cart.token = f"token-{number}"
        with pytest.raises(entering.Refused):
            entering.enter(cart, "NOBODY", network=network, moment=clock.now())

    with pytest.raises(entering.Guessing) as told_:
        entering.enter(cart, "SOMMER10", network=network, moment=clock.now())

    assert "60" in told_.value.message
    assert not limits.is_spent((entering.PER_NETWORK, "203.0.113.0/24"))


def test_a_cart_page_costs_the_same_for_any_number_of_promotions(ben, filled):
    def statements():
        ben.get(CART)
        with CaptureQueriesContext(connection) as seen:
            ben.get(CART)
        return [one["sql"] for one in seen]

    none = statements()
    make_promotion()
    one = statements()
    for _number in range(12):
        make_promotion()
    many = statements()

    assert len(one) == len(many) == len(none) + 1, many


def test_the_limit_per_customer_is_told_in_the_cart(ben, filled):
    with_conditions(limit_per_customer=0)
    Cart.objects.update(contact={"email": "ben@example.org"})

    assert "You have used it already." in told(ben)


def test_codes_come_along_when_somebody_signs_in(filled, ada, moment):
    own = carts.create(customer=ada, moment=moment)
    filled.coupon_keys, own.coupon_keys = ["EINS", "ZWEI"], ["ZWEI", "DREI"]
    filled.save()
    own.save()

    cart = merging.claim(ada, filled, moment=moment).cart

    assert cart.coupon_keys == ["EINS", "ZWEI", "DREI"]


# --- At the checkout ------------------------------------------------------------------------------

CHECKOUT = "/en/checkout/"
REDEEM = {"coupon-code": "SOMMER10", "coupon-entry": "1"}


def test_a_code_is_redeemed_at_the_checkout_and_nothing_typed_is_lost(ben, filled):
    make_coupon()

    response = ben.post(CHECKOUT, {"name": "Ben", "city": "Kiel", "country": "DE", **REDEEM})

    page = Page(response)
    assert response.status_code == 200
    assert page.problems == []
    assert "−€4.80" in page.text
    assert (page.field("name")["value"], page.field("city")["value"]) == ("Ben", "Kiel")
    assert page.field("coupon-code")["form"] == "checkout-form"
    assert page.field("coupon-code").get("value", "") == ""
    assert Cart.objects.get().contact == {}


def test_a_line_feed_in_the_field_redeems_too(ben, filled):
    """It presses the first button of the form, which is another one."""
    make_coupon()

    response = ben.post(CHECKOUT, {"country": "DE", "coupon-code": "SOMMER10"})

    assert response.status_code == 200
    assert Cart.objects.get().coupon_keys == [codes.key("SOMMER10")]


@pytest.mark.parametrize(("code", "text"), [("NOBODY", UNKNOWN), ("", "Enter a code.")])
def test_a_wrong_code_at_the_checkout_is_told_at_its_field(ben, filled, code, text):
    response = ben.post(CHECKOUT, {"name": "Ben", "coupon-code": code, "coupon-entry": "1"})

    page = Page(response)
    assert response.status_code == 422
    assert page.problems == [("id_coupon-code", text)]
    assert page.field("name")["value"] == "Ben"


def test_a_code_is_removed_at_the_checkout(ben, filled):
    make_coupon()
    told(ben)

    response = ben.post(CHECKOUT, {"name": "Ben", "coupon-removal": codes.key("SOMMER10")})

    page = Page(response)
    assert response.status_code == 200
    assert "SOMMER10" not in page.text
    assert page.field("name")["value"] == "Ben"


def test_the_review_tells_which_code_takes_nothing_off(ben, to_review, mug):
    to_review(ben, {mug: 2}, language="en")
    with_conditions(min_goods_gross=Decimal("50.00"))
    told(ben)

    text = Page(ben.get("/en/checkout/review/")).text

    assert "SOMMER10" in text
    assert "€2.00 of goods are missing for it." in text


def test_a_text_with_a_nul_is_no_error_of_ours(ben, put, mug):
    put(ben, mug)
    page = ben.get(CHECKOUT).content.decode()
    names = set(re.findall(r'name="([\w-]+)"', page)) | {"coupon-removal", "coupon-entry"}
    ben.raise_request_exception = False

    answers = {name: ben.post(CHECKOUT, {**CONTACT, name: "x\x00y"}).status_code for name in names}

    assert len(answers) > 10
    assert {name: status for name, status in answers.items() if status >= 500} == {}
