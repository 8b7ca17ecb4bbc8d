"""Promotions and coupons at the desk of staff: kept, checked, issued, copied, simulated."""

import csv
import datetime
import io
from decimal import Decimal

import pytest

from accounts.models import CustomerGroup
from checkout.models import Cart, CartLine, Coupon, Effect, Kind, Promotion
from checkout.promotions import codes, rules
from orders.models import OrderDiscount
from shop.kit import clock
from tests.backoffice import Desk, clerk, errors
from tests.making import make_coupon, make_customer, make_order, make_promotion

pytestmark = pytest.mark.django_db
PROMOTIONS, COUPONS = "/admin/checkout/promotion/", "/admin/checkout/coupon/"
ADD = f"{PROMOTIONS}add/"
SIMULATOR = f"{PROMOTIONS}simulator/"
TYPED = {
    "name_de": "Zehn Prozent",
    "name_en": "Ten percent",
    "code": "ten",
    "kind": "order",
    "effect": "percent",
    "percent": "10",
    "is_active": "on",
    "includes_reduced": "on",
    "min_goods_gross": "0",
    "min_quantity": "0",
    "priority": "0",
}


@pytest.fixture
def desk(sam):
    return Desk(sam)


def of(promotion):
    return f"{PROMOTIONS}{promotion.pk}/change/"


def test_the_kinds_of_the_tables_are_those_of_the_rules():
    assert set(Kind.values) == {str(one) for one in rules.Kind}


def test_a_promotion_is_typed_and_kept(desk, mug):
    typed = TYPED | {
        "product_ids": "mug",
        "excluded_category_ids": [str(mug.product.category_id)],
        "countries": "de, at",
        "combines_with": ["product", "shipping"],
        "cap": "20.00",
    }

    response = desk.post(ADD, **typed)

    assert response.status_code == 302, errors(response)
    row = Promotion.objects.get()
    assert (row.percent, row.cap, row.gross) == (Decimal("10.00"), Decimal("20.00"), None)
    assert row.product_ids == [mug.product_id]
    assert row.excluded_category_ids == [mug.product.category_id]
    assert row.countries == ["DE", "AT"]
    assert row.combines_with == ["product", "shipping"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"kind": "product", "effect": "amount", "gross": "5"}, {"gross": Decimal("5.00")}),
        ({"kind": "product", "effect": "unit_price", "gross": "9"}, {"gross": Decimal("9.00")}),
        (
            {"kind": "product", "effect": "buy_get", "buy": "2", "get": "1", "percent": ""},
            {"buy": 2, "get": 1, "percent": Decimal("100.00")},
        ),
        (
            {"effect": "tiers", "tiers": "50 = 5\n100=12,50", "percent": ""},
            {"tiers": [["50", "5"], ["100", "12.50"]], "percent": None},
        ),
        ({"kind": "shipping", "effect": "free_shipping"}, {"percent": None, "gross": None}),
    ],
)
def test_each_effect_keeps_its_own_numbers_and_no_others(desk, typed, kept):
    response = desk.post(ADD, **TYPED | typed)

    assert response.status_code == 302, errors(response)
    row = Promotion.objects.get()
    assert {name: getattr(row, name) for name in kept} == kept


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"percent": ""}, "percent"),
        ({"percent": "0"}, "percent"),
        ({"percent": "100.01"}, "percent"),
        ({"percent": "-5"}, "percent"),
        ({"effect": "unit_price"}, "effect"),
        ({"effect": "free_shipping"}, "effect"),
        ({"effect": "amount"}, "gross"),
        ({"effect": "tiers"}, "tiers"),
        ({"effect": "tiers", "tiers": "50 5"}, "tiers"),
        ({"effect": "tiers", "tiers": "50 = 5\n50 = 6"}, "tiers"),
        ({"effect": "tiers", "tiers": "50 = 101", "tiers_in_percent": "on"}, "tiers"),
        ({"effect": "tiers", "tiers": "50 = 0.001"}, "tiers"),
        ({"kind": "product", "effect": "buy_get", "buy": "2"}, "get"),
        ({"product_ids": "no-such-thing"}, "product_ids"),
        ({"countries": "DE, XX"}, "countries"),
        ({"budget": "-1"}, "budget"),
        ({"starts_at_0": "2026-12-02", "starts_at_1": "00:00",
          "ends_at_0": "2026-12-01", "ends_at_1": "00:00"}, "ends_at"),
    ],
)  # fmt: skip
def test_what_nobody_could_give_is_refused_at_its_field(desk, typed, field):
    response = desk.post(ADD, **TYPED | typed)

    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors, errors(response)
    assert not Promotion.objects.exists()


def test_a_promotion_opens_with_what_was_kept_and_saves_it_unchanged(desk, mug):
    group = CustomerGroup.objects.create(code="trade", name_de="Handel", name_en="Trade")
    promotion = make_promotion(
        effect=Effect.TIERS,
        percent=None,
        tiers=[["50", "5"]],
        product_ids=[mug.product_id],
        category_ids=[987654],
        group_codes=[group.code],
        combines_with=["order"],
    )
    before = Promotion.objects.filter(pk=promotion.pk).values().get()

    response = desk.save(of(promotion))

    assert response.status_code == 302, errors(response)
    after = Promotion.objects.filter(pk=promotion.pk).values().get()
    assert after == before


def test_saving_tells_what_stands_beside_it_and_what_does_not(desk):
    make_promotion("spring", name_en="Spring", name_de="Frühling", percent="30")
    make_promotion(
        "half", name_en="Half", name_de="Halb", percent="50", kind=Kind.PRODUCT,
        combines_with=["order"],
    )  # fmt: skip
    make_promotion("off", name_de="Aus", is_active=False)
    ended = clock.now() - datetime.timedelta(days=1)
    make_promotion("past", name_de="Vorbei", ends_at=ended)
    promotion = make_promotion("mine", combines_with=["product"], percent="20")

    text = desk.client.post(
        of(promotion), desk.form(of(promotion)) | {"_continue": "1"}, follow=True
    ).content.decode()

    assert "Nicht kombinierbar mit: „Frühling“" in text or "“Frühling”" in text
    assert "Halb" in text
    assert "60" in text
    assert "Vorbei" not in text
    assert "Aus”" not in text


def test_saving_names_what_would_go_below_its_minimum_price(desk, mug, lamp):
    for variant, least in ((mug, "22.00"), (lamp, "100.00")):
        variant.minimum_gross = Decimal(least)
        variant.save()
    promotion = make_promotion("ten", category_ids=[mug.product.category_id])

    text = desk.client.post(
        of(promotion), desk.form(of(promotion)) | {"_continue": "1"}, follow=True
    ).content.decode()

    assert "MUG-1" in text
    assert "LAMP-1" not in text


def test_a_copy_is_off_and_has_no_codes(desk):
    promotion = make_promotion("ten", needs_coupon=True)
    make_coupon(promotion=promotion)
    address = f"{PROMOTIONS}{promotion.pk}/copy/"

    desk.get(address)
    assert Promotion.objects.count() == 1
    response = desk.post(address)

    copy = Promotion.objects.exclude(pk=promotion.pk).get()
    assert response["Location"] == of(copy)
    assert (copy.code, copy.is_active, copy.percent) == ("ten-2", False, promotion.percent)
    assert not copy.coupons.exists()


def test_what_was_used_cannot_be_deleted(desk, ada):
    promotion = make_promotion("ten")
    used(promotion, ada)

    response = desk.post(f"{PROMOTIONS}{promotion.pk}/delete/", post="yes")

    assert response.status_code == 403
    assert Promotion.objects.exists()


def used(promotion, customer, *, coupon="", gross="5.00", **order):
    return OrderDiscount.objects.create(
        order=make_order(customer, names=["mug"], **order),
        position=1,
        kind=promotion.kind,
        promotion_code=promotion.code,
        name=promotion.name_de,
        coupon_code=coupon,
        gross=Decimal(gross),
    )


def test_the_list_counts_uses_of_orders_that_hold(desk, ada):
    promotion = make_promotion("ten")
    used(promotion, ada)
    used(promotion, ada, gross="3.50")
    used(promotion, ada, gross="99.00", status="cancelled")

    text = desk.text(PROMOTIONS)

    assert "8,50" in text
    assert "99,00" not in text
    few = desk.statements(PROMOTIONS)
    for _number in range(6):
        make_promotion()
    assert desk.statements(PROMOTIONS) == few


# --- Codes ----------------------------------------------------------------------------------------


def test_many_codes_are_random_single_and_exported(desk):
    promotion = make_promotion("ten", needs_coupon=True)
    address = f"{PROMOTIONS}{promotion.pk}/codes/"

    response = desk.post(address, count="500", batch="Newsletter")

    assert response.status_code == 302
    rows = list(Coupon.objects.all())
    assert len({row.key for row in rows}) == 500
    assert {(row.limit_total, row.is_generated, row.batch) for row in rows} == {
        (1, True, "Newsletter")
    }
    assert {len(row.key) for row in rows} == {18}
    assert all(row.key == codes.key(row.code) == row.code.replace("-", "") for row in rows)
    text = desk.text(f"{PROMOTIONS}{promotion.pk}/codes-csv/")
    table = list(csv.DictReader(io.StringIO(text)))
    assert [line["code"] for line in table] == [row.code for row in rows]
    assert table[0] | {"code": ""} == {
        "code": "",
        "promotion": "ten",
        "batch": "Newsletter",
        "limit": "1",
        "used": "0",
        "valid_until": "",
        "is_active": "yes",
    }


def test_a_batch_that_looks_like_a_formula_is_only_text(desk):
    promotion = make_promotion("ten", needs_coupon=True)
    make_coupon(promotion=promotion, batch='=HYPERLINK("x")')

    text = desk.text(f"{PROMOTIONS}{promotion.pk}/codes-csv/")

    assert "'=HYPERLINK" in text


@pytest.mark.parametrize("count", ["0", "-1", "10001", "", "x"])
def test_too_many_codes_or_none_are_refused(desk, count):
    promotion = make_promotion("ten", needs_coupon=True)

    response = desk.post(f"{PROMOTIONS}{promotion.pk}/codes/", count=count, batch="x")

    assert response.status_code == 422
    assert not Coupon.objects.exists()


def test_what_applies_by_itself_gets_no_codes(desk):
    promotion = make_promotion("ten")

    desk.post(f"{PROMOTIONS}{promotion.pk}/codes/", count="5", batch="x")

    assert not Coupon.objects.exists()


@pytest.mark.parametrize("code", ["sommer-10", "S0MMER1O"])
def test_a_second_code_that_reads_the_same_is_refused(desk, code):
    coupon = make_coupon("SOMMER10")

    response = desk.post(f"{COUPONS}add/", promotion=coupon.promotion_id, code=code, is_active="on")

    assert "code" in response.context["adminform"].form.errors
    assert Coupon.objects.count() == 1


def test_a_code_is_found_as_it_is_read_out(desk):
    make_coupon("SOMMER10")
    make_coupon("ANDERER1")

    text = desk.text(f"{COUPONS}?q=s0mmer 1o")

    assert "SOMMER10" in text
    assert "ANDERER1" not in text


def test_staff_without_the_right_see_nothing_of_it(db):
    desk = Desk(clerk("catalog"))
    promotion = make_promotion("ten", needs_coupon=True)

    for address in (PROMOTIONS, SIMULATOR, f"{PROMOTIONS}{promotion.pk}/codes/"):
        assert desk.client.get(address).status_code in (302, 403)
    assert desk.post(f"{PROMOTIONS}{promotion.pk}/codes/", count="5", batch="x").status_code != 200
    assert not Coupon.objects.exists()


# --- The simulator --------------------------------------------------------------------------------


def simulated(desk, **typed):
    response = desk.post(SIMULATOR, **{"country": "DE", "goods": "MUG-1 2"} | typed)
    return response.context["result"], response


def test_the_simulator_tells_what_applies_in_which_order_and_why_not_the_rest(desk, mug):
    make_promotion(
        "mugs", name_de="Becherwoche", kind=Kind.PRODUCT, percent="20", combines_with=["order"],
        category_ids=[mug.product.category_id],
    )  # fmt: skip
    order = make_promotion("ten", needs_coupon=True, combines_with=["product"])
    make_coupon(promotion=order)
    make_promotion("fifty", name_de="Ab 50", min_goods_gross=Decimal("50.00"))

    result, _response = simulated(desk, codes="sommer10, nobody")

    assert [(one["name"], one["gross"]) for one in result["applied"]] == [
        ("Becherwoche", "-9,60\xa0€"),
        ("Aktion ten", "-3,84\xa0€"),
    ]
    assert [no["name"] for no in result["refused"]] == ["Ab 50"]
    assert "2,00" in result["refused"][0]["reason"]
    assert result["unknown"] == [codes.key("nobody")]
    assert (result["lines"][0]["discount"], result["lines"][0]["payable"]) == (
        "-13,44\xa0€",
        "34,56\xa0€",
    )
    assert not Cart.objects.exists()
    assert not CartLine.objects.exists()


def test_the_simulator_answers_for_a_group_a_customer_and_another_day(desk, mug):
    CustomerGroup.objects.create(code="trade", name_de="Handel", name_en="Trade")
    tomorrow = clock.now() + datetime.timedelta(days=2)
    make_promotion("trade", group_codes=["trade"], priority=2)
    make_promotion("first", is_first_order=True, percent="5")
    make_promotion("later", starts_at=tomorrow, percent="50")
    make_order(make_customer("ada@example.com"), names=["mug"])

    names = [one["name"] for one in simulated(desk)[0]["applied"]]
    of_group = [one["name"] for one in simulated(desk, group="trade")[0]["applied"]]
    known = simulated(desk, customer="a.d.a+x@example.com")[0]["applied"]
    known_too = simulated(desk, customer="ada+x@example.com")[0]["applied"]
    later = simulated(desk, moment=f"{tomorrow + datetime.timedelta(days=1):%Y-%m-%dT%H:%M}")[0]

    assert names == ["Aktion first"]
    assert of_group == ["Aktion trade"]
    assert [one["name"] for one in known] == ["Aktion first"]
    assert known_too == []
    assert [one["name"] for one in later["applied"]] == ["Aktion later"]


def test_the_simulator_takes_an_existing_cart(desk, mug, moment):
    cart = Cart.objects.create(created_at=moment, updated_at=moment)
    CartLine.objects.create(cart=cart, variant=mug, quantity=3, added_at=moment)
    make_promotion("ten")

    result, _response = simulated(desk, goods="", cart=str(cart.pk))

    assert result["lines"][0]["quantity"] == 3
    assert Cart.objects.count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"goods": ""},
        {"goods": "NO-SUCH 2"},
        {"goods": "MUG-1 0"},
        {"goods": "MUG-1 x"},
        {"goods": "", "cart": "99999999999999999999"},
        {"country": "XX"},
        {"customer": "nobody"},
    ],
)
def test_a_question_that_is_none_is_refused(desk, mug, typed):
    result, response = simulated(desk, **typed)

    assert response.status_code == 422
    assert result is None
