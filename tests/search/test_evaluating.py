"""`evaluate_search`: measures on other goods, and leaves the shop as it was."""

import io
import json
import math
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from catalog import search
from catalog.models import Product, SearchDocument, SearchWord, Variant
from catalog.search import evaluating
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


@pytest.mark.parametrize(
    ("products", "queries", "message"),
    [
        ('{"id": 1}\nnope', "query,product id,grade\nx,1,1", "line 2"),
        ("[1]", "query,product id,grade\nx,1,1", "line 1"),
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
