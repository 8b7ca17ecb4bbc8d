"""Collections that were renamed or deleted: their old addresses still tell where to go."""

import pytest

from catalog import categories
from catalog.collections import editing
from catalog.models import Collection, Redirect
from shop.kit import clock
from tests import backoffice
from tests.collections.test_pages import make_collection
from tests.pages import Page

pytestmark = pytest.mark.django_db
LIST = "/admin/catalog/collection/"
REDIRECTS = "/admin/catalog/redirect/"


def rename(row, slug):
    row.slug = slug
    moment, content = clock.now(), editing.content_of(row)
    seen = editing.difference(row, content, moment=moment)
    editing.store(row, content, seen=seen.digest, moment=moment)
    categories.changed()


def led_from(client, path):
    response = client.get(path)
    return response.status_code, response.headers.get("Location", "")


def test_however_often_it_is_renamed_every_old_address_leads_to_it_in_one_step(ben, mug):
    row = make_collection(mug)
    for slug in ("presents", "ideas"):
        rename(row, slug)

    assert led_from(ben, "/de/s/gifts/") == (301, "/de/s/ideas/")
    assert led_from(ben, "/en/s/presents/?sort=price") == (301, "/en/s/ideas/?sort=price")
    assert ben.get("/de/s/ideas/").status_code == 200


def test_a_name_that_is_taken_up_again_is_a_page_again(ben, mug, lamp):
    row = make_collection(mug)
    rename(row, "presents")
    other = make_collection(lamp)

    assert "/de/p/lamp/" in ben.get("/de/s/gifts/").content.decode()
    assert led_from(ben, "/de/s/presents/")[0] == 200
    assert not Redirect.objects.exists()

    rename(other, "lamps")
    rename(row, "presents-for-you")
    assert led_from(ben, "/de/s/gifts/") == (301, "/de/s/lamps/")
    assert led_from(ben, "/de/s/presents/") == (301, "/de/s/presents-for-you/")


def test_saving_without_a_new_name_leaves_no_redirect(mug):
    row = make_collection(mug)

    rename(row, "gifts")

    assert not Redirect.objects.exists()


def test_a_former_address_of_one_that_is_over_is_not_found_and_comes_back_with_it(ben, mug):
    row = make_collection(mug)
    rename(row, "presents")
    Collection.objects.update(is_active=False)
    assert led_from(ben, "/de/s/gifts/")[0] == 404

    Collection.objects.update(is_active=True)
    assert led_from(ben, "/de/s/gifts/") == (301, "/de/s/presents/")


@pytest.mark.parametrize("way", ["its page", "the list"])
def test_what_is_deleted_is_gone_with_all_its_former_addresses(ben, sam, mug, way):
    row = make_collection(mug)
    rename(row, "presents")
    desk = backoffice.Desk(sam)

    if way == "its page":
        desk.post(f"{LIST}{row.pk}/delete/", post="yes")
    else:
        desk.post(LIST, action="delete_selected", _selected_action=[row.pk], post="yes")

    assert not Collection.objects.exists()
    assert [led_from(ben, f"/en/s/{slug}/")[0] for slug in ("gifts", "presents")] == [410, 410]
    assert led_from(ben, "/en/s/never/")[0] == 404


def test_the_address_in_a_shop_of_shopify_leads_to_the_collection_of_that_name(ben, mug):
    make_collection(mug)

    assert led_from(ben, "/collections/gifts") == (301, "/de/s/gifts/")
    Collection.objects.update(is_active=False)
    assert led_from(ben, "/collections/gifts")[0] == 404


def test_staff_lead_an_address_of_their_own_to_a_collection_whatever_it_is_called(ben, sam, mug):
    row = make_collection(mug)
    desk = backoffice.Desk(sam)

    desk.post(f"{REDIRECTS}add/", path="/xmas/", target="/de/s/gifts/")
    rename(row, "presents")

    assert led_from(ben, "/en/xmas/") == (301, "/en/s/presents/")
    assert "/de/s/presents/" in desk.text(REDIRECTS)
    refused = Page(desk.post(f"{REDIRECTS}add/", path="/s/presents/", target="/de/p/mug/"))
    assert "Unter dieser Adresse gibt es eine Seite." in refused.text
    desk.post(f"{REDIRECTS}add/", path="/s/spring/", target="/de/p/mug/")
    assert led_from(ben, "/en/s/spring/") == (301, "/en/p/mug/")
