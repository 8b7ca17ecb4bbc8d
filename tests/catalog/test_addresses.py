"""Addresses that have moved: one step to where the page is now, whatever happened in between."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog import categories, products
from catalog.models import Category, Product, ProductStatus, Redirect, RedirectReason
from catalog.models.redirect import category_path
from catalog.products import copies
from shop.kit import clock
from tests import backoffice
from tests.making import fill_shelves, make_product
from tests.pages import Page

pytestmark = pytest.mark.django_db


def rename(product, slug):
    old, product.slug = product.slug, slug
    product.save(update_fields=["slug"])
    products.moved(product, old_slug=old)


def opens_at(client, path):
    """Where one 301 leads to; that page opens at once."""
    response = client.get(path)
    assert response.status_code == 301, (path, response.status_code)
    target = response.headers["Location"]
    assert client.get(target).status_code == 200, target
    return target


@pytest.fixture
def shelf(mug):
    return categories.store(Category.objects.get(pk=mug.product.category_id))


# --- Products -------------------------------------------------------------------------------------


def test_however_often_a_product_is_renamed_every_old_address_leads_to_it_in_one_step(ben, mug):
    names = ["mug", "cup", "beaker", "harbour-mug", "stein"]
    for name in names[1:]:
        rename(mug.product, name)

    for old in names[:-1]:
        assert opens_at(ben, f"/de/p/{old}/") == "/de/p/stein/"
        assert opens_at(ben, f"/en/p/{old}/") == "/en/p/stein/"
    assert ben.get("/de/p/stein/").status_code == 200


def test_a_name_that_is_taken_up_again_is_a_page_again_and_no_loop(ben, mug):
    rename(mug.product, "cup")
    rename(mug.product, "mug")

    assert ben.get("/de/p/mug/").status_code == 200
    assert opens_at(ben, "/de/p/cup/") == "/de/p/mug/"
    assert list(Redirect.objects.values_list("path", flat=True)) == ["/p/cup/"]


def test_another_product_may_take_a_former_name(ben, mug):
    rename(mug.product, "cup")
    other = make_product("mug", category=mug.product.category)
    products.moved(other)

    assert ben.get("/de/p/mug/").status_code == 200
    assert not Redirect.objects.exists()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4)), max_size=12))
def test_no_order_of_renaming_makes_a_chain_or_a_loop(ben, steps):
    Product.objects.all().delete()
    Category.objects.all().delete()
    goods = [make_product(f"first-{number}") for number in range(3)]
    last_owner = {one.slug: one for one in goods}
    for number, name in steps:
        wanted = f"name-{name}"
        if not Product.objects.filter(slug=wanted).exists():
            rename(goods[number], wanted)
            last_owner[wanted] = goods[number]

    for path, owner in last_owner.items():
        response = ben.get(f"/en/p/{path}/")
        if path == owner.slug:
            assert response.status_code == 200
        else:
            assert response.status_code == 301
            assert response.headers["Location"] == f"/en/p/{owner.slug}/"


def test_what_was_asked_is_asked_again(ben, mug):
    rename(mug.product, "cup")

    target = opens_at(ben, "/en/p/mug/?variant=MUG-1&utm_source=a%20b")

    assert target == "/en/p/cup/?variant=MUG-1&utm_source=a%20b"


@pytest.mark.parametrize("path", ["/p/mug/", "/p/mug", "/en/p/mug"])
def test_sloppy_links_need_no_second_step(ben, mug, path):
    rename(mug.product, "cup")

    assert opens_at(ben, path) == ("/en/p/cup/" if path.startswith("/en") else "/de/p/cup/")


def test_only_reading_is_redirected(ben, mug):
    rename(mug.product, "cup")

    assert ben.post("/en/p/mug/").status_code == 405
    assert ben.post("/en/products/mug/").status_code == 404
    assert ben.head("/en/p/mug/").status_code == 301


def test_goods_that_are_offline_are_gone_and_something_like_them_is_shown(ben, mug, lamp):
    lamp.product.category = mug.product.category
    lamp.product.save()
    fill_shelves()
    products.archive(mug.product)

    response = ben.get("/en/p/mug/")

    page = Page(response)
    assert response.status_code == 410
    assert "“Mug” is no longer available" in page.text
    assert "/en/p/lamp/" in page.links
    assert f"/en/c/{mug.product.category.path}/" in page.links
    assert "/en/p/mug/" not in page.html.partition('id="similar"')[2].partition("</section>")[0]
    assert 'name="q"' in page.html


def test_goods_that_are_offline_lead_to_their_successor_and_on_to_the_next(ben, mug, lamp, tea):
    Product.objects.filter(pk=mug.product_id).update(successor=lamp.product)
    Product.objects.filter(pk=lamp.product_id).update(successor=tea.product)
    assert ben.get("/en/p/mug/").status_code == 200

    Product.objects.exclude(pk=tea.product_id).update(status=ProductStatus.ARCHIVED)
    assert opens_at(ben, "/en/p/mug/") == "/en/p/tea/"

    Product.objects.update(status=ProductStatus.ARCHIVED)
    Product.objects.filter(pk=tea.product_id).update(successor=mug.product)
    assert ben.get("/en/p/mug/").status_code == 410


def test_a_former_address_of_what_is_gone_is_gone(ben, mug):
    rename(mug.product, "cup")
    products.archive(mug.product)

    assert ben.get("/de/p/mug/").status_code == 410


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"published_at": "2999-01-01T00:00Z"}])
def test_what_was_never_shown_is_not_told_of(ben, mug, fields):
    Product.objects.filter(pk=mug.product_id).update(**fields)

    assert ben.get("/en/p/mug/").status_code == 404
    assert ben.get("/en/products/mug/").status_code == 404


def test_a_copy_takes_its_address_back_from_former_ones(ben, mug):
    rename(mug.product, "mug-2")
    rename(mug.product, "mug")

    copy = copies.duplicate(mug.product, moment=clock.now())

    assert copy.slug == "mug-2"
    assert ben.get("/en/p/mug-2/").status_code == 404
    assert not Redirect.objects.exists()


# --- Categories -----------------------------------------------------------------------------------


def test_renaming_a_category_moves_everything_below_it(ben, shelf):
    below = categories.store(Category(parent=shelf, slug="cups", name_de="T", name_en="C"))
    deep = categories.store(Category(parent=below, slug="blue", name_de="B", name_en="B"))
    old = deep.path

    for name in ("ware", "tableware"):
        shelf.slug = name
        categories.store(shelf)

    assert old == "for-mug/cups/blue"
    assert opens_at(ben, f"/en/c/{old}/") == "/en/c/tableware/cups/blue/"
    assert opens_at(ben, "/de/c/ware/cups/") == "/de/c/tableware/cups/"
    assert opens_at(ben, "/de/c/for-mug/") == "/de/c/tableware/"


def test_a_path_that_is_taken_up_again_leads_nowhere_else(ben, shelf):
    shelf.slug = "ware"
    categories.store(shelf)
    other = categories.store(Category(slug="for-mug", name_de="Andere", name_en="Other"))

    assert "Other" in Page(ben.get("/en/c/for-mug/")).text
    assert not Redirect.objects.filter(path=category_path(other.path)).exists()


def test_a_deleted_category_leads_to_the_one_above_it_and_without_one_it_is_gone(ben, shelf):
    below = categories.store(Category(parent=shelf, slug="cups", name_de="T", name_en="C"))
    below.slug = "mugs"
    below = categories.store(below)
    lonely = categories.store(Category(slug="lonely", name_de="L", name_en="L"))

    categories.remove(below)
    categories.remove(lonely)

    assert opens_at(ben, "/en/c/for-mug/mugs/") == "/en/c/for-mug/"
    assert opens_at(ben, "/en/c/for-mug/cups/") == "/en/c/for-mug/"
    assert ben.get("/en/c/lonely/").status_code == 410


def test_the_former_address_of_a_hidden_category_leads_to_what_is_shown_above_it(ben, shelf):
    below = categories.store(Category(parent=shelf, slug="cups", name_de="T", name_en="C"))
    below.slug, below.is_active = "mugs", False
    categories.store(below)

    assert opens_at(ben, "/en/c/for-mug/cups/") == "/en/c/for-mug/"
    assert ben.get("/en/c/for-mug/mugs/").status_code == 404


# --- Other shops ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/products/mug", "/de/p/mug/"),
        ("/products/MUG/?variant=1", "/de/p/mug/?variant=1"),
        ("/en/products/mug", "/en/p/mug/"),
        ("/collections/all/products/mug", "/de/p/mug/"),
        ("/product/mug/", "/de/p/mug/"),
        ("/produkt/mug/", "/de/p/mug/"),
        ("/collections/for-mug", "/de/c/for-mug/"),
        ("/product-category/for-mug/", "/de/c/for-mug/"),
        ("/en/product-category/house/for-mug/", "/en/c/for-mug/"),
    ],
)
def test_addresses_of_other_shops_lead_to_ours(ben, shelf, path, target):
    assert opens_at(ben, path) == target


def test_a_handle_that_is_spelt_otherwise_is_known_too(ben, mug):
    products.known_elsewhere(mug.product, handle="Großer-Becher")
    products.known_elsewhere(mug.product, handle="mug")

    assert opens_at(ben, "/products/großer-becher") == "/de/p/mug/"
    assert opens_at(ben, "/product/gro%C3%9Fer-becher/") == "/de/p/mug/"
    assert [one.reason for one in Redirect.objects.all()] == [RedirectReason.FOREIGN]


# --- What leads nowhere ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/nothing", "/en/p/nothing/", "/products/", "/c/", "/en/x%00y/", "/" + "x" * 900]
)
def test_what_never_was_is_not_found(ben, mug, path):
    assert ben.get(path).status_code == 404


def test_a_lost_page_costs_few_statements_and_writes_nothing(ben, mug):
    ben.get("/en/nothing/")

    with CaptureQueriesContext(connection) as seen:
        ben.get("/en/p/nothing/")

    assert len(seen) <= 5
    assert not [one for one in seen.captured_queries if not one["sql"].startswith("SELECT")]


# --- Staff ----------------------------------------------------------------------------------------

ADD = "/admin/catalog/redirect/add/"


@pytest.fixture
def desk(sam):
    return backoffice.Desk(sam)


def problems_of(desk, path, target):
    page = desk.client.post(ADD, {"path": path, "target": target})
    return page.context["adminform"].form.errors if page.status_code == 200 else {}


def test_staff_lead_an_address_of_their_own_to_a_page(ben, desk, shelf, mug):
    assert not problems_of(desk, "/summer", "/en/p/mug/")
    assert not problems_of(desk, "/de/aktion/", "/de/legal/shipping/")
    assert not problems_of(desk, "/best", "/en/p/mug/?variant=MUG-1")
    assert not problems_of(desk, "/old-blog/", "")
    rename(mug.product, "cup")

    assert opens_at(ben, "/en/summer/?utm_source=x") == "/en/p/cup/?utm_source=x"
    assert opens_at(ben, "/summer") == "/de/p/cup/"
    assert opens_at(ben, "/de/aktion") == "/de/legal/shipping/"
    assert ben.get("/en/aktion/").status_code == 404
    assert opens_at(ben, "/best/?a=1") == "/en/p/cup/?variant=MUG-1&a=1"
    assert ben.get("/old-blog").status_code == 410


@pytest.mark.parametrize(
    ("path", "target", "field"),
    [
        ("summer", "/en/p/mug/", "path"),
        ("//evil.example/", "/en/p/mug/", "path"),
        ("/en/p/mug/", "/en/c/for-mug/", "path"),
        ("/c/for-mug", "/en/p/mug/", "path"),
        ("/en/search/", "/en/p/mug/", "path"),
        ("/", "/en/p/mug/", "path"),
        ("/summer/", "/en/p/nothing/", "target"),
        ("/summer/", "//evil.example/", "target"),
        ("/summer/", "https://evil.example/", "target"),
        ("/summer/", "/\\evil.example/", "target"),
        ("/summer/", "/summer/", "target"),
        ("/taken/", "/en/p/mug/", "path"),
    ],
)
def test_a_redirect_that_leads_astray_is_refused(desk, shelf, path, target, field):
    Redirect.objects.create(path="/taken/", target="/en/")

    assert list(problems_of(desk, path, target)) == [field]
    assert Redirect.objects.count() == 1


def test_two_redirects_of_staff_are_no_chain_and_no_loop(ben, desk, shelf, mug):
    assert not problems_of(desk, "/one/", "/en/legal/shipping/")
    assert not problems_of(desk, "/two/", "/en/one/")
    assert list(problems_of(desk, "/three/", "/en/three/")) == ["target"]

    assert Redirect.objects.get(path="/two/").target == "/en/legal/shipping/"
    assert opens_at(ben, "/en/two/") == "/en/legal/shipping/"


def test_staff_see_and_delete_redirects_and_cannot_bend_them(ben, desk, mug):
    rename(mug.product, "cup")
    row = Redirect.objects.get()

    page = desk.client.get("/admin/catalog/redirect/").content.decode()
    assert "/p/mug/" in page
    assert "/p/cup/" in page
    change = desk.client.post(f"/admin/catalog/redirect/{row.pk}/change/", {"path": "/x/"})
    assert change.status_code == 403

    desk.client.post(f"/admin/catalog/redirect/{row.pk}/delete/", {"post": "yes"})
    assert ben.get("/en/p/mug/").status_code == 404


def test_renaming_in_the_admin_keeps_the_old_addresses(ben, desk, mug, shelf):
    desk.save(f"/admin/catalog/product/{mug.product_id}/change/", slug="cup")
    desk.save(f"/admin/catalog/category/{shelf.pk}/change/", slug="ware")

    assert opens_at(ben, "/de/p/mug/") == "/de/p/cup/"
    assert opens_at(ben, "/de/c/for-mug/") == "/de/c/ware/"
