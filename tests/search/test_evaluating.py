"""`evaluate_search`: measures on other goods, and leaves the shop as it was."""

import io
import json
import math
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from catalog import search
from catalog.models import Product, SearchDocument, SearchWord, Variant
from catalog.search import evaluating, strangers
from catalog.search_index import vocabulary
from tests.making import NOON

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parent / "evaluation"


def run(products, queries, *more):
    out = io.StringIO()
    call_command("evaluate_search", "--products", products, "--queries", queries, *more, stdout=out)
    rows = (line.split(None, 1) for line in out.getvalue().splitlines())
    return {name: value for name, value in rows}


def test_the_small_set_is_found_well(db):
    report = run(FOLDER / "products.jsonl", FOLDER / "queries.csv")

    assert report["language"] == "en"
    assert float(report["nDCG@10"]) >= 0.85
    assert float(report["recall@100"]) >= 0.9
    assert report["without"].split()[-1] == "0"
    assert float(report["p95"].removeprefix("ms")) > 0


def test_one_slip_in_each_query_costs_little(db):
    clean = run(FOLDER / "products.jsonl", FOLDER / "queries.csv")
    slips = run(FOLDER / "products.jsonl", FOLDER / "queries_typo.csv")

    assert float(slips["nDCG@10"]) >= 0.9 * float(clean["nDCG@10"])


def test_the_shop_is_as_it_was(mug):
    search.reindex_all()
    before = [model.objects.count() for model in (Product, Variant, SearchDocument, SearchWord)]
    generation = vocabulary.generation()
    ids = search.find("becher", moment=NOON, language="de")

    run(FOLDER / "products.jsonl", FOLDER / "queries.csv")

    after = [model.objects.count() for model in (Product, Variant, SearchDocument, SearchWord)]
    assert after == before
    assert vocabulary.generation() == generation
    assert cache.get(vocabulary.GENERATION) == generation
    assert search.find("becher", moment=NOON, language="de") == ids == [mug.product_id]


def test_german_goods_are_recognised(tmp_path):
    goods = [
        {
            "id": "a",
            "name": "Tischleuchte",
            "text": "Die Leuchte für den Tisch, aus Stahl und Holz",
        },
        {
            "id": "b",
            "name": "Stehleuchte",
            "text": "Für die Ecke",
            "attributes": {"Farbe": ["rot"]},
        },
        {"id": 3, "name": "Teller", "price": "nan", "attributes": [["Farbe", "blau"]]},
    ]
    (tmp_path / "p.jsonl").write_text("\n".join(json.dumps(one) for one in goods))
    (tmp_path / "q.csv").write_text(
        "query,product id,grade\nLeuchten,a,3\nLeuchten,b,3\nroter Teller,3,1\nnichts,a,0\n"
    )

    report = run(tmp_path / "p.jsonl", tmp_path / "q.csv")

    assert report["language"] == "de"
    assert float(report["nDCG@10"]) == 1
    assert float(report["recall@10"]) == 1
    assert report["queries"].startswith("3 (1 without a relevant product")


def test_what_strangers_get_wrong_costs_a_line_and_not_the_run(tmp_path):
    goods = [
        {"id": "1", "name": "Oak bench", "text": "<p>For the <b>hallway</b> &amp; the garden</p>"},
        {"id": 1, "name": "The same id once more"},
        {"product_id": 2, "title": "Steel lantern", "price": "", "sku": None, "brand": None},
        {"id": 3.0, "name": None, "text": "linen scarf", "attributes": '{"colour": "blue"}'},
        {"id": 4, "name": "Mug", "attributes": {"colour": None, "size": ["S", 2], "is_new": True}},
        {"name": "without an id"},
        {"id": 5, "name": "Lamp", "price": {"amount": 3}, "sku": "LX-12", "type": "Desk lighting"},
    ]
    lines = [json.dumps(one) for one in goods]
    (tmp_path / "p.jsonl").write_text("\n".join([*lines[:2], "{broken", *lines[2:]]) + "\n\n")
    (tmp_path / "q.csv").write_text(
        "Query;Product_ID;Grade\nbench hallway;1;3\nlantern;2;2,0\nblue scarf;3.0;3\n"
        "lighting;5;3\nlx12;5;1\nmug;4;5\n;4;1\nmug;;1\nmug;4;n/a\n"
    )

    report = run(tmp_path / "p.jsonl", tmp_path / "q.csv", "--language", "en")

    assert report["products"].startswith("5 ")
    assert report["lines"].split() == ["left", "out", "5"]  # two products, three grades
    assert report["queries"].startswith("6 (0 without")
    assert float(report["nDCG@10"]) == 1
    assert not SearchDocument.objects.exists()


@pytest.mark.parametrize(
    ("given", "price"),
    [
        ("19,99 €", "19.99"), ("$1,299.00", "1299.00"), ("1.299,5", "1299.50"), (12.345, "12.34"),
        ("EUR 7", "7.00"), (0, None), ("", None), (None, None), ("free", None), (True, None),
        ("9" * 30, None), ("1,299", "1299.00"), (1e-7, "1.00"), ("1'299.90", "1299.90"),
    ],
)  # fmt: skip
def test_prices_are_read_as_people_write_them(given, price):
    assert strangers.price(given) == (None if price is None else Decimal(price))


@pytest.mark.parametrize(
    ("products", "queries", "message"),
    [
        ("nope\n{}", "query,product id,grade\nx,1,1", "line 1"),
        ("[1]", "query,product id,grade\nx,1,1", "line 1"),
        ("", "query,product id,grade\nx,1,1", "line 1"),
        ('{"id": 1}', "query,grade\nx,1", "head"),
        ('{"id": 1}', "query,product id,grade\nx,1,good", "line 2"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, products, queries, message):
    (tmp_path / "p.jsonl").write_text(products)
    (tmp_path / "q.csv").write_text(queries)

    with pytest.raises(CommandError, match=message):
        run(tmp_path / "p.jsonl", tmp_path / "q.csv", "--language", "en")


def test_the_measures_are_those_of_the_books():
    gains = {1: 3, 2: 2, 3: 1}

    assert evaluating.ndcg_at([1, 2, 3], gains, 10) == 1
    ideal = 7 + 3 / math.log2(3) + 1 / 2
    assert evaluating.ndcg_at([9, 1], gains, 10) == pytest.approx(7 / math.log2(3) / ideal)
    assert evaluating.ndcg_at([], gains, 10) == 0
    assert evaluating.recall_at([1, 9, 2], gains, 2) == pytest.approx(1 / 3)
    assert evaluating.percentile([5, 1, 3, 2, 4], 0.5) == 3
    assert evaluating.percentile([5, 1, 3, 2, 4], 0.95) == 5
