"""All that the law wants, documents, sets and dates, by Kontor's own format and back."""

import csv
import datetime
import io
from decimal import Decimal

import pytest

from catalog import products
from catalog.imports import picture_queue
from catalog.models import (
    Bundle,
    Device,
    Document,
    FibreShare,
    Food,
    Guarantee,
    Product,
    ProductStatus,
    SizeGuide,
    Variant,
)
from tests.bundles.conftest import make_bundle
from tests.catalog.law.goods import make_complete
from tests.imports.conftest import applied, checked, said, undone
from tests.imports.test_round_trip import exported
from tests.making import LONG_AGO, NOON, PDF, make_product, make_variant

pytestmark = pytest.mark.django_db
SHA = "ab" * 32
END = NOON + datetime.timedelta(days=40)


def lines_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def file_of(*lines):
    names = list(dict.fromkeys(name for line in lines for name in line))
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()


def facts_of(product):
    """All that this file is about, without keys."""
    sections = {}
    for name in ("food", "device", "guarantee"):
        row = getattr(Product.objects.get(pk=product.pk), name, None)
        fields = [one.name for one in row._meta.concrete_fields[2:]] if row else []
        sections[name] = {one: getattr(row, one) for one in fields}
    shares = FibreShare.objects.filter(product=product)
    papers = Document.objects.filter(product=product).order_by("position", "pk")
    columns = ("kind", "language", "name_de", "name_en", "sha256")
    return {
        **sections,
        "fibres": sorted(shares.values_list("part", "fibre", "percent")),
        "documents": list(papers.values_list(*columns)),
        "end": product.unpublish_at,
        "animal": product.has_animal_parts,
        "begin": product.published_at,
        "guide": product.size_guide and product.size_guide.slug,
        "successor": product.successor and product.successor.slug,
    }


@pytest.fixture
def blanket(rules):
    """A heated blanket with tea in it: nobody sells it, but it has everything."""
    product = make_product(
        "blanket", status="draft", unpublish_at=END, has_animal_parts=True, published_at=None
    )
    make_variant(product, sku="BLANKET", content_amount=Decimal("2.5"), content_unit="m2")
    for part, fibre, percent in (
        ("whole", "wool", 70), ("whole", "polyamide", 30), ("lining", "cotton", 100),
    ):  # fmt: skip
        FibreShare.objects.create(product=product, part=part, fibre=fibre, percent=percent)
    Food.objects.create(
        product=product, designation_de="Schwarzer Tee", designation_en="Black tea",
        ingredients_de="Tee, *Milch*", ingredients_en="Tea, *milk*", fat=Decimal("1.50"),
        saturates=Decimal("0.5"), energy_kj=12, energy_kcal=3, has_no_nutrition=True,
        storage_de="Kühl, trocken", operator_name="Kontor", operator_address="Weg 1\n24103 Kiel",
        alcohol_percent=Decimal("0.5"),
    )  # fmt: skip
    Device.objects.create(
        product=product, battery_kind="lead", battery_place="fixed", hazard_symbol="Pb"
    )
    Guarantee.objects.create(
        product=product, brand="Nord", model_identifier="N-1", months=36, is_free=True,
        covers_whole_product=True, guarantor_name="Nord GmbH", guarantor_address="Weg 2, Kiel",
        terms_de="Erste Zeile\nzweite", terms_en="One",
    )  # fmt: skip
    for place, (kind, language) in enumerate((("manual", "de"), ("other", ""))):
        Document.objects.create(
            product=product, kind=kind, language=language, name_de=f"Papier {place}",
            name_en=f"Paper {place}", sha256=SHA, size=9, content_type="application/pdf",
            position=place,
        )  # fmt: skip
    return product


@pytest.fixture
def followed(blanket):
    """The blanket has a size guide, and the plaid came after it."""
    guide = SizeGuide.objects.create(slug="decken", name_de="Decken", name_en="Blankets")
    plaid = make_product("plaid", status="draft", published_at=None)
    Product.objects.filter(pk=blanket.pk).update(size_guide=guide, successor=plaid)
    return plaid


@pytest.fixture
def sets(tea, mug):
    fixed = make_bundle((tea, 1), (mug, 2), gross="50.00", slug="set")
    summed = make_bundle((tea, 1), (mug, 1), percent_off="10", slug="duo")
    return fixed, summed


# --- There and back ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_was_exported_changes_nothing(language, blanket, followed, sets):
    batch = checked(exported("kontor", language), language=language)

    changed = {row.handle: row.difference for row in batch.rows.exclude(outcome="unchanged")}
    assert changed == {}
    assert said(batch) == said(batch, is_error=False) == []


def test_columns_say_it_in_plain_words(blanket, sets):
    lines = {line["product"]: line for line in reversed(lines_of(exported("kontor")))}

    assert lines["blanket"]["fibres"] == "70 wool, 30 polyamide\nlining: 100 cotton"
    assert lines["blanket"]["food_fat"] == "1.50"
    assert lines["blanket"]["device_battery_kind"] == "lead"
    assert lines["blanket"]["guarantee_months"] == "36"
    assert lines["blanket"]["unpublish_at"] == END.isoformat()
    assert "/documents/" in lines["blanket"]["document"]
    assert lines["mug"]["fibres"] == lines["mug"]["food_fat"] == lines["mug"]["document"] == ""
    assert lines["set"]["bundle"] == "1 × TEA-250\n2 × MUG-1"
    assert (lines["set"]["bundle_pricing"], lines["set"]["price"]) == ("fixed", "50.00")
    assert (lines["duo"]["bundle_pricing"], lines["duo"]["price"]) == ("summed", "")
    assert lines["duo"]["bundle_percent_off"] == "10.00"


def test_another_product_with_these_cells_becomes_the_same(blanket):
    text = exported("kontor").replace("\r\nblanket,", "\r\nthrow,").replace("BLANKET", "THROW")

    batch = applied(text, creates_categories=True)

    assert said(batch) == []
    throw = Product.objects.get(slug="throw")
    assert facts_of(throw) == facts_of(blanket)
    assert (throw.variants.get().content_amount, throw.variants.get().content_unit) == (
        Decimal("2.500"),
        "m2",
    )
    assert checked(text).counts["unchanged"] == 1
    undone(batch)
    assert not Product.objects.filter(slug="throw").exists()
    assert Document.objects.count() == 2


def test_a_set_may_stand_before_what_is_in_it(sets, tea, mug):
    lines = [line for line in lines_of(exported("kontor")) if line["product"] in ("set", "duo")]
    goods = [line for line in lines_of(exported("kontor")) if line["product"] in ("mug", "tea")]
    new = [
        {
            name: text.replace("MUG-1", "MUG-9").replace("TEA-250", "TEA-9")
            for name, text in one.items()
        }
        | {"product": f"{one['product']}-9", "gtin": ""}
        for one in [*lines, *goods]
    ]
    for line in new[:2]:
        line["sku"] = f"{line['sku']}-9"

    batch = applied(file_of(*new))

    assert said(batch) == []
    made = Variant.objects.get(product__slug="set-9")
    parts = made.bundle.components.order_by("position").values_list("variant__sku", "quantity")
    assert list(parts) == [("TEA-9", 1), ("MUG-9", 2)]
    assert made.weight_g == sets[0].product.variants.get().weight_g
    assert applied(file_of(*new)).counts == {"new": 0, "changed": 0, "unchanged": 4, "failed": 0}


# --- Differences ---------------------------------------------------------------------------------


def test_a_dry_run_names_old_and_new_and_empty_cells_take_nothing(blanket):
    same = {"product": "blanket", "fibres": "", "food_designation_de": "", "guarantee_months": ""}
    assert checked(file_of(same)).counts["unchanged"] == 1

    batch = checked(
        file_of(
            {
                "product": "blanket",
                "fibres": "80 wool, 20 polyamide\nlining: 100% cotton",
                "food_designation_de": "Grüner Tee",
                "food_fat": "",
                "device_is_electrical": "no",
                "guarantee_months": "60",
                "unpublish_at": "",
            }
        )
    )

    assert said(batch) == []
    (row,) = batch.rows.all()
    found = {field: (old, new) for _where, field, old, new in row.difference}
    assert found == {
        "taken offline": (END.isoformat(), "–"),
        "fibre content": (
            "70% wool, 30% polyamide; Lining: 100% cotton",
            "80% wool, 20% polyamide; Lining: 100% cotton",
        ),
        "name of the food (German)": ("Schwarzer Tee", "Grüner Tee"),
        "fat (g)": ("1.5", "–"),
        "electrical device": ("yes", "no"),
        "months": ("36", "60"),
    }
    assert facts_of(blanket)["food"]["designation_de"] == "Schwarzer Tee"


def test_changes_are_carried_out_and_taken_back(blanket, sets):
    before = facts_of(blanket)
    fixed = sets[0]
    data = file_of(
        {"product": "blanket", "fibres": "100 linen", "food_designation_de": "Kaffee",
         "device_is_electrical": "no", "guarantee_months": "48", "unpublish_at": "2027-01-31"},
        {"product": "set", "sku": fixed.sku, "bundle": "3 x TEA-250\nMUG-1"},
    )  # fmt: skip

    batch = applied(data)

    assert said(batch) == []
    blanket.refresh_from_db()
    now = facts_of(blanket)
    assert now["fibres"] == [("whole", "linen", 100)]
    assert (now["food"]["designation_de"], now["guarantee"]["months"]) == ("Kaffee", 48)
    assert now["device"] == before["device"] | {"is_electrical": False}
    assert now["end"].date() == datetime.date(2027, 1, 31)
    held = Bundle.objects.get(pk=fixed.pk).components.order_by("position")
    assert list(held.values_list("variant__sku", "quantity")) == [("TEA-250", 3), ("MUG-1", 1)]
    assert checked(data).counts["changed"] == 0

    undone(batch)
    blanket.refresh_from_db()
    assert facts_of(blanket) == before
    held = Bundle.objects.get(pk=fixed.pk).components.order_by("position")
    assert list(held.values_list("variant__sku", "quantity")) == [("TEA-250", 1), ("MUG-1", 2)]


def test_what_was_no_set_is_none_again(mug, tea, pen):
    variant = make_variant(make_product("box"), sku="BOX", weight_g=123)

    batch = applied(
        file_of({"product": "box", "sku": "BOX", "bundle": "TEA-250\n2 × MUG-1"}), moment=NOON
    )

    assert said(batch) == []
    assert Bundle.objects.filter(pk=variant.pk).exists()
    undone(batch)
    assert not Bundle.objects.filter(pk=variant.pk).exists()
    variant.refresh_from_db()
    assert variant.weight_g == 123


def test_what_was_made_is_gone_after_undoing(mug):
    Product.objects.update(status="draft")
    data = file_of(
        {"product": "mug", "fibres": "100 paper", "food_designation_de": "Tee",
         "food_designation_en": "Tea", "food_operator_name": "K", "food_operator_address": "Weg",
         "device_is_electrical": "yes"},
    )  # fmt: skip

    batch = applied(data)
    assert said(batch) == []
    assert Food.objects.get().product == Device.objects.get().product == mug.product

    undone(batch)
    assert not Food.objects.exists()
    assert not Device.objects.exists()
    assert not FibreShare.objects.exists()


# --- What is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "column", "text"),
    [
        ({"fibres": "wool"}, "fibres", "Fibres are lines “70 wool, 30 polyamide”."),
        ({"fibres": "100 plush"}, "fibres", "“plush” is not known here."),
        ({"fibres": "front: 100 wool"}, "fibres", "“front” is not known here."),
        ({"fibres": "60 wool, 30 silk"}, "fibres", "add up to 100 percent"),
        ({"fibres": "50 wool, 50 wool"}, "fibres", "Each fibre stands once in its part."),
        ({"fibres": "0 silk, 100 wool"}, "fibres", "A share is 1 to 100 percent."),
        ({"food_designation_de": "Tee", "food_ingredients_de": "*Milch"}, "food_ingredients_de",
         "An allergen has only one star."),
        ({"food_designation_de": "Tee", "food_fat": "viel"}, "food_fat", "is not a number"),
        ({"food_designation_de": "Tee", "food_nutrition_basis": "kg"}, "food_nutrition_basis",
         "not a valid choice"),
        ({"food_designation_de": "Tee", "food_fat": "1", "food_saturates": "2"},
         "food_designation_de", "food_saturates_are_fat"),
        ({"device_is_electrical": "yes", "device_battery_kind": "lead", "device_battery_place": ""},
         "device_battery_place", "both or neither"),
        ({"guarantee_months": "31"}, "guarantee_months", "steps of half a year"),
        ({"guarantee_months": "36", "guarantee_is_free": "no"}, "guarantee_is_free",
         "no guarantee that bears the label"),
        ({"unpublish_at": "2020-01-01"}, "unpublish_at", "The end lies after the beginning."),
        ({"document": "https://papers.example/a.pdf", "document_kind": "poem"}, "document_kind",
         "“poem” is not known here."),
        ({"sku": "BLANKET", "bundle": "NOTHING-1\nMUG-1"}, "bundle",
         "There is no variant: NOTHING-1"),
        ({"sku": "BLANKET", "bundle": "MUG-1"}, "bundle", "A bundle has 2 to 10 components."),
        ({"sku": "BLANKET", "bundle": "MUG-1\nTEA-250", "bundle_pricing": "free"},
         "bundle_pricing", "“free” is not known here."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_column(blanket, mug, tea, cells, column, text):
    before = facts_of(blanket)

    batch = applied(file_of({"product": "blanket", **cells}))

    assert [(line, where) for line, where, _text in said(batch)][:1] == [(2, column)]
    assert text in said(batch)[0][2]
    assert batch.counts["failed"] == 1
    blanket.refresh_from_db()
    assert facts_of(blanket) == before
    assert not Bundle.objects.exists()


def test_goods_on_sale_do_not_lose_what_the_law_wants(mug, warehouse):
    product = make_complete("food")
    Food.objects.create(
        product=product, designation_de="Tee", designation_en="Tea", ingredients_de="Tee",
        ingredients_en="Tea", has_no_nutrition=True, storage_de="Kühl", storage_en="Cool",
        best_before_de="Siehe Boden", best_before_en="See the bottom", operator_name="Kontor",
        operator_address="Weg 1, Kiel",
    )  # fmt: skip
    products.publish(product, moment=NOON)
    cells = {"product": product.slug, "food_designation_de": "Schwarzer Tee"}

    lossy = applied(file_of(cells | {"food_ingredients_de": ""}))

    assert lossy.counts["failed"] == 1
    assert "It is on sale and would lack data." in said(lossy)[0][2]
    food = Food.objects.get(product=product)
    assert (food.designation_de, food.ingredients_de) == ("Tee", "Tee")
    assert applied(file_of(cells)).counts["changed"] == 1


def test_the_price_of_a_sum_in_a_file_is_told_and_left_out(sets):
    batch = applied(file_of({"product": "duo", "sku": sets[1].sku, "price": "12.00"}))

    assert batch.counts["unchanged"] == 1
    assert [text for _line, _column, text in said(batch, is_error=False)] == [
        "The price of this bundle is the sum of its components."
    ]


# --- Documents -----------------------------------------------------------------------------------


def test_documents_are_fetched_in_the_background_and_missing_ones_are_named(mug, world):
    world.answers["/manual.pdf"] = 200, {"Content-Type": "application/pdf"}, PDF
    world.answers["/page.pdf"] = 200, {"Content-Type": "text/html"}, b"<html>"
    data = file_of(
        {"product": "mug", "document": "http://pictures.example/manual.pdf",
         "document_kind": "safety", "document_language": "de",
         "document_name_de": "Anleitung", "document_name_en": ""},
        {"product": "mug", "document": "http://pictures.example/page.pdf"},
    )  # fmt: skip

    batch = applied(data)
    assert said(batch) == []
    assert picture_queue.fetch_some(moment=NOON, door=world.door) == 2

    (document,) = Document.objects.all()
    assert (document.product, document.kind) == (mug.product, "safety")
    assert (document.language, document.name_de, document.name_en) == (
        "de",
        "Anleitung",
        "Anleitung",
    )
    states = list(batch.pictures.order_by("pk").values_list("state", "problem"))
    assert states == [("fetched", ""), ("failed", "Wanted is PDF, PNG, JPEG, there is text/html.")]
    assert checked(data).counts["unchanged"] == 1
    undone(batch)
    assert not Document.objects.exists()


def test_a_document_of_ours_is_named_otherwise_and_others_stay(blanket):
    first = blanket.documents.order_by("position").first()
    url = f"http://testserver{first.get_absolute_url()}"

    batch = applied(file_of({"product": "blanket", "document": url, "document_name_en": "Read me"}))

    assert batch.rows.get().difference == [[url, "name (English)", "Paper 0", "Read me"]]
    assert list(blanket.documents.order_by("position").values_list("name_en", flat=True)) == [
        "Read me",
        "Paper 1",
    ]


def test_a_file_of_texts_alone_speaks_of_no_variant(mug):
    batch = applied(file_of({"product": "mug", "summary_en": "Fireproof"}))

    assert batch.rows.get().difference == [
        ["", "essential characteristics (English)", "Stoneware, 300 ml", "Fireproof"]
    ]
    assert Variant.objects.get() == mug


def test_links_and_days_are_told_applied_and_taken_back(blanket, followed, mug):
    line = {"product": "mug", "published_at": "2026-02-01", "size_guide": "decken",
            "successor": "plaid"}  # fmt: skip

    batch = applied(file_of(line))

    assert said(batch) == []
    row = Product.objects.get(slug="mug")
    assert (row.size_guide.slug, row.successor.slug) == ("decken", "plaid")
    assert row.published_at.date() == datetime.date(2026, 1, 31)  # midnight in the shop
    assert checked(file_of(line)).counts["unchanged"] == 1
    assert checked(file_of({"product": "mug", "published_at": ""})).counts["unchanged"] == 1
    undone(batch)
    row.refresh_from_db()
    assert (row.size_guide, row.successor, row.published_at) == (None, None, NOON)
    applied(file_of({"product": "blanket", "size_guide": "", "successor": ""}))
    blanket.refresh_from_db()
    assert (blanket.size_guide, blanket.successor) == (None, None)


def test_a_successor_may_stand_after_the_product_that_it_follows(mug):
    new = {"product": "cup", "name_de": "Tasse", "name_en": "Cup", "category": "for-mug"}
    Product.objects.filter(pk=mug.product_id).update(slug="mug")
    category = mug.product.category.slug

    batch = applied(file_of({"product": "mug", "successor": "cup"}, new | {"category": category}))

    assert said(batch) == []
    assert Product.objects.get(slug="mug").successor.slug == "cup"


def test_what_is_not_there_is_left_out_and_said(mug):
    batch = applied(file_of({"product": "mug", "size_guide": "gone", "successor": "lost"}))

    told = [text for _line, _column, text in said(batch, is_error=False)]
    assert told == ["There is no “gone”: left out.", "There is no “lost”: left out."]
    assert Product.objects.get(slug="mug").successor is None


@pytest.mark.parametrize(
    ("cells", "column", "text"),
    [
        ({"published_at": "2099-01-01"}, "published_at", "its day cannot lie ahead"),
        ({"published_at": "2026-02-01", "unpublish_at": "2026-01-01"}, "unpublish_at", "The end"),
        ({"successor": "mug"}, "successor", "does not follow itself"),
        ({"published_at": "soon"}, "published_at", "not a date"),
    ],
)
def test_days_and_links_that_cannot_be_are_refused(mug, cells, column, text):
    batch = applied(file_of({"product": "mug", **cells}))

    found = [(where, words) for _line, where, words in said(batch)]
    assert any(where == column and text in words for where, words in found), found
    assert Product.objects.get(slug="mug").published_at == NOON


# --- Dates ---------------------------------------------------------------------------------------


def test_a_product_goes_on_sale_with_its_end(mug, warehouse):
    Product.objects.filter(pk=mug.product_id).update(status="draft", published_at=None)
    wanted = products.missing(Product.objects.get(pk=mug.product_id), NOON)

    batch = applied(
        file_of({"product": "mug", "status": "active", "unpublish_at": "2026-12-31"}), moment=NOON
    )

    product = Product.objects.get(pk=mug.product_id)
    assert product.unpublish_at.date() == datetime.date(2026, 12, 31)
    assert (product.status == ProductStatus.ACTIVE) == (not wanted)
    assert said(batch) == []
    assert LONG_AGO < NOON
