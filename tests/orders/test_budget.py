"""How many statements it costs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orders import access, payments
from tests.orders.conftest import line_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("count", [1, 6])
def test_starting_the_payment_costs_ten_statements(place, make_variant, sandbox, moment, count):
    order = place(lines=tuple(line_for(make_variant()) for _number in range(count)))

    with CaptureQueriesContext(connection) as queries:
        payments.start(order, moment=moment)

    statements = [query["sql"] for query in queries if query["sql"] not in ("BEGIN", "COMMIT")]
    assert len(statements) <= 10, statements


@pytest.mark.parametrize("count", [1, 6])
def test_the_order_page_costs_the_same_for_any_number_of_lines(place, make_variant, sandbox, count):
    order = place(lines=tuple(line_for(make_variant()) for _number in range(count)))
    path = access.path_of(order)
    client = Client()
    client.get(path)

    with CaptureQueriesContext(connection) as queries:
        client.get(path)

    # Documents, withdrawals and returns take one each; the number never grows with the lines.
    assert len(queries) <= 12, [query["sql"][:80] for query in queries]
