"""The admin's home: what is to do, how trade goes, a menu that fits who looks at it."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.utils import translation

from catalog.models import Product, ProductStatus
from orders.models import FulfilmentStatus, Order, OrderStatus, PaymentStatus
from reviews.models import Review
from shop import admin_dashboard, admin_home, admin_search
from shop.kit import clock
from tests import backoffice, making


@pytest.fixture
def desk(sam):
    return backoffice.Desk(sam)


def order_for(**facts):
    return making.make_order(None, names=["Mug"], placed_at=clock.now(), **facts)


def paid(**facts):
    return order_for(status=OrderStatus.CONFIRMED, payment_status=PaymentStatus.PAID, **facts)


def request_of(desk):
    return desk.get("/admin/").wsgi_request


def fresh(desk):
    """A request of this person on which nothing was counted yet."""
    request = request_of(desk)
    del request._staff_counts
    return request


# --- Counts and tasks -------------------------------------------------------------------------


def test_nothing_to_do_is_said(desk):
    assert admin_dashboard.tasks(fresh(desk)) == []
    assert set(admin_home.counts(fresh(desk)).values()) == {0}
    assert desk.get("/admin/").context["tasks"] == []


def test_orders_to_ship_are_those_that_are_paid_and_still_here(desk):
    paid()
    order_for(status=OrderStatus.CONFIRMED, payment_status=PaymentStatus.PARTLY_REFUNDED)
    paid(fulfilment_status=FulfilmentStatus.PARTLY)
    paid(fulfilment_status=FulfilmentStatus.FULFILLED)
    order_for(status=OrderStatus.CONFIRMED, payment_status=PaymentStatus.PENDING)
    order_for(status=OrderStatus.CANCELLED, payment_status=PaymentStatus.PAID)
    shippable = [order for order in Order.objects.all() if order.is_shippable]

    assert admin_home.counts(fresh(desk))["to_ship"] == len(shippable) == 3


def test_what_is_counted_is_what_the_list_shows(desk):
    paid()
    paid(fulfilment_status=FulfilmentStatus.FULFILLED)
    order_for(payment_status=PaymentStatus.MISMATCH)

    for name, query in (("to_ship", admin_home.TO_SHIP), ("mismatched", admin_home.MISMATCHED)):
        rows = desk.get(f"/admin/orders/order/?{query}").context["cl"].result_list
        assert len(rows) == admin_home.counts(fresh(desk))[name] == 1


def test_reviews_drafts_and_shelves_are_counted(desk, mug, lamp, ada):
    fields = {"product": mug.product, "stars": 5, "text": "Good.", "language": "en"}
    Review.objects.create(customer=ada, author="Ada", created_at=making.NOON, **fields)
    making.make_product("later", status=ProductStatus.DRAFT, published_at=None)

    found = admin_home.counts(fresh(desk))

    assert found["reviews"] == 1
    assert found["drafts"] == 1
    assert found["low"] == 1  # the last lamp; ten mugs are enough
    assert found["sold_out"] == 0
    Product.objects.filter(pk=lamp.product_id).update(status=ProductStatus.ARCHIVED)
    assert admin_home.counts(fresh(desk))["low"] == 0


def test_tasks_lead_to_their_lists(desk):
    paid()
    order_for(payment_status=PaymentStatus.MISMATCH)

    request = fresh(desk)
    with translation.override("en"):
        tasks = admin_dashboard.tasks(request)

    assert [task.text for task in tasks] == [
        "1 order was paid with another amount than agreed",
        "1 order is to be shipped",
    ]
    for task in tasks:
        desk.get(task.url)


def test_all_counts_take_one_statement_for_badges_and_tasks(desk, django_assert_num_queries):
    request = fresh(desk)
    request.user.get_all_permissions()

    with django_assert_num_queries(1):
        admin_home.navigation(request)
        admin_dashboard.tasks(request)


def test_the_home_takes_few_statements_however_many_orders(desk):
    few = desk.statements("/admin/")
    for _number in range(30):
        paid()

    assert desk.statements("/admin/") == few
    assert few <= 9


# --- Menu and rights --------------------------------------------------------------------------


def entries(desk):
    groups = admin_home.navigation(fresh(desk))
    return [item for group in groups for item in group["items"]]


def test_every_entry_of_the_menu_opens(desk):
    links = [item["link"] for item in entries(desk)]

    for link in links:
        desk.get(link)
    assert len(links) >= 25


def test_every_list_of_the_admin_has_its_place_in_the_menu(desk):
    inside = {"catalog.option"}
    registered = {model._meta.label_lower for model in admin.site._registry}
    shown = {entry.model for _title, group in admin_home._MENU for entry in group}

    ours = {label for label in registered if not label.startswith("account.")}
    assert ours - shown - inside == set()


def test_one_entry_is_marked_where_two_lead_to_a_list(desk):
    def marked(address):
        request = desk.get(address).wsgi_request
        groups = admin_home.navigation(request)
        return [item["link"] for group in groups for item in group["items"] if item["active"]]

    everything, parcels = "/admin/orders/order/", "/admin/orders/fulfilment/"
    assert marked(everything) == [everything]
    assert marked(parcels) == [parcels]
    assert marked(f"{parcels}shipping/") == [f"{parcels}shipping/"]
    assert marked("/admin/") == ["/admin/"]


def test_a_clerk_of_the_catalogue_sees_the_catalogue_alone(db):
    paid()
    desk = backoffice.Desk(backoffice.clerk("catalog"))

    home = desk.get("/admin/")
    links = {item["link"] for item in entries(desk)}

    assert "/admin/catalog/product/" in links
    assert not any("/orders/" in link for link in links)
    assert "figures" not in home.context
    assert admin_dashboard.tasks(fresh(desk)) == []
    assert admin_search.find(request_of(desk), Order.objects.get().number) == []


def test_the_demo_is_marked_and_the_shop_is_not(desk, settings):
    request = request_of(desk)
    assert admin_home.environment(request) is not None

    settings.DEMO = False
    assert admin_home.environment(request) is None


def test_colours_are_complete():
    shades = admin_home.colours(None)

    assert set(shades) == {"base", "primary", "font"}
    assert len(shades["primary"]) == len(shades["base"]) == 11


# --- Search -----------------------------------------------------------------------------------


def titles(desk, words):
    request = request_of(desk)
    with translation.override("en"):
        return [one.title for one in admin_search.find(request, words)]


def test_an_order_is_found_by_number_and_by_the_whole_address(desk):
    order = paid()

    assert titles(desk, order.number.lower()) == [order.number]
    assert titles(desk, "ada@example.com") == [order.number]
    assert titles(desk, "ada@") == []


def test_goods_are_found_by_sku_gtin_and_name(desk, mug):
    mug.gtin = "4006381333931"
    mug.save()

    assert titles(desk, "mug-") == ["MUG-1"]
    assert titles(desk, "4006381333931") == ["MUG-1"]
    assert titles(desk, "becher") == ["Mug"]


def test_the_search_page_answers_and_shows_no_address_of_a_customer(desk):
    order = paid()

    text = desk.text("/admin/search/?s=ada@example.com")

    assert order.number in text
    assert "ada@example.com" not in text.replace('value="ada@example.com"', "")


def test_the_search_never_floods(desk, rules):
    for number in range(12):
        making.make_variant(sku=f"FLOOD-{number}")

    assert len(titles(desk, "flood")) == admin_search.LIMIT


def test_unfold_finds_its_functions():
    assert settings.UNFOLD["SIDEBAR"]["navigation"] == "shop.admin_home.navigation"
