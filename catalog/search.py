"""Search in PostgreSQL: full text in the shopper's language, and exact numbers first."""

import datetime

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Case, Exists, FloatField, OuterRef, Q, Value, When

from catalog import browsing
from catalog.models import Product, Variant
from shop.kit import languages

CONFIGS = {"de": "german", "en": "english"}
MOST = 200
LONGEST = 100


def find(text: str, *, moment: datetime.datetime, language: str = "") -> list[int]:
    """The ids of live products that match `text`, the best first, at most 200; one statement.

    A SKU or GTIN comes before everything; then words of name, brand and category count more than
    those of the texts. The last word may be unfinished.
    """
    words = text.replace("\x00", " ").split()
    wanted = " ".join(words)[:LONGEST].strip()
    if not wanted:
        return []
    language = language or languages.active()
    config = CONFIGS[language]
    vector = (
        SearchVector(f"name_{language}", "brand__name", weight="A", config=config)
        + SearchVector(
            f"category__name_{language}", f"summary_{language}", weight="B", config=config
        )
        + SearchVector(f"description_{language}", weight="D", config=config)
    )
    query = _query(wanted, config)
    number = Variant.objects.filter(product=OuterRef("pk"), is_active=True).filter(
        Q(sku__iexact=wanted) | Q(gtin=wanted)
    )
    return list(
        Product.objects.live(moment)
        .annotate(vector=vector, has_number=Exists(number))
        .filter(Q(vector=query) | Q(has_number=True) | Q(**{f"name_{language}__icontains": wanted}))
        .annotate(
            score=Case(
                When(has_number=True, then=Value(1000.0)),
                default=SearchRank(vector, query),
                output_field=FloatField(),
            )
        )
        .order_by("-score", "-published_at", "pk")
        .values_list("pk", flat=True)[:MOST]
    )


def _query(wanted: str, config: str) -> SearchQuery:
    """All words, the last one also as a beginning."""
    last = wanted.split()[-1]
    plain = SearchQuery(wanted, config=config)
    letters = "".join(letter for letter in last if letter.isalnum())
    if len(letters) < 3:
        return plain
    rest = " ".join(wanted.split()[:-1])
    beginning = SearchQuery(f"{letters}:*", config=config, search_type="raw")
    unfinished = SearchQuery(rest, config=config) & beginning if rest else beginning
    return plain | unfinished


def page_of(product_ids: list[int], page: int, *, moment: datetime.datetime) -> browsing.Listing:
    """One page of what was found, in its order; beyond the last page an empty one with total 0."""
    start = (page - 1) * browsing.PAGE_SIZE
    shown = product_ids[start : start + browsing.PAGE_SIZE]
    rows = browsing.rows_of(shown, moment) if shown else []
    return browsing.Listing(
        rows=rows,
        total=len(product_ids) if rows or page == 1 else 0,
        page=page,
        page_count=max(1, -(-len(product_ids) // browsing.PAGE_SIZE)),
    )
