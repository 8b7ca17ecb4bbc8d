"""The services of demo and tests."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_extensions_of_the_search_can_be_created_by_the_shops_own_role():
    with connection.cursor() as cursor:
        for name in ("pg_trgm", "unaccent", "btree_gist"):
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
        cursor.execute("SELECT unaccent('Grüße'), rolsuper FROM pg_roles WHERE rolname = user")

        assert cursor.fetchone() == ("Grusse", False)
