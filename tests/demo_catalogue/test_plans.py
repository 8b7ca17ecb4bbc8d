"""How PostgreSQL reads for lists and searches: by an index, however many goods there are."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.listing import keeping
from catalog.models import Category, Product
from demo.catalogue import filling
from shop.kit import clock

pytestmark = pytest.mark.django_db
PRODUCTS = 1500
# What grows with the goods. Indexes of words and numbers, and all that a product has.
_GROWING = (
    "product", "variant", "price", "searchdocument", "searchnumber", "listingentry",
    "productpicture", "attributevalue", "optionvalue", "collectionmember", "product_categories",
    "variant_option_values",
)  # fmt: skip
_SEQUENTIAL = re.compile(rf"Seq Scan on catalog_({'|'.join(_GROWING)})\b")


@pytest.fixture
def filled():
    filling.fill(PRODUCTS, seed=7, moment=clock.now())
    cache.clear()
    keeping.forget()


def read_through(statement):
    """The tables that a statement reads from end to end, if there is no way around it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement}")
        lines = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute("RESET enable_seqscan")
    return _SEQUENTIAL.findall(lines)


def addresses():
    """Of each kind one that has to ask: nothing of it is kept yet."""
    paths = Category.objects.order_by("path").values_list("path", flat=True)
    top = next(path for path in paths if "/" not in path)
    leaf = max(paths, key=lambda path: path.count("/"))
    slug = Product.objects.order_by("pk").values_list("slug", flat=True)[PRODUCTS // 2]
    return [
        f"/de/c/{top}/",
        f"/en/c/{top}/?page=3",
        f"/de/c/{leaf}/?sort=price",
        f"/de/c/{top}/?price=20-200&k-colour=black",
        "/de/search/?q=gartentisch+eiche",
        "/de/search/?q=modern",
        "/de/search/?q=gartentsich",
        "/en/search/?q=oak+bench&k-gift=yes",
        "/de/search/?q=K000123",
        "/de/search/suggestions/?q=ga",
        "/de/search/suggestions/?q=garten+ti",
        f"/de/p/{slug}/",
    ]


def test_no_list_and_no_search_reads_all_goods(filled):
    found, asked = {}, 0

    for address in addresses():
        with CaptureQueriesContext(connection) as seen:
            status = Client().get(address).status_code
        assert status in (200, 302), address
        for query in seen.captured_queries:
            statement = query["sql"]
            if re.match(r"\s*(WITH|SELECT)\b", statement) and "catalog_" in statement:
                asked += 1
                if tables := read_through(statement):
                    found[address, statement[:300]] = tables

    assert found == {}
    assert asked > 30
    assert read_through("SELECT * FROM catalog_product WHERE name_de LIKE '%tisch%'") == ["product"]
    assert not read_through("SELECT * FROM catalog_product WHERE id = 1")
