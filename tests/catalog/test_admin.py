"""The catalogue for staff: every page opens, acts go through, refusals stand at their field."""

import datetime
import io
from decimal import Decimal

import pytest
from django.contrib import admin
from django.core.files.storage import default_storage
from django.urls import reverse

from catalog import categories, pricing
from catalog.models import (
    Attribute,
    Brand,
    Category,
    CategoryPicture,
    Collection,
    Hero,
    Import,
    Manufacturer,
    OfficialGraphic,
    Option,
    OptionValue,
    PictureFile,
    Price,
    PriceKind,
    Product,
    ProductPicture,
    ProductStatus,
    ProductType,
    Redirect,
    Reduction,
    SearchMiss,
    SearchRedirect,
    SizeGuide,
    Synonym,
    VatRate,
    VatSchemeKind,
)
from catalog.vat import schemes
from inventory.models import StockMovement
from shop.kit import clock
from tests import backoffice, making

PRODUCTS = "/admin/catalog/product/"


@pytest.fixture
def desk(sam):
    return backoffice.Desk(sam)


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def maker(db):
    return Manufacturer.objects.create(
        name="Töpferei Trave",
        address="Hafenstr. 1, 23552 Lübeck",
        email="trave@example.com",
        country="DE",
    )


def page_of(variant, act=""):
    return f"{PRODUCTS}{variant.product_id}/{act or 'change'}/"


def complete(product, maker):
    """What the law wants before a product may be sold."""
    for code in ("de", "en"):
        setattr(product, f"description_{code}", "Gedreht und glasiert.")
    product.manufacturer, product.status = maker, ProductStatus.DRAFT
    product.published_at = None
    product.save()
    ProductPicture.objects.create(
        product=product,
        key="mug",
        width=400,
        height=300,
        widths=[400],
        color="#008080",
        alt_de="Becher",
        alt_en="Mug",
    )
    return product


# --- Every page opens -------------------------------------------------------------------------


@pytest.fixture
def full_shop(mug, maker, files):
    """A row of everything."""
    product = complete(mug.product, maker)
    option = Option.objects.create(
        product=product, code="colour", name_de="Farbe", name_en="Colour"
    )
    OptionValue.objects.create(option=option, code="blue", name_de="Blau", name_en="Blue")
    Brand.objects.create(slug="trave", name="Trave")
    Collection.objects.create(slug="gifts", kind="picked", name_de="Geschenke", name_en="Gifts")
    Synonym.objects.create(language="de", words="Humpen", meanings="Becher")
    SearchRedirect.objects.create(language="en", query="jobs", key="jobs", path="/en/")
    OfficialGraphic.objects.create(
        kind="notice",
        language="de",
        content=b"<svg/>",
        content_type="image/svg+xml",
        sha256="0" * 64,
        source_url="https://example.com/",
        uploaded_at=making.NOON,
    )
    SearchMiss.objects.create(language="de", query="zeppelin", last_at=making.NOON)
    Redirect.objects.create(path="/p/old-mug/", product=product)
    picture = {"key": "k", "width": 640, "height": 480, "widths": [640], "color": "#008080"}
    Hero.objects.create(
        **picture,
        alt_de="Hafen",
        alt_en="Harbour",
        title_de="Moin",
        title_en="Hello",
        text_de="Text",
        text_en="Text",
        button_de="Los",
        button_en="Go",
        category=product.category,
    )
    SizeGuide.objects.create(slug="nordlot", name_de="Größen", name_en="Sizes")
    PictureFile.objects.create(key="lost", width=2000, height=1500)
    names = {"name_de": "Farbe", "name_en": "Colour"}
    colour = Attribute.objects.create(code="colour", kind="swatch", **names)
    ProductType.objects.create(code="mugs", **names).attributes.add(colour)
    now = clock.now()
    schemes.change(VatSchemeKind.OPT_IN, valid_from=now, by=None, moment=now)
    return mug


def test_every_list_and_page_opens(desk, full_shop):
    opened = 0
    for model, page in admin.site._registry.items():
        if model._meta.app_label != "catalog" or model in (Import, Reduction):
            continue  # tests/imports and tests/catalog/reductions lead through their pages.
        stem = f"admin:catalog_{model._meta.model_name}"
        desk.get(reverse(f"{stem}_changelist"))
        desk.get(reverse(f"{stem}_changelist") + "?q=mug" if page.search_fields else "/admin/")
        row = model.objects.order_by("pk").first()
        assert row is not None, f"{model.__name__} has no row to open"
        desk.get(reverse(f"{stem}_change", args=[row.pk]))
        may_add = page.has_add_permission(desk.get("/admin/").wsgi_request)
        desk.get(reverse(f"{stem}_add"), status=200 if may_add else 403)
        opened += 1

    assert opened > 11


def test_pages_of_acts_only_ask(desk, full_shop):
    before = Product.objects.values().get()

    for act in ("publication", "prices", "archive", "copy"):
        desk.get(page_of(full_shop, act))

    assert Product.objects.values().get() == before


def test_the_content_version_is_nobodys_to_edit(desk):
    desk.get("/admin/catalog/contentversion/", status=404)


@pytest.mark.parametrize("name", ["product", "variant", "category", "price", "vatrate"])
def test_a_list_takes_as_many_statements_for_three_rows_as_for_thirty(desk, rules, warehouse, name):
    address = f"/admin/catalog/{name}/"
    for _number in range(3):
        making.put_in_stock(making.make_variant(), 5, warehouse)
    few = desk.statements(address)
    for _number in range(27):
        making.put_in_stock(making.make_variant(), 5, warehouse)

    assert desk.statements(address) == few
    assert few <= 15


def test_a_product_with_many_variants_takes_as_many_statements(desk, mug):
    few = desk.statements(page_of(mug))
    option = Option.objects.create(
        product=mug.product, code="colour", name_de="Farbe", name_en="Colour"
    )
    for number in range(12):
        value = OptionValue.objects.create(
            option=option, code=f"c{number}", name_de=f"Farbe {number}", name_en=f"Colour {number}"
        )
        making.make_variant(mug.product).option_values.add(value)

    # The values of the options are read for the selects: once, not once a row.
    assert desk.statements(page_of(mug)) <= few + 8


# --- Lists ------------------------------------------------------------------------------------


def test_the_list_shows_price_stock_and_status(desk, mug):
    text = desk.text(PRODUCTS)

    assert "24,00" in text or "€24.00" in text
    assert ">10<" in text.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("words", ["Becher", "MUG-1", "mug"])
def test_products_are_found_by_name_and_sku(desk, mug, tea, words):
    found = desk.get(f"{PRODUCTS}?q={words}").context["cl"].result_list

    assert [product.pk for product in found] == [mug.product_id]


def test_products_are_found_by_the_whole_gtin(desk, mug, tea):
    mug.gtin = "4006381333931"
    mug.save()

    def found(words):
        return len(desk.get(f"{PRODUCTS}?q={words}").context["cl"].result_list)

    assert found("4006381333931") == 1
    assert found("400638133393") == 0


# --- Texts, law, variants ---------------------------------------------------------------------


def test_saving_counts_the_revision_up_and_dates_the_page(desk, mug):
    before = mug.product

    response = desk.save(page_of(mug), name_de="Becher Elbe", specifications_de="Höhe: 9 cm\n")

    after = Product.objects.get(pk=before.pk)
    assert response.status_code == 302
    assert after.name_de == "Becher Elbe"
    assert after.specifications_de == [["Höhe", "9 cm"]]
    assert after.revision > before.revision
    assert after.changed_at > before.changed_at


def test_a_line_without_a_value_is_refused_at_its_field(desk, mug):
    response = desk.save(page_of(mug), specifications_de="Höhe\n")

    assert "specifications_de" in backoffice.errors(response)
    assert Product.objects.get(pk=mug.product_id).specifications_de == []


def test_the_energy_label_is_written_as_its_facts(desk, lamp):
    desk.save(page_of(lamp), energy_class="e", energy_scale="A–G", energy_kwh="7")
    product = Product.objects.get(pk=lamp.product_id)
    assert product.energy_label == {"class": "E", "scale": "A–G", "kwh_per_1000h": "7"}

    refused = desk.save(page_of(lamp), energy_class="K")
    assert "energy_class" in backoffice.errors(refused)

    desk.save(page_of(lamp), energy_class="", energy_scale="", energy_kwh="")
    product.refresh_from_db()
    assert product.energy_label is None


def test_a_new_variant_is_labelled_by_what_was_chosen(desk, mug):
    option = Option.objects.create(
        product=mug.product, code="colour", name_de="Farbe", name_en="Colour"
    )
    blue = OptionValue.objects.create(option=option, code="b", name_de="Blau", name_en="Blue")
    row = {
        "variants-TOTAL_FORMS": "2",
        f"variants-0-option_{option.pk}": str(blue.pk),
        "variants-1-sku": "MUG-2",
        f"variants-1-option_{option.pk}": str(blue.pk),
        "variants-1-vat_class": "standard",
        "variants-1-weight_g": "400",
        "variants-1-position": "1",
        "variants-1-is_active": "on",
    }

    response = desk.save(page_of(mug), **row)

    assert response.status_code == 302
    made = mug.product.variants.get(sku="MUG-2")
    assert (made.label_de, made.label_en) == ("Blau", "Blue")
    assert mug.product.variants.get(sku="MUG-1").label_en == "Blue"


def test_a_new_row_goes_to_the_end(desk, mug):
    formsets = desk.get(page_of(mug)).context["inline_admin_formsets"]
    empty = {one.formset.prefix: one.formset.empty_form for one in formsets}
    places = {
        name: form["position"].value() for name, form in empty.items() if "position" in form.fields
    }

    assert places == {
        "pictures": 0,
        "variants": 1,
        "options": 0,
        "documents": 0,
        "digital_files": 0,
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"variants-0-content_amount": "250"}, "content_unit"),
        ({"variants-0-content_unit": "g"}, "content_unit"),
        ({"variants-0-sku": "TEA-250"}, "sku"),
        ({"variants-0-gtin": "4006381333931"}, "gtin"),
    ],
)
def test_what_the_database_would_refuse_is_said_at_the_field(desk, mug, tea, changes, field):
    tea.gtin = "4006381333931"
    tea.save()

    response = desk.save(page_of(mug), **changes)

    assert response.status_code == 200
    assert field in backoffice.errors(response)
    mug.refresh_from_db()
    assert (mug.sku, mug.gtin, mug.content_unit) == ("MUG-1", "", "")


def test_nobody_deletes_products_or_variants(desk, mug):
    desk.get(f"{PRODUCTS}{mug.product_id}/delete/", status=403)
    desk.get(f"/admin/catalog/variant/{mug.pk}/delete/", status=403)

    assert StockMovement.objects.exists()


def test_the_page_of_a_variant_changes_it_and_its_product(desk, mug):
    before = mug.product.revision

    response = desk.save(f"/admin/catalog/variant/{mug.pk}/change/", lead_days="4")

    mug.refresh_from_db()
    assert response.status_code == 302
    assert mug.lead_days == 4
    assert Product.objects.get(pk=mug.product_id).revision > before


def test_new_words_of_an_option_reach_the_variants(desk, mug):
    option = Option.objects.create(
        product=mug.product, code="colour", name_de="Farbe", name_en="Colour"
    )
    blue = OptionValue.objects.create(option=option, code="b", name_de="Blau", name_en="Blue")
    mug.option_values.add(blue)

    desk.save(f"/admin/catalog/option/{option.pk}/change/", **{"values-0-name_en": "Navy"})

    mug.refresh_from_db()
    assert mug.label_en == "Navy"


# --- Publishing, archiving, copying -----------------------------------------------------------


def test_publishing_says_per_field_what_is_wanted(desk, mug):
    mug.product.status = ProductStatus.DRAFT
    mug.product.save()

    text = desk.text(page_of(mug, "publication"))
    response = desk.post(page_of(mug, "publication"))

    assert response.status_code == 422
    wanted = dict(response.context["wanted"])
    assert len(wanted) == 4  # two descriptions, manufacturer, pictures
    assert all(str(field).capitalize()[:5] in text for field in wanted)
    assert Product.objects.get(pk=mug.product_id).status == ProductStatus.DRAFT


def test_a_complete_product_goes_on_sale(desk, mug, maker):
    product = complete(mug.product, maker)

    response = desk.post(page_of(mug, "publication"))

    product.refresh_from_db()
    assert response.status_code == 302
    assert product.status == ProductStatus.ACTIVE
    assert product.published_at is not None


def test_several_are_published_at_once_and_each_refusal_is_told(desk, mug, tea, maker):
    ready = complete(mug.product, maker)
    Product.objects.filter(pk=tea.product_id).update(status=ProductStatus.DRAFT)
    chosen = {"_selected_action": [ready.pk, tea.product_id], "action": "publish_selected"}

    desk.client.post(PRODUCTS, chosen)

    statuses = dict(Product.objects.values_list("slug", "status"))
    assert statuses == {"mug": ProductStatus.ACTIVE, "tea": ProductStatus.DRAFT}


def test_taking_offline_hides_the_product_and_can_be_undone(desk, mug, ben):
    assert ben.get("/de/p/mug/").status_code == 200

    desk.post(page_of(mug, "archive"))

    assert Product.objects.get(pk=mug.product_id).status == ProductStatus.ARCHIVED
    assert ben.get("/de/p/mug/").status_code != 200
    assert "publication" in desk.text(page_of(mug))


def test_a_copy_is_a_draft_without_price_stock_and_gtin(desk, mug, maker):
    complete(mug.product, maker)
    option = Option.objects.create(
        product=mug.product, code="colour", name_de="Farbe", name_en="Colour"
    )
    blue = OptionValue.objects.create(option=option, code="b", name_de="Blau", name_en="Blue")
    mug.option_values.add(blue)
    mug.gtin = "4006381333931"
    mug.save()

    desk.post(page_of(mug, "copy"))

    copy = Product.objects.get(slug="mug-2")
    twin = copy.variants.get()
    assert copy.status == ProductStatus.DRAFT
    assert copy.published_at is None
    assert (twin.sku, twin.gtin, twin.label_de) == ("MUG-1-2", "", "Blau")
    assert twin.option_values.get().option.product_id == copy.pk
    assert copy.pictures.get().key == "mug"
    assert not twin.prices.exists()
    assert not twin.stock_items.exists()
    assert mug.product.variants.get() == mug
    assert mug.option_values.get() == blue


# --- Prices -----------------------------------------------------------------------------------


def test_a_new_price_ends_the_old_one_and_keeps_it(desk, mug):
    desk.post(page_of(mug, "prices"), kind="regular", variants=[mug.pk], gross="26.50")

    rows = Price.objects.filter(variant=mug).order_by("valid")
    assert [row.gross for row in rows] == [Decimal("24.00"), Decimal("26.50")]
    assert rows[0].valid.upper == rows[1].valid.lower
    assert rows[1].valid.upper is None


def test_a_sale_stands_beside_the_lowest_price_of_thirty_days(desk, mug):
    end = (clock.now() + datetime.timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")

    response = desk.post(
        page_of(mug, "prices"), kind="sale", variants=[mug.pk], gross="19.00", end=end
    )

    assert response.status_code == 302
    now = pricing.price_of([mug.pk], clock.now())[mug.pk]
    assert (now.gross, now.before) == (Decimal("19.00"), Decimal("24.00"))


def test_a_sale_can_be_ended_early(desk, mug):
    moment = clock.now()
    pricing.set_price(
        mug,
        gross=Decimal("19.00"),
        start=moment - datetime.timedelta(days=1),
        end=moment + datetime.timedelta(days=9),
        kind=PriceKind.SALE,
    )

    desk.post(page_of(mug, "prices"), kind="end_sale", variants=[mug.pk])

    assert pricing.price_of([mug.pk], clock.now())[mug.pk].gross == Decimal("24.00")
    assert Price.objects.filter(variant=mug, kind=PriceKind.SALE).count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "regular", "gross": ""}, "gross"),
        ({"kind": "regular", "gross": "-1"}, "gross"),
        ({"kind": "regular", "gross": "1.999"}, "gross"),
        ({"kind": "regular", "gross": "abc"}, "gross"),
        ({"kind": "regular", "gross": "9", "start": "2020-01-01T00:00"}, "start"),
        ({"kind": "sale", "gross": "9"}, "end"),
        ({"kind": "sale", "gross": "9", "end": "2020-01-01T00:00"}, "end"),
        ({"kind": "gift", "gross": "9"}, "kind"),
        ({"kind": "regular", "gross": "9", "variants": "999999"}, "variants"),
    ],
)
def test_impossible_prices_are_refused_at_their_field(desk, mug, given, field):
    response = desk.post(page_of(mug, "prices"), **({"variants": [mug.pk]} | given))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert Price.objects.filter(variant=mug).count() == 1


def test_a_price_before_a_planned_one_is_refused_until_that_is_taken_back(desk, mug):
    later = clock.now() + datetime.timedelta(days=5)
    planned = pricing.set_price(mug, gross=Decimal("30.00"), start=later)

    refused = desk.post(page_of(mug, "prices"), kind="regular", variants=[mug.pk], gross="25")
    assert refused.status_code == 422
    assert "start" in refused.context["form"].errors

    desk.post(f"/admin/catalog/price/{planned.pk}/withdrawal/")
    row = Price.objects.get(variant=mug)
    assert (row.gross, row.valid.upper) == (Decimal("24.00"), None)


def test_a_price_in_force_is_history(desk, mug):
    price = Price.objects.get(variant=mug)

    desk.post(f"/admin/catalog/price/{price.pk}/withdrawal/")
    desk.post(f"/admin/catalog/price/{price.pk}/change/", gross="1.00")
    desk.get(f"/admin/catalog/price/{price.pk}/delete/", status=403)

    assert Price.objects.get(variant=mug).gross == Decimal("24.00")


# --- Pictures ---------------------------------------------------------------------------------


def new_picture(file, **words):
    focus = {"focus_x": "50", "focus_y": "50"}
    row = {"alt_de": "Becher von vorn", "alt_en": "Mug, front", "position": "0", **focus, **words}
    named = {f"pictures-0-{name}": value for name, value in row.items()}
    return named | {"pictures-TOTAL_FORMS": "1", "pictures-0-upload": file}


def test_a_picture_is_encoded_stored_and_described(desk, mug, files):
    response = desk.save(page_of(mug), **new_picture(backoffice.photograph(2000, 1500)))

    picture = mug.product.pictures.get()
    assert response.status_code == 302
    assert (picture.width, picture.height) == (2000, 1500)
    assert picture.files.formats() == ["webp", "jpeg"]
    assert picture.widths == [320, 960]
    assert default_storage.exists(picture.url(320).removeprefix("/media/"))
    assert "Becher von vorn" in desk.text(page_of(mug))


@pytest.mark.parametrize(
    "file",
    [
        io.BytesIO(b"%PDF-1.7 no picture"),
        io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        io.BytesIO(b"x" * 8_000_001),
        backoffice.photograph(6000, 5000, "PNG"),
        backoffice.photograph(100, 100, "GIF"),
    ],
    ids=["pdf", "svg", "too large", "too many pixels", "gif"],
)
def test_what_is_no_fitting_picture_is_refused_at_its_field(desk, mug, files, file):
    file.name = getattr(file, "name", "picture.jpg")
    file.seek(0)

    response = desk.save(page_of(mug), **new_picture(file))

    assert response.status_code == 200
    assert "upload" in backoffice.errors(response)
    assert not mug.product.pictures.exists()
    assert not list(files.rglob("*.webp"))


@pytest.mark.parametrize("missing", ["alt_de", "alt_en"])
def test_a_picture_is_described_in_both_languages(desk, mug, files, missing):
    row = new_picture(backoffice.photograph(), **{missing: ""})

    response = desk.save(page_of(mug), **row)

    assert missing in backoffice.errors(response)
    assert not mug.product.pictures.exists()


# --- Categories -------------------------------------------------------------------------------


def test_moving_a_category_moves_what_is_below_and_tells_the_caches(desk, db):
    home, rooms = (
        categories.store(Category(slug=slug, name_de=slug, name_en=slug))
        for slug in ("home", "rooms")
    )
    below = categories.store(Category(parent=home, slug="lamps", name_de="L", name_en="L"))
    before = categories.version()

    response = desk.save(f"/admin/catalog/category/{home.pk}/change/", parent=str(rooms.pk))

    below.refresh_from_db()
    assert response.status_code == 302
    assert below.path == "rooms/home/lamps"
    assert categories.version() > before


def test_a_category_below_itself_or_on_a_taken_path_is_refused(desk, db):
    home = categories.store(Category(slug="home", name_de="H", name_en="H"))
    below = categories.store(Category(parent=home, slug="lamps", name_de="L", name_en="L"))
    address = f"/admin/catalog/category/{home.pk}/change/"

    in_a_circle = desk.save(address, parent=str(below.pk))
    taken = desk.save(f"/admin/catalog/category/{below.pk}/change/", parent="", slug="home")

    assert "slug" in backoffice.errors(in_a_circle)
    assert "slug" in backoffice.errors(taken)
    assert sorted(Category.objects.values_list("path", flat=True)) == ["home", "home/lamps"]


def test_a_category_takes_a_picture_and_another_one_replaces_it(desk, db, files):
    home = categories.store(Category(slug="home", name_de="H", name_en="H"))
    address = f"/admin/catalog/category/{home.pk}/change/"
    words = {"picture-0-alt_de": "Stube", "picture-0-alt_en": "Parlour"}
    words |= {"picture-0-focus_x": "50", "picture-0-focus_y": "50"}

    first = {"picture-TOTAL_FORMS": "1", "picture-0-upload": backoffice.photograph(), **words}
    desk.save(address, **first)
    key = CategoryPicture.objects.get().key
    desk.save(address, **{"picture-0-upload": backoffice.photograph(500, 500)})

    picture = CategoryPicture.objects.get()
    assert picture.key != key
    assert (picture.width, picture.alt_en) == (500, "Parlour")


# --- What stands on many pages ----------------------------------------------------------------


def test_a_manufacturer_who_moves_is_told_on_all_pages(desk, mug, tea, maker):
    Product.objects.filter(pk=mug.product_id).update(manufacturer=maker)
    before = dict(Product.objects.values_list("slug", "revision"))

    desk.save(f"/admin/catalog/manufacturer/{maker.pk}/change/", address="Kai 2, 23552 Lübeck")

    after = dict(Product.objects.values_list("slug", "revision"))
    assert after["mug"] == before["mug"] + 1
    assert after["tea"] == before["tea"]


def test_one_opening_of_the_home_page_is_shown(desk, full_shop):
    first = Hero.objects.get()
    second = Hero.objects.get(pk=first.pk)
    second.pk = None
    second.save(force_insert=True)

    for hero in (first, second):
        desk.get(f"/admin/catalog/hero/{hero.pk}/showing/")
        desk.post(f"/admin/catalog/hero/{hero.pk}/showing/")

    assert list(Hero.objects.filter(is_shown=True)) == [second]


# --- VAT --------------------------------------------------------------------------------------


def test_rates_of_vat_that_overlap_are_refused_at_the_field(desk, rules):
    before = VatRate.objects.count()
    day = {"country": "DE", "vat_class": "standard", "rate": "20", "first_day": "2030-01-01"}

    response = desk.post("/admin/catalog/vatrate/add/", **day)

    assert response.status_code == 200
    assert "first_day" in backoffice.errors(response)
    assert VatRate.objects.count() == before


def test_a_rate_ends_on_its_last_day(desk, db):
    day = {"country": "fr", "vat_class": "standard", "rate": "20"}
    period = {"first_day": "2030-01-01", "last_day": "2030-06-30"}

    desk.post("/admin/catalog/vatrate/add/", **day, **period)
    desk.post("/admin/catalog/vatrate/add/", **day, first_day="2030-07-01")

    first, second = VatRate.objects.filter(country="FR").order_by("valid")
    assert first.valid.upper == second.valid.lower == datetime.date(2030, 7, 1)
    assert second.valid.upper is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"country": "XX"}, "country"),
        ({"rate": "100"}, "__all__"),
        ({"last_day": "2029-01-01"}, "last_day"),
        ({"first_day": "soon"}, "first_day"),
    ],
)
def test_impossible_rates_are_refused(desk, db, changes, field):
    day = {"country": "FR", "vat_class": "standard", "rate": "20", "first_day": "2030-01-01"}

    response = desk.post("/admin/catalog/vatrate/add/", **(day | changes))

    assert response.status_code == 200
    assert field in backoffice.errors(response)
    assert not VatRate.objects.exists()


# --- Rights -----------------------------------------------------------------------------------


def test_a_clerk_works_but_deletes_nothing(mug, maker):
    desk = backoffice.Desk(backoffice.clerk("catalog"))

    desk.get(PRODUCTS)
    assert desk.save(page_of(mug), name_en="Elbe mug").status_code == 302
    desk.get(f"/admin/catalog/manufacturer/{maker.pk}/delete/", status=403)


def test_who_may_only_look_changes_nothing(mug):
    person = backoffice.clerk("catalog")
    looking = person.groups.get()
    looking.permissions.set(looking.permissions.filter(codename__startswith="view_"))
    desk = backoffice.Desk(person)

    desk.get(page_of(mug))
    for act in ("publication", "prices", "archive", "copy"):
        assert desk.post(page_of(mug, act)).status_code == 403
    assert desk.post(page_of(mug), name_de="X").status_code == 403

    assert Price.objects.count() == 1
    assert Product.objects.get(pk=mug.product_id).status == ProductStatus.ACTIVE


def test_strangers_see_nothing(mug, ben, ada):
    for person in (None, ada):
        if person:
            ben.force_login(person)
        for address in (PRODUCTS, page_of(mug), page_of(mug, "prices")):
            assert ben.get(address).status_code in (302, 403)
