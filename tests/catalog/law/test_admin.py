"""Staff see what is missing, type what the law wants, and cannot take it from what is on sale."""

import datetime
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from catalog import pricing
from catalog.models import (
    Device,
    FibreShare,
    Food,
    Guarantee,
    OfficialGraphic,
    Price,
    Product,
    ProductStatus,
)
from shop.kit import clock
from tests import backoffice
from tests.catalog.law.goods import make_complete
from tests.catalog.law.test_graphics import SVG
from tests.catalog.law.test_telling import GUARANTEE

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(sam):
    return backoffice.Desk(sam)


def page_of(product, act="change"):
    return f"/admin/catalog/product/{product.pk}/{act}/"


def on_sale(*laws, **fields):
    product = make_complete(*laws, **fields)
    Product.objects.filter(pk=product.pk).update(
        status=ProductStatus.ACTIVE, published_at=product.created_at
    )
    product.refresh_from_db()
    return product


def typed(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def test_a_draft_says_at_each_field_and_in_a_list_what_is_missing(desk):
    product = make_complete("textile", "warned", summary_en=" ")

    html = desk.text(page_of(product))

    assert html.count("Dieser Text fehlt.") == 2
    assert html.count("Waren dieser Art brauchen Warnhinweise.") == 4
    assert html.count("Nennen Sie die Fasern jedes Teils") == 1


def test_an_edit_that_would_leave_a_gap_in_what_is_on_sale_is_refused_as_a_whole(desk):
    product = on_sale()

    response = desk.save(page_of(product), description_de=" ", name_en="Cup")

    assert response.status_code == 200
    text = response.content.decode()
    assert "nehmen Sie es zuerst offline" in text
    assert 'value="Cup"' in text, "what was typed is still there"
    product.refresh_from_db()
    assert (product.name_en, product.description_de) == ("Mug", "Ein Becher.")
    assert product.status == ProductStatus.ACTIVE


def test_the_maker_cannot_be_taken_from_what_is_on_sale_but_from_a_draft(desk):
    product = on_sale()

    assert (
        "Nennen Sie den Hersteller" in desk.save(page_of(product), manufacturer="").content.decode()
    )
    product.refresh_from_db()
    assert product.manufacturer is not None
    Product.objects.update(status=ProductStatus.DRAFT)
    assert desk.save(page_of(product), manufacturer="").status_code == 302
    product.refresh_from_db()
    assert product.manufacturer is None


def test_what_was_missing_before_does_not_stop_other_edits(desk):
    product = on_sale("textile")

    response = desk.save(page_of(product), name_en="Cup")

    assert response.status_code == 302
    product.refresh_from_db()
    assert product.name_en == "Cup"


def test_fibres_are_typed_by_part_and_have_to_add_up(desk):
    product = make_complete("textile")
    rows = {
        "fibre_shares-TOTAL_FORMS": "2",
        "fibre_shares-0-part": "outer",
        "fibre_shares-0-fibre": "cotton",
        "fibre_shares-0-percent": "98",
        "fibre_shares-1-part": "outer",
        "fibre_shares-1-fibre": "elastane",
        "fibre_shares-1-percent": "3",
    }

    refused = desk.save(page_of(product), **rows)
    assert "ergeben zusammen 100 Prozent. Oberstoff: 101" in refused.content.decode()
    assert not FibreShare.objects.exists()
    desk.save(page_of(product), **rows | {"fibre_shares-1-percent": "2"})

    assert list(FibreShare.objects.order_by("pk").values_list("fibre", "percent")) == [
        ("cotton", 98),
        ("elastane", 2),
    ]


def test_a_guarantee_is_refused_until_it_is_whole(desk):
    product = make_complete()
    rows = {f"guarantee-0-{name}": value for name, value in GUARANTEE.items()}
    rows["guarantee-0-covers_whole_product"] = rows["guarantee-0-is_free"] = "on"

    for change in ({"months": "24"}, {"months": "31"}, {"is_free": ""}, {"terms_en": ""}):
        changed = {f"guarantee-0-{name}": value for name, value in change.items()}
        response = desk.save(page_of(product), **rows | changed)
        assert response.status_code == 200, change
        assert not Guarantee.objects.exists()
    desk.save(page_of(product), **rows)

    assert Guarantee.objects.get().months == 60


def test_a_device_and_a_food_are_rows_only_where_something_was_typed(desk):
    product = make_complete()

    desk.save(page_of(product))
    assert not Device.objects.exists()
    assert not Food.objects.exists()
    desk.save(page_of(product), **{"device-0-is_electrical": "on"})
    assert Device.objects.get().is_electrical
    refused = desk.save(page_of(product), **{"device-0-battery_kind": "button"})

    assert "beides oder keines" in refused.content.decode()


def test_a_loose_star_in_the_ingredients_is_refused(desk):
    product = make_complete()
    rows = {
        "food-0-designation_de": "Mus",
        "food-0-designation_en": "Spread",
        "food-0-operator_name": "Mühle",
        "food-0-operator_address": "Weg 1",
        "food-0-ingredients_de": "*Nüsse, Zucker",
    }

    assert "nur einen Stern" in desk.save(page_of(product), **rows).content.decode()
    assert not Food.objects.exists()


def test_publishing_takes_a_day_to_begin_and_one_to_end(desk):
    product = make_complete()
    start = clock.now().replace(second=0, microsecond=0) + datetime.timedelta(days=2)
    end = start + datetime.timedelta(days=7)
    address = page_of(product, "publication")

    late = desk.post(address, start=typed(end), end=typed(start))
    assert late.status_code == 422
    desk.post(address, start=typed(start), end=typed(end))

    product.refresh_from_db()
    assert (product.status, product.published_at, product.unpublish_at) == (
        ProductStatus.ACTIVE,
        start,
        end,
    )
    assert not product.is_live(clock.now())


def test_only_staff_preview_a_draft_and_search_engines_never(desk, client):
    product = make_complete()
    later = clock.now() + datetime.timedelta(days=30)
    variant = product.variants.get()
    pricing.set_price(variant, gross=Decimal("31.00"), start=later - datetime.timedelta(days=1))

    response = desk.post(page_of(product, "preview"), moment=typed(later))
    shown = desk.client.get(response["Location"])

    html = shown.content.decode()
    assert "Vorschau, Stand" in html
    assert "31" in html
    assert 'content="noindex"' in html
    assert client.get(response["Location"]).status_code == 404
    assert client.get(product.get_absolute_url()).status_code == 404
    assert desk.client.get(product.get_absolute_url()).status_code == 404
    assert desk.client.get(f"{product.get_absolute_url()}?preview=99-99").status_code == 200


def test_a_sale_in_steps_is_typed_at_once(desk):
    product = make_complete()
    variant = product.variants.get()
    now = clock.now().replace(second=0, microsecond=0)
    days = [now + datetime.timedelta(days=number) for number in (1, 4, 8)]
    form = {
        "kind": "sale",
        "variants": [variant.pk],
        "gross": "20.00",
        "start": typed(days[0]),
        "end": typed(days[2]),
        "gross_2": "18.00",
        "start_2": typed(days[1]),
    }
    address = page_of(product, "prices")

    for change in ({"gross_2": "20.00"}, {"start_2": typed(days[2])}, {"start_2": ""}):
        assert desk.post(address, **form | change).status_code == 422, change
    assert not Price.objects.filter(kind="sale").exists()
    desk.post(address, **form)

    sales = Price.objects.filter(kind="sale").order_by("valid")
    assert [(one.gross, one.valid.lower, one.valid.upper) for one in sales] == [
        (Decimal("20.00"), days[0], days[1]),
        (Decimal("18.00"), days[1], days[2]),
    ]
    shown = pricing.price_of([variant.pk], days[1])[variant.pk]
    assert (shown.gross, shown.before) == (Decimal("18.00"), Decimal("24.00"))


def test_goods_that_would_be_spoilt_say_so_instead_of_the_30_day_price(desk, client):
    product = on_sale()
    variant = product.variants.get()
    end = clock.now() + datetime.timedelta(days=3)

    desk.post(
        page_of(product, "prices"),
        kind="sale",
        variants=[variant.pk],
        gross="9.00",
        end=typed(end),
        is_perishing="on",
    )

    html = client.get(f"/en/p/{product.slug}/").content.decode()
    assert "Reduced because it soon passes its best-before date." in html
    assert "30 days" not in html
    assert "−" not in html.split('class="price__line"')[1][:200]


def test_an_official_graphic_is_uploaded_shown_and_replaced(desk):
    address = reverse("admin:catalog_officialgraphic_add")
    values = {"kind": "notice", "language": "de", "source_url": "https://commission.europa.eu/a"}

    refused = desk.post(address, **values, upload=_file(b"<svg><script/></svg>"))
    assert refused.status_code == 200
    assert not OfficialGraphic.objects.exists()
    for content in (SVG, SVG + b"\n"):
        assert desk.post(address, **values, upload=_file(content)).status_code == 302

    graphic = OfficialGraphic.objects.get()
    assert bytes(graphic.content) == SVG + b"\n"
    html = desk.text(reverse("admin:catalog_officialgraphic_changelist"))
    assert graphic.sha256 in html
    desk.get(reverse("admin:catalog_officialgraphic_change", args=[graphic.pk]))


def _file(content):
    return ContentFile(content, name="notice.svg")


def test_the_overview_tells_of_products_that_were_held_back(desk):
    product = make_complete()
    Product.objects.filter(pk=product.pk).update(publish_problem="fibre content: missing")

    html = desk.text("/admin/")

    assert "/admin/catalog/product/?held=yes" in html
    assert "fibre content: missing" in desk.text(page_of(product))
    assert product.slug in desk.text("/admin/catalog/product/?held=yes")


def test_a_type_says_which_laws_hold_for_its_goods(desk):
    kind = make_complete().product_type

    desk.save(f"/admin/catalog/producttype/{kind.pk}/change/", laws=["textile", "measured"])

    kind.refresh_from_db()
    assert kind.laws == ["textile", "measured"]
