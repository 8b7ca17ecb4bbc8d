"""Every page of the admin answers each role as the declaration says."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client

from accounts import roles
from accounts.models import Customer
from accounts.roles import Role
from tests import making
from tests.staff import admin_map

pytestmark = [
    pytest.mark.django_db,
    # Unfold 0.110 still has the signature of Django 6.0.
    pytest.mark.filterwarnings("ignore:Overriding get_action_choices"),
]


BOSS = "owner@kontor.example"


def _person(*names: Role) -> Customer:
    roles.set_up()
    email = BOSS if Role.OWNER in names else "ole@kontor.example"
    person = Customer.objects.create_user(email, is_staff=True)
    person.groups.set(Group.objects.filter(name__in=names))
    return person


def _wrong_answers(client: Client, person: Customer) -> str:
    held = person.get_all_permissions()
    found = []
    for page in admin_map.pages():
        for method, needed in (("get", page.get), ("post", page.post)):
            may = not needed or any(set(one.split("+")) <= held for one in needed)
            if may and method == "post" and page.is_form and person.email != BOSS:
                continue  # forms that come back with errors take long; the owner sends them all
            status = getattr(client, method)(page.path).status_code
            if status not in _right(page, method, may=may):
                found.append(f"{method} {page.name} {'may' if may else 'may not'}: {status}")
    return "\n".join(found)


def _right(page: admin_map.Page, method: str, *, may: bool) -> set[int]:
    if not may:
        return {403, 404, 405} if page.has_row else {403, 404, 405, 302}
    return {200} if page.is_list and method == "get" else {200, 302, 404, 405, 422}


def test_every_model_of_the_admin_has_a_line_in_the_roles():
    registered = {model._meta.label_lower for model in admin.site._registry}
    inline = {
        one.model._meta.label_lower
        for page in admin.site._registry.values()
        for one in page.inlines
        if "has_view_permission" not in vars(one)
    }

    missing = registered - roles.declared().keys()
    assert not missing, f"Give each a line in accounts/roles.py, who may do what: {missing}"
    own = {one for one in inline if one.split(".")[0] != "orders"}
    assert own <= roles.declared().keys(), f"Parts of pages: {own - roles.declared().keys()}"


def test_no_line_of_the_roles_names_a_right_that_does_not_exist():
    owner = {group.name: group for group in roles.set_up()}[Role.OWNER]
    known = {f"{one.content_type.app_label}.{one.codename}" for one in owner.permissions.all()}

    unknown = {name for role in Role for name in roles.rights(role)} - known
    assert not unknown


@pytest.mark.parametrize("role", list(Role))
def test_every_page_answers_a_role_as_declared(client, mug, role):
    making.make_order(None, names=["mug"])
    person = _person(role)
    client.force_login(person)

    assert _wrong_answers(client, person) == ""


def test_staff_without_a_role_see_the_overview_and_nothing_else(client, mug):
    person = _person()
    client.force_login(person)

    assert client.get("/admin/").status_code == 200
    assert _wrong_answers(client, person) == ""


def test_strangers_and_customers_are_sent_to_the_sign_in_by_every_page(client, mug, ada):
    for page in admin_map.pages():
        if page.name != "jsi18n":
            answer = client.get(page.path)
            assert answer.status_code == 302, page.path
            assert answer["Location"].startswith("/admin/login/"), page.path
    client.force_login(ada)
    for page in admin_map.pages():
        if page.name != "jsi18n":
            assert client.post(page.path).status_code == 302, page.path


def test_setting_up_again_changes_nothing_but_what_somebody_changed():
    roles.set_up()
    group = Group.objects.get(name=Role.WAREHOUSE)
    before = set(group.permissions.values_list("pk", flat=True))
    group.permissions.clear()
    other = Group.objects.create(name="Friends")

    call_command("set_roles", verbosity=0)

    assert set(group.permissions.values_list("pk", flat=True)) == before
    assert not other.permissions.exists()
    assert Group.objects.count() == len(Role) + 1


@pytest.mark.parametrize(
    ("role", "allowed", "refused"),
    [
        (Role.WAREHOUSE, "orders.add_fulfilment", "orders.add_refund"),
        (Role.SUPPORT, "orders.add_refund", "catalog.change_product"),
        (Role.CATALOGUE, "catalog.change_product", "orders.view_order"),
        (Role.MARKETING, "checkout.add_promotion", "accounts.view_customer"),
        (Role.ACCOUNTING, "orders.change_banktransaction", "orders.change_order"),
    ],
)
def test_roles_are_kept_apart(role, allowed, refused):
    person = _person(role)

    assert person.has_perm(allowed)
    assert not person.has_perm(refused)
    assert not person.has_perm("accounts.change_customer"), "only owners give roles"


def test_a_declared_role_cannot_be_changed_by_hand(client, sam):
    roles.set_up()
    client.force_login(sam)
    group = Group.objects.get(name=Role.SUPPORT)

    assert client.post(f"/admin/auth/group/{group.pk}/change/", {"name": "x"}).status_code == 403
    assert client.get(f"/admin/auth/group/{group.pk}/change/").status_code == 200
    assert "Kundendienst" in client.get("/admin/auth/group/").content.decode()
