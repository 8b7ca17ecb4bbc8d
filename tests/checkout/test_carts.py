import pytest
from django.db import IntegrityError, transaction

from catalog.models import Product, ProductStatus, Variant
from checkout import cart_items, carts, placing
from checkout.cart import aside
from checkout.models import Cart, CartLine
from tests.making import LONG_AGO, make_goods, make_product, make_variant, put_in_stock

pytestmark = pytest.mark.django_db


def held(cart):
    rows = CartLine.objects.filter(cart=cart).order_by("pk")
    return list(rows.values_list("variant__sku", "quantity", "engraving"))


def test_more_of_the_same_is_one_line(cart, mug, moment):
    carts.add(cart, mug, quantity=2, moment=moment)
    carts.add(cart, mug, quantity=3, moment=moment)

    assert held(cart) == [("MUG-1", 5, "")]
    cart.refresh_from_db()
    assert cart.updated_at == moment


def test_another_engraving_is_another_line(cart, pen, moment):
    for engraving in ("Moin", "Ahoi", "Moin"):
        carts.add(cart, pen, quantity=1, engraving=engraving, moment=moment)

    assert held(cart) == [("PEN-1", 2, "Moin"), ("PEN-1", 1, "Ahoi")]


def test_a_cart_never_holds_more_than_there_are(cart, mug, moment):
    carts.add(cart, mug, quantity=8, moment=moment)

    with pytest.raises(carts.NotEnough) as refusal:
        carts.add(cart, mug, quantity=3, moment=moment)

    assert refusal.value.left == 10
    assert held(cart) == [("MUG-1", 8, "")]


def test_lines_of_one_variant_share_what_is_left(cart, warehouse, rules, moment):
    ring = make_variant(make_product("ring", engraving_length=10))
    put_in_stock(ring, 3, warehouse)
    carts.add(cart, ring, quantity=2, engraving="A", moment=moment)

    with pytest.raises(carts.NotEnough):
        carts.add(cart, ring, quantity=2, engraving="B", moment=moment)
    carts.add(cart, ring, quantity=1, engraving="B", moment=moment)
    line = CartLine.objects.get(cart=cart, engraving="B")
    with pytest.raises(carts.NotEnough):
        carts.set_quantity(cart, line.pk, quantity=2, moment=moment)

    assert [quantity for _sku, quantity, _text in held(cart)] == [2, 1]


def test_the_same_stock_is_not_promised_twice_to_two_engravings_at_the_order(
    cart, warehouse, rules, moment
):
    ring = make_variant(make_product("ring", engraving_length=10))
    item = put_in_stock(ring, 3, warehouse)
    carts.add(cart, ring, quantity=2, engraving="A", moment=moment)
    carts.add(cart, ring, quantity=1, engraving="B", moment=moment)
    item.on_hand = 2
    item.save(update_fields=["on_hand"])

    quote = placing.prepare(cart, moment=moment).quote

    assert [(line.item.left, line.item.is_short) for line in quote.lines] == [(2, False), (0, True)]


def test_ninety_nine_pieces_are_the_most_of_a_line(cart, pen, moment):
    carts.add(cart, pen, quantity=99, engraving="Moin", moment=moment)

    with pytest.raises(carts.CartProblem, match="99"):
        carts.add(cart, pen, quantity=1, engraving="Moin", moment=moment)

    assert held(cart) == [("PEN-1", 99, "Moin")]


def test_a_cart_has_fifty_lines_at_most(cart, warehouse, moment):
    product = make_product()
    for number in range(50):
        variant = make_variant(product, sku=f"V-{number}", has_stock_limit=False)
        CartLine.objects.create(cart=cart, variant=variant, quantity=1, added_at=moment)
    one_more = make_variant(product, sku="V-50", has_stock_limit=False)

    with pytest.raises(carts.CartProblem):
        carts.add(cart, one_more, quantity=1, moment=moment)
    carts.add(cart, variant, quantity=1, moment=moment)

    assert CartLine.objects.filter(cart=cart).count() == 50


@pytest.mark.parametrize("status", [ProductStatus.DRAFT, ProductStatus.ARCHIVED])
def test_what_is_not_live_is_not_for_sale(cart, mug, moment, status):
    Product.objects.filter(pk=mug.product_id).update(status=status)

    with pytest.raises(carts.CartProblem):
        carts.add(cart, mug, quantity=1, moment=moment)

    assert held(cart) == []


def test_neither_a_variant_taken_off_nor_a_product_of_tomorrow(cart, mug, lamp, moment):
    Variant.objects.filter(pk=mug.pk).update(is_active=False)
    Product.objects.filter(pk=lamp.product_id).update(published_at=moment.replace(year=2099))

    for variant in (mug, lamp):
        with pytest.raises(carts.CartProblem):
            carts.add(cart, variant, quantity=1, moment=moment)


def test_a_variant_without_a_price_is_not_for_sale(cart, warehouse, moment):
    variant = make_variant(gross=None, has_stock_limit=False)

    with pytest.raises(carts.CartProblem):
        carts.add(cart, variant, quantity=1, moment=moment)

    assert held(cart) == []


def test_less_is_always_possible_even_when_too_little_is_left(cart, mug, warehouse, moment):
    carts.add(cart, mug, quantity=9, moment=moment)
    line = CartLine.objects.get(cart=cart)
    mug.stock_items.update(on_hand=2)

    with pytest.raises(carts.NotEnough) as refusal:
        carts.set_quantity(cart, line.pk, quantity=10, moment=moment)
    assert refusal.value.left == 2
    carts.set_quantity(cart, line.pk, quantity=5, moment=moment)

    assert held(cart) == [("MUG-1", 5, "")]


def test_lines_of_another_cart_do_not_exist(cart, mug, moment):
    other = carts.create(customer=None, moment=moment)
    line = carts.add(other, mug, quantity=2, moment=moment)

    with pytest.raises(CartLine.DoesNotExist):
        carts.set_quantity(cart, line.pk, quantity=1, moment=moment)
    with pytest.raises(CartLine.DoesNotExist):
        aside.remove(cart, line.pk, moment=moment)

    assert held(other) == [("MUG-1", 2, "")]


@pytest.mark.parametrize("quantity", [0, 100])
def test_the_database_refuses_what_no_line_may_hold(cart, mug, moment, quantity):
    with pytest.raises(IntegrityError), transaction.atomic():
        CartLine.objects.create(cart=cart, variant=mug, quantity=quantity, added_at=moment)


def test_an_ordered_cart_is_found_no_more_and_never_changes(cart, mug, moment):
    line = carts.add(cart, mug, quantity=2, moment=moment)
    Cart.objects.filter(pk=cart.pk).update(ordered_at=moment)

    assert carts.find(cart.token) is None
    assert carts.count(cart.token).pieces == 0
    for act in (
        lambda: carts.add(cart, mug, quantity=1, moment=moment),
        lambda: carts.set_quantity(cart, line.pk, quantity=1, moment=moment),
        lambda: aside.remove(cart, line.pk, moment=moment),
    ):
        with pytest.raises(carts.Ordered):
            act()

    assert held(cart) == [("MUG-1", 2, "")]


def test_a_customer_has_one_open_cart(ada, moment):
    first = carts.create(customer=ada, moment=moment)

    assert carts.create(customer=ada, moment=moment) == first
    Cart.objects.filter(pk=first.pk).update(ordered_at=moment)
    assert carts.create(customer=ada, moment=moment) != first


# --- Reading --------------------------------------------------------------------------------------


def test_a_line_that_lost_its_price_or_its_place_has_nothing_left(cart, mug, tea, lamp, moment):
    for variant in (mug, tea, lamp):
        carts.add(cart, variant, quantity=1, moment=moment)
    mug.prices.all().delete()
    Product.objects.filter(pk=tea.product_id).update(status=ProductStatus.DRAFT)

    found = {
        one.sku: (one.left, one.is_short)
        for one in cart_items.of(cart, moment=moment, currency="EUR")
    }

    assert found == {"MUG-1": (0, True), "TEA-250": (0, True), "LAMP-1": (1, False)}


def test_a_cart_is_read_in_as_many_statements_for_one_line_as_for_five(
    cart, mug, warehouse, moment, django_assert_num_queries
):
    carts.add(cart, mug, quantity=1, moment=moment)
    with django_assert_num_queries(4):
        assert len(cart_items.of(cart, moment=moment, currency="EUR")) == 1

    for _number in range(4):
        carts.add(cart, make_goods(warehouse), quantity=1, moment=moment)
    with django_assert_num_queries(4):
        assert len(cart_items.of(cart, moment=moment, currency="EUR")) == 5


def test_carts_that_nobody_touched_go_with_what_was_typed_into_them(cart, mug, moment):
    carts.add(cart, mug, quantity=1, moment=moment)
    Cart.objects.filter(pk=cart.pk).update(updated_at=LONG_AGO)
    Cart.objects.create(created_at=LONG_AGO, updated_at=LONG_AGO, ordered_at=LONG_AGO)
    fresh = carts.create(customer=None, moment=moment)

    carts.forget_untouched(moment)

    assert list(Cart.objects.all()) == [fresh]
    assert not CartLine.objects.exists()
