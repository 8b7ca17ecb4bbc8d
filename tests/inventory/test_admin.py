"""Stock for staff: counted and received with a reason, read in ledgers, never typed over."""

import pytest
from django.db import transaction
from django.urls import reverse

from inventory import books, stock
from inventory.models import LocationKind, MovementKind, StockItem, StockLocation, StockMovement
from tests import backoffice, making

STOCK = "/admin/inventory/stockitem/"


@pytest.fixture
def desk(sam):
    return backoffice.Desk(sam)


@pytest.fixture
def shelf(mug):
    """Ten mugs."""
    return StockItem.objects.get(variant=mug)


def promise(shelf, pieces, reference="K-1"):
    with transaction.atomic():
        stock.reserve({shelf.variant_id: pieces}, reference=reference, moment=making.NOON)


def counted(shelf):
    shelf.refresh_from_db()
    return shelf.on_hand, shelf.reserved


def counting(*shelves):
    return f"{STOCK}counting/?items={','.join(str(one.pk) for one in shelves)}"


def receiving(*shelves):
    return f"{STOCK}receiving/?items={','.join(str(one.pk) for one in shelves)}"


@pytest.fixture
def books_hold():
    yield
    assert [text for _name, check in books.CHECKS for text in check()] == []


@pytest.mark.parametrize("name", ["stockitem", "stocklocation", "stockmovement", "reservation"])
def test_every_list_and_page_opens(desk, shelf, name):
    promise(shelf, 2)
    model = {
        "stockitem": StockItem,
        "stocklocation": StockLocation,
        "stockmovement": StockMovement,
        "reservation": shelf.reservations.model,
    }[name]

    desk.get(reverse(f"admin:inventory_{name}_changelist") + "?q=MUG")
    desk.get(reverse(f"admin:inventory_{name}_change", args=[model.objects.get().pk]))
    may_add = name == "stocklocation"
    desk.get(reverse(f"admin:inventory_{name}_add"), status=200 if may_add else 403)


@pytest.mark.parametrize("name", ["stockitem", "stockmovement", "reservation"])
def test_a_list_takes_as_many_statements_for_three_rows_as_for_thirty(desk, warehouse, rules, name):
    def fill(count):
        for number in range(count):
            variant = making.make_variant()
            promise(making.put_in_stock(variant, 5, warehouse), 1, f"K-{variant.pk}-{number}")

    fill(3)
    few = desk.statements(f"/admin/inventory/{name}/")
    fill(27)

    assert desk.statements(f"/admin/inventory/{name}/") == few
    assert few <= 11


def test_the_list_tells_what_is_free(desk, shelf):
    promise(shelf, 8)

    text = desk.text(STOCK)
    rows = desk.get(STOCK).context["cl"].result_list

    assert [(row.on_hand, row.reserved, row.free_now) for row in rows] == [(10, 8, 2)]
    assert "MUG-1" in text


@pytest.mark.parametrize(
    ("promised", "level"), [(10, "out"), (9, "low"), (5, "low"), (4, "enough"), (0, "enough")]
)
def test_shelves_are_found_by_their_level(desk, shelf, promised, level):
    if promised:
        promise(shelf, promised)

    for one in ("out", "low", "enough"):
        found = desk.get(f"{STOCK}?level={one}").context["cl"].result_list
        assert bool(len(found)) == (one == level)


def test_shelves_of_stores_do_not_count_as_on_sale(desk, mug):
    store = making.make_warehouse("shop", kind=LocationKind.STORE)
    making.put_in_stock(mug, 1, store)

    def places(query):
        rows = desk.get(f"{STOCK}?{query}").context["cl"].result_list
        return [row.location.code for row in rows]

    assert places("sale=yes") == ["luebeck"]
    assert places("sale=no") == ["shop"]


# --- Counting ---------------------------------------------------------------------------------


def test_a_count_becomes_a_movement_with_its_reason(desk, shelf, books_hold):
    response = desk.post(counting(shelf), reason="Broken", **{f"item_{shelf.pk}": "7"})

    movement = shelf.movements.get(kind=MovementKind.COUNTED)
    assert response.status_code == 302
    assert counted(shelf) == (7, 0)
    assert movement.quantity == -3
    assert movement.reference.startswith("Broken, ")


def test_the_same_reason_serves_again_and_no_difference_is_no_movement(desk, shelf, books_hold):
    for number in ("7", "9", "9"):
        row = {f"item_{shelf.pk}": number}
        assert desk.post(counting(shelf), reason="Stock-taking", **row).status_code == 302

    assert counted(shelf) == (9, 0)
    assert shelf.movements.filter(kind=MovementKind.COUNTED).count() == 2


def test_nothing_below_what_is_promised_can_be_counted(desk, shelf, books_hold):
    promise(shelf, 8)

    response = desk.post(counting(shelf), reason="Broken", **{f"item_{shelf.pk}": "7"})

    assert response.status_code == 422
    assert f"item_{shelf.pk}" in response.context["form"].errors
    assert counted(shelf) == (10, 8)
    assert not shelf.movements.filter(kind=MovementKind.COUNTED).exists()


def test_several_shelves_are_counted_or_none(desk, shelf, lamp, books_hold):
    other = StockItem.objects.get(variant=lamp)
    promise(other, 1)
    rows = {f"item_{shelf.pk}": "3", f"item_{other.pk}": "0"}

    refused = desk.post(counting(shelf, other), reason="Broken", **rows)
    assert refused.status_code == 422
    assert counted(shelf) == (10, 0)

    desk.post(counting(shelf, other), reason="Broken", **{f"item_{shelf.pk}": "3"})
    assert counted(shelf) == (3, 0)
    assert counted(other) == (1, 1)


@pytest.mark.parametrize("number", ["-1", "10000000000", "many", "1.5", ""])
def test_impossible_counts_are_refused(desk, shelf, number):
    response = desk.post(counting(shelf), reason="Broken", **{f"item_{shelf.pk}": number})

    assert response.status_code == 422
    assert f"item_{shelf.pk}" in response.context["form"].errors
    assert counted(shelf) == (10, 0)


def test_no_count_without_a_reason(desk, shelf):
    response = desk.post(counting(shelf), reason="  ", **{f"item_{shelf.pk}": "3"})

    assert "reason" in response.context["form"].errors
    assert counted(shelf) == (10, 0)


@pytest.mark.parametrize("query", ["", "?items=", "?items=999999", "?items=1;drop"])
def test_no_such_shelf(desk, shelf, query):
    desk.get(f"{STOCK}counting/{query}", status=404)


# --- Receiving --------------------------------------------------------------------------------


def test_pieces_are_received_with_their_delivery_note(desk, shelf, books_hold):
    row = {f"item_{shelf.pk}": "5"}

    desk.post(receiving(shelf), reason="LS-77", **row)
    twice = desk.post(receiving(shelf), reason="LS-77", **row)

    assert counted(shelf) == (15, 0)
    assert twice.status_code == 422
    assert shelf.movements.get(reference="LS-77").quantity == 5


def test_a_delivery_opens_new_shelves(desk, shelf, warehouse, books_hold):
    fresh = making.make_variant(sku="NEW-1", gtin="4006381333931")
    lines = "mug-1 5\n4006381333931;2\nNEW-1\n\n"

    response = desk.post(f"{STOCK}delivery/", location=warehouse.pk, reference="LS-78", lines=lines)

    assert response.status_code == 302
    assert counted(shelf) == (15, 0)
    assert StockItem.objects.get(variant=fresh).on_hand == 3


@pytest.mark.parametrize(
    "lines", ["", "NONE-1 2", "MUG-1 0", "MUG-1 -3", "MUG-1 two", "MUG-1 2 3", "MUG-1 9999999"]
)
def test_a_delivery_that_makes_no_sense_is_refused_as_a_whole(desk, shelf, warehouse, lines):
    given = {"location": warehouse.pk, "reference": "LS-79", "lines": f"MUG-1 1\n{lines}"}
    if not lines:
        given["lines"] = ""

    response = desk.post(f"{STOCK}delivery/", **given)

    assert response.status_code == 422
    assert "lines" in response.context["form"].errors
    assert counted(shelf) == (10, 0)


def test_a_delivery_note_is_booked_once(desk, shelf, warehouse):
    given = {"location": warehouse.pk, "reference": "LS-80", "lines": "MUG-1 5"}

    desk.post(f"{STOCK}delivery/", **given)
    twice = desk.post(f"{STOCK}delivery/", **given)

    assert "reference" in twice.context["form"].errors
    assert counted(shelf) == (15, 0)


# --- What nobody may do -----------------------------------------------------------------------


def test_numbers_cannot_be_typed_over(desk, shelf):
    response = desk.save(f"{STOCK}{shelf.pk}/change/", on_hand="99", backorder_limit="4")

    shelf.refresh_from_db()
    assert response.status_code == 302
    assert (shelf.on_hand, shelf.backorder_limit) == (10, 4)


def test_the_limit_stays_above_what_is_promised(desk, shelf):
    StockItem.objects.filter(pk=shelf.pk).update(backorder_limit=5)
    promise(shelf, 14)

    response = desk.save(f"{STOCK}{shelf.pk}/change/", backorder_limit="3")

    assert response.status_code == 200
    assert "backorder_limit" in backoffice.errors(response)


def test_ledgers_are_read_only(desk, shelf):
    movement = shelf.movements.get()

    for act in ("delete", "change"):
        response = desk.post(f"/admin/inventory/stockmovement/{movement.pk}/{act}/", quantity="1")
        assert response.status_code == 403

    movement.refresh_from_db()
    assert movement.quantity == 10


def test_a_clerk_counts_and_who_may_only_look_does_not(shelf):
    person = backoffice.clerk("inventory")
    row = {f"item_{shelf.pk}": "7"}
    assert backoffice.Desk(person).post(counting(shelf), reason="x", **row).status_code == 302

    group = person.groups.get()
    group.permissions.set(group.permissions.filter(codename__startswith="view_"))
    desk = backoffice.Desk(person)

    desk.get(STOCK)
    assert desk.post(counting(shelf), reason="x", **{f"item_{shelf.pk}": "1"}).status_code == 403
    assert desk.post(receiving(shelf), reason="x", **{f"item_{shelf.pk}": "1"}).status_code == 403
    assert desk.post(f"{STOCK}delivery/", lines="MUG-1 1").status_code == 403
    assert counted(shelf) == (7, 0)


def test_chosen_rows_lead_to_the_page_that_asks(desk, shelf):
    chosen = {"_selected_action": [shelf.pk], "action": "count_selected"}

    response = desk.client.post(STOCK, chosen)

    assert response.headers["Location"] == counting(shelf)
    assert counted(shelf) == (10, 0)
