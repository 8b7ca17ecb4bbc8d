"""The admin's search as a page: exact hits lead on, by the rights of who asks."""

import pytest
from django.contrib.auth.models import Group

from accounts import roles
from accounts.models import Customer
from accounts.roles import Role
from catalog.models import Variant
from shop import admin_search
from tests import making
from tests.backoffice import Desk

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Overriding get_action_choices"),
]


def _desk(role: Role) -> Desk:
    roles.set_up()
    person, _is_new = Customer.objects.get_or_create(
        email=f"{role}@kontor.example", defaults={"is_staff": True}
    )
    person.groups.add(Group.objects.get(name=role))
    return Desk(person)


def _leads_to(desk: Desk, term: str) -> str:
    answer = desk.client.get("/admin/find/", {"q": term})
    return answer["Location"] if answer.status_code == 302 else ""


def test_what_fits_exactly_is_opened_at_once(sam, ada, mug):
    Variant.objects.filter(pk=mug.pk).update(gtin="4006381333931")
    order = making.make_order(None, names=["Mug"])
    desk = Desk(sam)

    assert _leads_to(desk, order.number) == f"/admin/orders/order/{order.pk}/change/"
    assert _leads_to(desk, order.number.lower()) == f"/admin/orders/order/{order.pk}/change/"
    assert _leads_to(desk, "mug-1") == f"/admin/catalog/variant/{mug.pk}/change/"
    assert _leads_to(desk, " 4006381333931 ") == f"/admin/catalog/variant/{mug.pk}/change/"
    assert _leads_to(desk, "carol@example.com") == ""


def test_a_mail_of_an_order_and_of_a_customer_shows_both(sam, ada):
    making.make_order(ada, names=["Mug"])

    page = Desk(sam).get("/admin/find/?q=ada%40example.com")

    assert [hit.is_personal for hit in page.context["hits"]] == [False, True]
    assert page.context["term"] == "ada@example.com"


def test_nobody_finds_what_they_may_not_see(ada, mug):
    order = making.make_order(ada, names=["Mug"])

    assert _leads_to(_desk(Role.CATALOGUE), order.number) == ""
    assert _leads_to(_desk(Role.WAREHOUSE), order.number)
    assert not list(_desk(Role.WAREHOUSE).get("/admin/find/?q=Petersen").context["hits"])
    assert list(_desk(Role.SUPPORT).get("/admin/find/?q=Petersen").context["hits"])


def test_the_palette_that_unfold_keeps_in_the_cache_names_no_customer(sam, ada, rf):
    request = rf.get("/admin/search/")
    request.user = sam

    assert [one.title for one in admin_search.hits(request, "Petersen")] == [ada.email]
    assert admin_search.find(request, "Petersen") == []


def test_too_little_finds_nothing_and_the_page_works_without_a_script(sam, mug):
    desk = Desk(sam)

    assert desk.get("/admin/find/?q=m").context["hits"] == []
    assert 'action="/admin/find/"' in desk.text("/admin/")
    assert "Nichts gefunden" in desk.text("/admin/find/?q=nothing-of-this-name")
