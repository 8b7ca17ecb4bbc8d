"""News and feeds: complete by the rules of their readers, exact, whole, and only when asked."""

import csv
import datetime
import gzip
import io
import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.core.files.storage import storages
from django.test import Client

from catalog import jobs, pricing, products
from catalog.machines import feed_files, feed_formats, feed_rows, terms
from catalog.models import (
    Brand,
    Option,
    OptionValue,
    PriceKind,
    Product,
    ProductPicture,
    ProductStatus,
)
from inventory import stock
from inventory.models import StockItem
from shop.kit import clock
from tests.making import NOON, make_product, make_variant, put_in_stock

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
G = "{http://base.google.com/ns/1.0}"


@pytest.fixture(autouse=True)
def shelf_of_files(settings, tmp_path):
    """A private storage of its own."""
    private = {**settings.STORAGES["private"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    return tmp_path


def picture(product, **fields):
    values = {
        "key": f"{product.pk:020x}", "width": 1600, "height": 1600, "widths": [160, 1600],
        "color": "#ffffff", "alt_de": "Bild", "alt_en": "Picture",
    }  # fmt: skip
    return ProductPicture.objects.create(product=product, **values | fields)


@pytest.fixture
def goods(mug, tea, pen, pattern, lamp):
    """All of the town, each with a picture."""
    for product in Product.objects.all():
        picture(product)
    return mug


def unpacked(response):
    assert response.status_code == 200
    body = response.getvalue()
    return gzip.decompress(body) if response.get("Content-Encoding") == "gzip" else body


def google(language="en"):
    """SKU → {attribute: [texts]} as Google reads it; nested ones as dictionaries."""
    root = ElementTree.fromstring(unpacked(Client().get(f"/feeds/google-{language}.xml")))  # noqa: S314
    found = {}
    for item in root.iter("item"):
        facts = {}
        for one in item:
            value = {part.tag.removeprefix(G): part.text for part in one} or one.text
            facts.setdefault(one.tag.removeprefix(G), []).append(value)
        found[facts["id"][0]] = facts
    return found


def table(name, separator):
    text = unpacked(Client().get(f"/feeds/{name}")).decode()
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text), delimiter=separator)}


# --- Google's rules -------------------------------------------------------------------------------

AMOUNT = r"[0-9]+\.[0-9]{2} EUR"
ONCE = {
    "id": r".{1,50}",
    "title": r"[^\n]{1,150}",
    "description": r"(?s).{1,5000}",
    "link": r"http://testserver/(de|en)/p/\S+",
    "image_link": r"http://testserver/media/\S+",
    "availability": r"in_stock|out_of_stock",
    "price": AMOUNT,
    "condition": r"new",
}
SOMETIMES = {
    "sale_price": AMOUNT,
    "sale_price_effective_date": r"\d{4}-\d\d-\d\dT\d\d:\d\d\+0000/\d{4}-\d\d-\d\dT\d\d:\d\d\+0000",
    "unit_pricing_measure": r"[0-9.]+(g|ml|m)",
    "unit_pricing_base_measure": r"1(kg|l|m)",
    "product_type": r".{1,750}",
    "brand": r".{1,70}",
    "gtin": r"[0-9]{8,14}",
    "identifier_exists": r"no",
    "item_group_id": r".{1,50}",
    "color": r".{1,100}",
    "size": r".{1,100}",
    "material": r".{1,200}",
    "pattern": r".{1,100}",
    "shipping_weight": r"[0-9]+ g",
    "energy_efficiency_class": r"[A-G]",
    "min_energy_efficiency_class": r"[A-G]",
    "max_energy_efficiency_class": r"[A-G]",
}


def faults(facts):
    """What Google would refuse or warn of."""
    for name, pattern in ONCE.items():
        if len(facts.get(name, [])) != 1 or not re.fullmatch(pattern, facts[name][0] or ""):
            yield name
    for name, pattern in SOMETIMES.items():
        values = facts.get(name, [])
        if len(values) > 1 or not all(re.fullmatch(pattern, one or "") for one in values):
            yield name
    yield from facts.keys() - ONCE.keys() - SOMETIMES.keys() - {"additional_image_link", "shipping"}
    yield from (name for name, is_kept in together(facts).items() if not is_kept)


def together(facts):
    """Rules that speak of more than one value."""
    parcels, gtins = facts.get("shipping", []), facts.get("gtin", [])
    return {
        "additional_image_link": len(facts.get("additional_image_link", [])) <= 10,
        "gtin": all(terms.public_gtin(one) for one in gtins),
        "identifier_exists": bool(gtins) != ("identifier_exists" in facts),
        "shipping": "DE" in {one["country"] for one in parcels},
        "shipping.price": all(re.fullmatch(AMOUNT, one["price"]) for one in parcels),
        "sale_price": "sale_price" not in facts
        or amount(facts["sale_price"]) < amount(facts["price"]),
    }


def amount(values):
    return Decimal(values[0].removesuffix(" EUR"))


def test_a_feed_of_all_kinds_of_goods_keeps_the_rules(goods):
    label = {"class": "E", "scale": "A–G", "kwh_per_1000h": "7"}
    Product.objects.filter(slug="lamp").update(energy_label=label, description_en="word " * 2000)
    Product.objects.filter(slug="mug").update(name_de="Sehr lang " * 11)
    pricing.set_price(
        goods, gross=Decimal("18.00"), start=clock.now() - HOUR, end=clock.now() + HOUR,
        kind=PriceKind.SALE,
    )  # fmt: skip

    jobs.write_feeds()

    for language in ("de", "en"):
        rows = google(language)
        assert set(rows) == {"MUG-1", "TEA-250", "PEN-1", "PATTERN-1", "LAMP-1"}
        for sku, facts in rows.items():
            assert list(faults(facts)) == [], sku
            assert facts["link"][0].startswith(f"http://testserver/{language}/")
    assert list(faults({**google()["MUG-1"], "gtin": ["123"], "price": ["1 EUR"]}))


def test_prices_weights_shelves_and_parcels_are_told(goods):
    jobs.write_feeds()
    rows = google()

    assert rows["TEA-250"]["price"] == ["9.90 EUR"]
    assert rows["TEA-250"]["unit_pricing_measure"] == ["250g"]
    assert rows["TEA-250"]["unit_pricing_base_measure"] == ["1kg"]
    assert "unit_pricing_measure" not in rows["MUG-1"]
    assert rows["MUG-1"]["product_type"] == ["Tableware"]
    assert rows["MUG-1"]["shipping_weight"] == ["400 g"]
    parcels = {one["country"]: one["price"] for one in rows["MUG-1"]["shipping"]}
    assert parcels == {"DE": "4.90 EUR", "AT": "11.90 EUR", "NL": "11.90 EUR"}
    free = {one["country"]: one["price"] for one in rows["LAMP-1"]["shipping"]}
    assert free == {"DE": "0.00 EUR", "AT": "0.00 EUR", "NL": "0.00 EUR"}
    assert rows["PEN-1"]["shipping"][0]["min_handling_time"] == "3"
    assert {one["price"] for one in rows["PATTERN-1"]["shipping"]} == {"0.00 EUR"}


def test_a_sale_strikes_the_lowest_price_of_thirty_days(goods):
    start, end = clock.now() - 2 * HOUR, clock.now() + HOUR
    pricing.set_price(goods, gross=Decimal("18.00"), start=start, end=end, kind=PriceKind.SALE)

    jobs.write_feeds()

    facts = google()["MUG-1"]
    assert (facts["price"], facts["sale_price"]) == (["24.00 EUR"], ["18.00 EUR"])
    first, last = facts["sale_price_effective_date"][0].split("/")
    assert first == start.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M+0000")
    assert last == end.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M+0000")
    assert table("meta-en.csv", ",")["MUG-1"]["sale_price"] == "18.00 EUR"


def test_variants_stand_in_one_group_with_their_own_address_picture_and_colour(rules, warehouse):
    product = make_product("shirt")
    colour = Option.objects.create(product=product, code="color", name_de="Farbe", name_en="Colour")
    for number, code in enumerate(("red", "blue")):
        value = OptionValue.objects.create(option=colour, code=code, name_de=code, name_en=code)
        variant = make_variant(product, sku=f"SHIRT {code}", position=number)
        variant.option_values.add(value)
        put_in_stock(variant, 3, warehouse)
        picture(product, key=code * 5, option_value=value, position=number)
    products.label_variants(product)
    StockItem.objects.filter(variant=variant).update(on_hand=0)

    jobs.write_feeds()

    rows = google()
    red, blue = rows["SHIRT red"], rows["SHIRT blue"]
    assert red["item_group_id"] == blue["item_group_id"] == [str(product.pk)]
    assert (red["color"], blue["color"]) == (["red"], ["blue"])
    assert red["title"] == ["Mug, red"]
    assert red["link"] == ["http://testserver/en/p/shirt/?variant=SHIRT%20red"]
    assert "redred" in red["image_link"][0]
    assert "blueblue" in blue["image_link"][0]
    assert (red["availability"], blue["availability"]) == (["in_stock"], ["out_of_stock"])
    assert Client().get(red["link"][0].removeprefix("http://testserver")).status_code == 200


def test_what_cannot_be_listed_is_counted_and_left_out(goods, warehouse):
    make_variant(gross=None)
    make_variant()  # without a picture
    Product.objects.filter(slug="lamp").update(status=ProductStatus.ARCHIVED)
    later = clock.now() + HOUR
    Product.objects.filter(slug="pen").update(published_at=later)

    jobs.write_feeds()

    assert set(google()) == {"MUG-1", "TEA-250", "PATTERN-1"}
    count = feed_files.state("en").count
    assert (count.rows, count.without_price, count.without_picture) == (3, 1, 1)
    page = Client().get("/feeds/", headers={"Accept-Language": "en"})
    assert "3 items" in page.content.decode()
    assert "http://testserver/feeds/google-de.xml" in page.content.decode()


def test_texts_of_staff_break_no_format(goods):
    evil = "</g:title><b>\"'&,;\t\n=1+1\x0b\x00".replace("\x00", "")
    Product.objects.filter(slug="mug").update(name_en=evil, summary_en=evil, description_en=evil)

    jobs.write_feeds()

    assert google()["MUG-1"]["title"][0].startswith("</g:title><b>\"'&,;")
    for name, separator in (("meta-en.csv", ","), ("pinterest-en.tsv", "\t")):
        rows = table(name, separator)
        assert set(rows) == set(google()), name


@pytest.mark.parametrize(("name", "separator"), [("meta-de.csv", ","), ("pinterest-de.tsv", "\t")])
def test_tables_hold_what_their_readers_require(goods, name, separator):
    Product.objects.filter(slug="mug").update(brand=Brand.objects.create(slug="t", name="Trave"))
    stock.reserve(
        {Product.objects.get(slug="lamp").variants.get().pk: 1}, reference="K", moment=NOON
    )

    jobs.write_feeds()

    rows = table(name, separator)
    assert len(rows) == 5
    for row in rows.values():
        assert re.fullmatch(r".{1,100}", row["id"])
        assert re.fullmatch(r".{1,150}", row["title"])
        assert re.fullmatch(r".{1,5000}", row["description"])
        assert row["availability"] in ("in stock", "out of stock")
        assert row["condition"] == "new"
        assert re.fullmatch(AMOUNT, row["price"])
        assert row["brand"]
        assert row["image_link"].startswith("http://testserver/media/")
    assert rows["LAMP-1"]["availability"] == "out of stock"
    assert rows["MUG-1"]["brand"] == "Trave"
    assert rows["TEA-250"]["brand"] == "Kontor"


# --- Files ----------------------------------------------------------------------------------------


def test_nothing_is_served_before_the_first_writing_and_the_page_says_so(goods):
    assert Client().get("/feeds/google-de.xml").status_code == 404
    page = Client().get("/feeds/", headers={"Accept-Language": "en"}).content.decode()
    assert "Not written yet" in page
    assert "noindex" in page


@pytest.mark.parametrize(
    "name", ["google-fr.xml", "google-de.csv", "other-de.xml", "google-de.xml.gz.gz", "de.json"]
)
def test_no_such_feed(goods, name):
    jobs.write_feeds()

    assert Client().get(f"/feeds/{name}").status_code == 404


def test_a_feed_that_is_known_is_not_sent_again(goods):
    jobs.write_feeds()
    first = Client().get("/feeds/google-de.xml")

    for header, value in (
        ("If-None-Match", first.headers["ETag"]),
        ("If-Modified-Since", first.headers["Last-Modified"]),
    ):
        again = Client().get("/feeds/google-de.xml", headers={header: value})
        assert again.status_code == 304
        assert again.headers["ETag"] == first.headers["ETag"]
    other = Client().get("/feeds/google-de.xml", headers={"If-None-Match": '"x"'})
    assert other.status_code == 200
    other.close()
    first.close()


def test_packed_or_not_it_is_the_same_feed(goods):
    jobs.write_feeds()

    plain = Client().get("/feeds/google-de.xml")
    packed = Client().get("/feeds/google-de.xml", headers={"Accept-Encoding": "gzip, br"})
    file = Client().get("/feeds/google-de.xml.gz")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in file.headers
    assert file.headers["Content-Type"] == "application/gzip"
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert unpacked(plain) == unpacked(packed) == gzip.decompress(file.getvalue())


def test_the_same_goods_leave_the_file_as_it_was(goods, shelf_of_files):
    moment = clock.now()
    feed_files.write(jobs._source("de", moment))
    before = {one.name: one.stat().st_mtime_ns for one in (shelf_of_files / "feeds").glob("*.gz")}

    feed_files.write(jobs._source("de", moment + HOUR))
    after = {one.name: one.stat().st_mtime_ns for one in (shelf_of_files / "feeds").glob("*.gz")}

    assert before == after
    assert set(before) == {"google-de.xml.gz", "meta-de.csv.gz", "pinterest-de.tsv.gz"}


def test_a_writing_that_fails_leaves_the_old_feed_whole(goods, shelf_of_files):
    jobs.write_feeds()
    old = unpacked(Client().get("/feeds/google-de.xml"))

    class Away(Exception):
        pass

    def away(ids):
        raise Away

    source = jobs._source("de", clock.now())
    broken = feed_rows.Source(source.shop, source.tree, away, "de", source.moment)
    with pytest.raises(Away):
        feed_files.write(broken)

    assert unpacked(Client().get("/feeds/google-de.xml")) == old
    assert not list((shelf_of_files / "feeds").glob("*.new"))


def test_feeds_are_written_when_they_are_old_and_when_a_price_turns(goods):
    moment = clock.now()
    assert jobs.write_feeds() == ["de", "en"]
    assert jobs.write_feeds() == []

    assert not feed_files.is_due("de", moment=moment + HOUR / 2)
    assert feed_files.is_due("de", moment=moment + 2 * HOUR)
    pricing.set_price(goods, gross=Decimal("20.00"), start=moment + HOUR / 4)
    assert not feed_files.is_due("de", moment=moment + HOUR / 5)
    assert feed_files.is_due("de", moment=moment + HOUR / 2)


def test_files_are_readable_by_the_shop_alone(goods, shelf_of_files):
    jobs.write_feeds()

    for path in (shelf_of_files / "feeds").glob("*.gz"):
        assert path.stat().st_mode & 0o077 == 0
    assert storages["private"].exists("feeds/google-de.xml.gz")
    assert Client().get("/media/feeds/google-de.xml.gz").status_code == 404


def test_writing_takes_as_many_statements_for_thirty_products_as_for_five(
    goods, warehouse, django_assert_max_num_queries
):
    for _number in range(30):
        variant = make_variant()
        picture(variant.product)
    source = jobs._source("de", clock.now())

    with django_assert_max_num_queries(12):
        assert len(list(feed_rows.rows(source, feed_rows.Count()))) == 35


# --- News -----------------------------------------------------------------------------------------


def news(language="en", **headers):
    response = Client().get(f"/{language}/new.rss", headers=headers)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)  # noqa: S314 - written by ourselves


def test_new_goods_are_told_with_price_and_base_price(goods):
    Product.objects.filter(slug="tea").update(published_at=clock.now())
    page = Client().get("/en/").content.decode()
    assert '<link rel="alternate" type="application/rss+xml" href="/en/new.rss"' in page

    channel = news().find("channel")

    items = channel.findall("item")
    assert len(items) == 5
    assert items[0].findtext("title") == "East Frisian tea"
    assert items[0].findtext("link") == "http://testserver/en/p/tea/"
    words = items[0].findtext("description")
    assert "€9.90" in words
    assert "(€39.60/kg)" in words
    assert "incl. VAT, plus shipping" in words
    assert "http://testserver/media/pictures/" in words
    assert news("de").find("channel/language").text == "de"
    assert "39,60 €/kg" in news("de").find("channel/item/description").text.replace("\xa0", " ")


def test_downloads_are_not_told_to_be_shipped(goods):
    words = {one.findtext("title"): one.findtext("description") for one in news().iter("item")}

    assert "no shipping" in words["Knitting pattern"]


def test_a_reduced_price_stands_beside_the_lowest_of_thirty_days(goods):
    pricing.set_price(goods, gross=Decimal("18.00"), start=clock.now() - HOUR, kind=PriceKind.SALE)

    words = {one.findtext("title"): one.findtext("description") for one in news().iter("item")}

    assert "€18.00" in words["Mug"]
    assert "Lowest price of the last 30 days: €24.00" in words["Mug"]


def test_news_are_sent_again_only_when_a_word_or_a_price_changed(goods):
    first = Client().get("/de/new.rss")
    known = {"If-None-Match": first.headers["ETag"]}
    assert Client().get("/de/new.rss", headers=known).status_code == 304
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert Client().get("/de/new.rss", headers=since).status_code == 304
    assert Client().get("/en/new.rss", headers=known).status_code == 200

    pricing.set_price(goods, gross=Decimal("26.00"), start=clock.now())
    again = Client().get("/de/new.rss", headers=known)
    assert again.status_code == 200
    assert "26,00" in again.content.decode()

    Product.objects.filter(slug="mug").update(name_de="Anderer Becher")
    products.touch([goods.product_id])
    assert "Anderer Becher" in Client().get("/de/new.rss").content.decode()


def test_every_format_has_a_file_of_its_own():
    names = [feed_files.file_name(one, "de") for one in feed_formats.FORMATS]

    assert len(set(names)) == 3
