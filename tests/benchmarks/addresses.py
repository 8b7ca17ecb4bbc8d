"""The addresses that `make bench-catalogue` calls, by the page that they show."""

import datetime
from urllib.parse import urlencode

from catalog.listing import answering
from catalog.models import Category, ListingEntry, Product

MOST = 40
# What shoppers look for in the generated catalogue.
SEVERAL = ["gartentisch eiche", "küchenregal stahl", "moderne kommode", "kleiner hocker buche",
           "leselampe messing", "wolldecke grau", "tischleuchte glas", "wanderhose leinen",
           "sommerkleid blau", "brotmesser stahl", "kaffeekanne porzellan", "rosenschere",
           "schwarze tischlampe", "bürostuhl nussbaum", "ingwertee", "notizheft A5",
           "gartenbank kiefer klassisch", "kinderstuhl klein",
           "regenjacke L", "salatschüssel"]  # fmt: skip
ONE = ["esstisch", "gartentisch", "lampe", "vase", "hocker", "decke", "messer", "honig", "spaten",
       "kalender", "jacke", "teller", "regal", "kissen", "laterne", "rechen", "album", "weste",
       "becher", "truhe"]  # fmt: skip
BROADEST = ["handarbeit", "modern", "garten", "schwarz", "stahl", "pflege", "geschenk", "reise"]
MISSPELT = ["gartentsich", "kuchenregal", "leselanpe", "woldecke", "sommerkleit", "brotmeser",
            "tischleuchtte", "kaffekanne", "bürostul", "hokcer"]  # fmt: skip
BEGINNINGS = ["ga", "gar", "gart", "tis", "tisch", "la", "lam", "kü", "küchen", "ho", "hock",
              "de", "wolld", "garten ti", "schwarz", "moderne ko", "eiche", "lesel"]  # fmt: skip
ENGLISH = ["garden table", "oak bench", "wool blanket", "reading lamp", "bread knife"]

# One, two and three filters; food has no colour: such a choice is then ignored.
FILTERS = [
    "k-gift=yes", "k-colour=black,white&k-gift=yes", "price=20-200&k-colour=black&k-gift=no",
    "k-colour=blue", "price=10-500&sort=price", "k-gift=yes&stock=yes&sort=name",
]  # fmt: skip


def of_pages(moment: datetime.datetime) -> dict[str, list[str]]:
    """Addresses by page, at most `MOST` each."""
    return {
        "home": ["/de/", "/en/"],
        **_categories(),
        "product": _products(moment),
        "suggestions": [_search("de", one, "suggestions/") for one in BEGINNINGS],
        "search": [_search("de", one) for one in [*SEVERAL, *ONE]]
        + [_search("en", one) for one in ENGLISH],
        "search, filtered": [f"{_search('de', one)}&k-gift=yes&price=5-500" for one in SEVERAL],
        "search, misspelt": [_search("de", one) for one in MISSPELT],
        "search, broadest": [_search("de", one) for one in BROADEST],
    }


def _search(language: str, words: str, further: str = "") -> str:
    return f"/{language}/search/{further}?{urlencode({'q': words})}"


def _categories() -> dict[str, list[str]]:
    """Shelves of each level: first and last pages, and with one to three filters."""
    found: dict[str, list[str]] = {}
    rows = list(Category.objects.order_by("path").values_list("pk", "path"))
    for level, name in enumerate(("top", "middle", "leaf")):
        of_level = [row for row in rows if row[1].count("/") == level]
        chosen = of_level[:: max(1, len(of_level) // MOST)][:MOST]
        found[f"category, {name}"] = [f"/de/c/{path}/" for _pk, path in chosen]
        found[f"category, {name}, last page"] = [_last_page(*row) for row in chosen[:20]]
        found[f"category, {name}, filtered"] = [
            f"/de/c/{path}/?{FILTERS[place % len(FILTERS)]}"
            for place, (_pk, path) in enumerate(chosen)
        ]
    return found


def _last_page(pk: int, path: str) -> str:
    count = ListingEntry.objects.filter(category_ids__contains=[pk]).count()
    pages = -(-count // answering.PAGE_SIZE)
    return f"/de/c/{path}/?page={pages}" if pages > 1 else f"/de/c/{path}/"


def _products(moment: datetime.datetime) -> list[str]:
    slugs = list(Product.objects.live(moment).order_by("pk").values_list("slug", flat=True))
    return [f"/de/p/{slug}/" for slug in slugs[:: max(1, len(slugs) // MOST)][:MOST]]
