"""What staff read, change and do is in a log that tells whether somebody touched it."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction

from accounts import audit, personal_data, roles
from accounts.audit import Noted
from accounts.models import AuditAct, AuditEntry, AuditHead, Customer
from accounts.roles import Role
from shop import staff_pages
from tests import making
from tests.backoffice import Desk
from tests.conftest import PASSWORD

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Overriding get_action_choices"),
]
NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)


def _write(count: int, moment: datetime.datetime = NOON, **facts) -> None:
    audit.write(
        [Noted(AuditAct.ACT, page=f"page_{one}", facts=facts) for one in range(count)],
        by=None,
        moment=moment,
    )


def _around_the_guard(statement: str) -> None:
    """As somebody would who owns the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE accounts_auditentry DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE accounts_auditentry ENABLE TRIGGER USER")


def test_opening_an_order_is_a_read_and_says_by_whom(sam, ada, logged):
    order = making.make_order(ada, names=["Mug"])

    Desk(sam).get(f"/admin/orders/order/{order.pk}/change/")

    assert logged() == [("read", "orders_order_change", f"orders.order {order.pk}")]
    assert AuditEntry.objects.get().actor == sam
    assert audit.breaks() == []


def test_lists_of_people_are_reads_and_goods_are_not(sam, mug, logged):
    desk = Desk(sam)

    desk.get("/admin/accounts/customer/?q=ada%40example.com")
    desk.get("/admin/catalog/product/")
    desk.get(f"/admin/catalog/product/{mug.product_id}/change/")

    assert logged() == [("read", "accounts_customer_changelist", "accounts.customer")]
    assert "ada" not in str(AuditEntry.objects.get().facts)


def test_a_page_that_was_refused_is_no_read(ada, logged):
    roles.set_up()
    ole = Customer.objects.create_user("ole@kontor.example", is_staff=True)
    ole.groups.add(Group.objects.get(name=Role.WAREHOUSE))

    Desk(ole).get("/admin/accounts/customer/", status=403)

    assert logged() == []


def test_a_change_names_fields_and_masks_what_is_personal(sam, ada):
    desk = Desk(sam)
    roles.set_up()
    group = Group.objects.get(name=Role.SUPPORT)

    desk.save(
        f"/admin/accounts/customer/{ada.pk}/change/",
        name="Ada Lovelace",
        is_staff="on",
        groups=[group.pk],
    )

    entry = AuditEntry.objects.get(act=AuditAct.CHANGE)
    assert entry.facts["fields"] == {
        "name": None,
        "is_staff": ["False", "True"],
        "groups": ["", str(group.pk)],
    }
    assert "Lovelace" not in str(entry.facts)
    assert "Petersen" not in str(entry.facts)


def test_a_change_of_goods_says_what_was_before(sam, mug):
    desk = Desk(sam)
    address = f"/admin/catalog/product/{mug.product_id}/change/"
    before = mug.product.name_en

    assert desk.save(address, name_en="Beaker").status_code == 302

    fields = AuditEntry.objects.get(act=AuditAct.CHANGE).facts["fields"]
    assert fields["name_en"] == [before, "Beaker"]


def test_what_is_refused_leaves_no_entry_and_no_gap(sam, ada, logged):
    desk = Desk(sam)
    address = f"/admin/accounts/customer/{ada.pk}/change/"

    answer = desk.save(address, language="xx")

    assert answer.status_code == 200
    assert {act for act, _page, _object in logged()} == {"read"}
    assert audit.breaks() == []


def test_an_act_on_an_order_and_one_over_a_list_are_logged(sam, ada, mug, logged):
    desk = Desk(sam)
    order = making.make_order(ada, names=["Mug"], status="confirmed")

    answer = desk.post(f"/admin/orders/order/{order.pk}/confirmation/", is_meant="on")
    assert answer.status_code == 302
    desk.post("/admin/accounts/customer/", action="erase", _selected_action=[ada.pk], follow=True)

    acts = [one for one in logged() if one[0] == "act"]
    assert acts[0] == ("act", "orders_order_resend_confirmation", f"orders.order {order.pk}")
    assert acts[1] == ("act", "accounts_customer_changelist", "accounts.customer")
    assert AuditEntry.objects.order_by("number").last().facts == {
        "action": "erase",
        "ids": [str(ada.pk)],
    }


def test_files_that_are_handed_out_are_exports(sam, mug, logged):
    Desk(sam).post("/admin/catalog/import/export/", format="kontor", language="de")

    assert [act for act, _page, _object in logged()] == ["export"]


def test_sign_ins_of_staff_are_logged_and_those_of_customers_are_not(client, sam, ada, logged):
    for person in (ada, sam):
        client.post("/de/account/login/", {"login": person.email, "password": PASSWORD})
        client.logout()

    assert logged() == [("sign_in", "", f"accounts.customer {sam.pk}")]


def test_the_database_refuses_to_change_or_delete_an_entry():
    _write(1)

    changed = "UPDATE accounts_auditentry SET at = now()"
    for statement in (changed, "DELETE FROM accounts_auditentry"):
        with (
            pytest.raises(DatabaseError, match="never changed or deleted"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE accounts_auditentry SET page = 'x' WHERE number = 2", "entry 2 was changed"),
        (
            "UPDATE accounts_auditentry SET at = at + interval '1 second' WHERE number = 2",
            "entry 2 was changed",
        ),
        (
            "UPDATE accounts_auditentry SET facts = '{\"a\": 2}' WHERE number = 2",
            "entry 2 was changed",
        ),
        ("DELETE FROM accounts_auditentry WHERE number = 2", "before entry 3"),
        ("DELETE FROM accounts_auditentry WHERE number = 3", "should end with entry 3"),
        ("DELETE FROM accounts_auditentry WHERE number = 1", "before entry 2"),
        ("DELETE FROM accounts_auditentry", "should end with entry 3"),
    ],
)
def test_whoever_goes_around_the_guard_is_told_by_the_chain(statement, told):
    _write(3, a=1)
    assert audit.breaks() == []

    _around_the_guard(statement)

    assert told in "; ".join(audit.breaks())


def test_an_entry_put_in_by_hand_is_told():
    _write(2)

    _around_the_guard(
        "INSERT INTO accounts_auditentry"
        " (number, at, act, page, object_type, object_id, facts, previous, digest)"
        " SELECT 3, at, act, page, object_type, object_id, facts, digest, digest"
        " FROM accounts_auditentry WHERE number = 2"
    )

    assert any("entry 3" in one for one in audit.breaks())


def test_trimming_removes_the_oldest_and_the_rest_stays_provable():
    _write(3, NOON - audit.KEPT - datetime.timedelta(days=1))
    _write(2)

    assert audit.trim(moment=NOON) == 3
    assert audit.trim(moment=NOON) == 0

    rows = list(AuditEntry.objects.order_by("number").values_list("number", "act"))
    assert rows == [(4, "act"), (5, "act"), (6, "trim")]
    assert audit.breaks() == []
    _around_the_guard("DELETE FROM accounts_auditentry WHERE number = 4")
    assert audit.breaks()


def test_a_transaction_that_is_undone_leaves_no_gap():
    _write(1)
    with transaction.atomic():
        _write(1)
        transaction.set_rollback(True)

    _write(1)

    assert list(AuditEntry.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert AuditHead.objects.get().number == 2
    assert audit.breaks() == []


def test_what_no_database_keeps_does_not_break_the_chain():
    _write(1, odd="a\x00b", nested={"z": [1, "ü"], "a": None})

    assert audit.breaks() == []


def test_the_log_can_be_looked_through_and_leads_there_from_order_and_customer(sam, ada):
    desk = Desk(sam)
    order = making.make_order(ada, names=["Mug"])
    desk.get(f"/admin/orders/order/{order.pk}/change/")

    for path in (f"orders/order/{order.pk}", f"accounts/customer/{ada.pk}"):
        assert desk.get(f"/admin/{path}/audit-log/", 302)
    page = desk.text(staff_pages.audit_log_of(order))

    assert "orders_order_change" in page
    assert f"orders.order {order.pk}" in page
    entry = AuditEntry.objects.order_by("number").first()
    assert entry.digest in desk.text(f"/admin/accounts/auditentry/{entry.pk}/change/")


def test_only_owners_look_through_the_log():
    roles.set_up()
    for role in Role:
        person = Customer.objects.create_user(f"{role}@kontor.example", is_staff=True)
        person.groups.add(Group.objects.get(name=role))
        assert person.has_perm("accounts.view_auditentry") == (role is Role.OWNER)


def test_what_somebody_did_as_staff_is_part_of_their_data(sam):
    audit.write([Noted(AuditAct.ACT, page="orders_order_ship")], by=sam, moment=NOON)

    acts = personal_data.export(sam)["acts_as_staff"]

    assert acts == [{"at": NOON.isoformat(), "act": "act", "page": "orders_order_ship"}]
