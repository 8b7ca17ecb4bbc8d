"""Small catalogues out of the air, and what a list of them should say: counted one by one."""

import datetime
from decimal import Decimal

from hypothesis import strategies as st

from catalog.listing import book, choosing, sheets
from catalog.listing_index import keys
from tests.making import NOON

COLOURS = {1: "red", 2: "blue", 3: "green"}
SIZES = {11: "s", 12: "m", 13: "l"}
WASHABLE, WIDTH = 9, 30
ANSWERS = {
    keys.of_answer(WASHABLE, is_yes=True): "yes",
    keys.of_answer(WASHABLE, is_yes=False): "no",
}
BRANDS = {100: "alster", 101: "bille"}
PLACES = {50: "living", 51: "living/lamps", 52: "garden"}


def _values(codes):
    return {key: book.Value(code, code.title()) for key, code in codes.items()}


BOOK = book.Book(
    facets=(
        book.Facet(1, "color", "Colour", "swatch", "", _values(COLOURS)),
        book.Facet(2, "size", "Size", "choice", "", _values(SIZES)),
        book.Facet(WASHABLE, "washable", "Washable", "boolean", "", _values(ANSWERS)),
        book.Facet(WIDTH, "width", "Width", "number", "cm", {}),
    ),
    brands=_values(BRANDS),
)
SHELVES = _values(PLACES)


def _some(codes, most=2):
    return st.lists(st.sampled_from(sorted(codes)), max_size=most, unique=True)


@st.composite
def _entries(draw, number):
    """A product; colours of all its variants or of each, and so the size and the width."""
    length = draw(st.integers(0, 4))
    is_shared = draw(st.booleans())
    variant_values, numbers = [], []
    for place in range(length):
        variant_values += draw(_some(SIZES)) + ([] if is_shared else draw(_some(COLOURS))) + [0]
        if not is_shared and draw(st.booleans()):
            numbers += [float(place), float(WIDTH), float(draw(st.integers(1, 5)))]
    if is_shared and draw(st.booleans()):
        numbers = [-1.0, float(WIDTH), float(draw(st.integers(1, 5)))]
    prices = draw(
        st.lists(st.sampled_from([-1, 900, 1000, 1999, 5000]), min_size=length, max_size=length)
    )
    rating = draw(st.sampled_from([None, 3.0, 3.94, 3.96, 5.0]))
    return sheets.Entry(
        product_id=number,
        published_at=NOON - datetime.timedelta(days=draw(st.integers(0, 3))),
        category_ids=draw(_some(PLACES)),
        brand_key=draw(st.sampled_from([None, *BRANDS])),
        name_de=draw(st.sampled_from("ab")),
        name_en=draw(st.sampled_from("cd")),
        popularity=draw(st.sampled_from([0.0, 0.5])),
        rating=rating,
        rating_count=0 if rating is None else draw(st.integers(1, 9)),
        lowest_price=min((one for one in prices if one >= 0), default=None),
        values=draw(_some(ANSWERS, 1)) + (draw(_some(COLOURS)) if is_shared else []),
        prices=prices,
        flags=draw(st.lists(st.integers(0, 3), min_size=length, max_size=length)),
        variant_values=variant_values,
        numbers=numbers,
    )  # fmt: skip


@st.composite
def catalogues(draw, most=7):
    numbers = draw(st.permutations(range(1, draw(st.integers(0, most)) + 1)))
    return [draw(_entries(number)) for number in numbers]


_ends = st.none() | st.sampled_from(
    [Decimal(1), Decimal("9.5"), Decimal(10), Decimal("19.99"), Decimal(50)]
)
_ranges = (
    st.builds(choosing.Range, _ends, _ends)
    .filter(bool)
    .filter(lambda one: one.low is None or one.high is None or one.low <= one.high)
)


def _lists(codes):
    return st.lists(st.sampled_from(sorted(codes)), min_size=1, max_size=2, unique=True).map(
        lambda found: tuple(sorted(found))
    )


filters = st.fixed_dictionaries(
    {},
    optional={
        "color": _lists(COLOURS.values()),
        "size": _lists(SIZES.values()),
        "washable": _lists(ANSWERS.values()),
        "width": _ranges,
        "brand": _lists(BRANDS.values()),
        "category": _lists(PLACES.values()),
        "price": _ranges,
        "stock": st.just(("1",)),
        "sale": st.just(("1",)),
        "rating": st.just(("4",)),
    },
)


def variants(entry):
    """The variants of a product one by one, as (values, width, price, flags)."""
    groups, values = [], []
    for key in entry.variant_values:
        if key:
            values.append(key)
        else:
            groups.append(values)
            values = []
    threes = [entry.numbers[at : at + 3] for at in range(0, len(entry.numbers), 3)]
    for place in range(max(1, len(entry.prices))):
        if not entry.prices:
            yield set(entry.values), _width(threes, place), -1, 0
            continue
        own = set(groups[place]) | set(entry.values)
        yield own, _width(threes, place), entry.prices[place], entry.flags[place]


def _width(threes, place):
    return next((number for which, _key, number in threes if which in (-1, place)), None)


def passes(entry, variant, param, wanted):
    """Does this variant pass one filter? Word by word as the shopper means it."""
    values, width, price, flags = variant
    codes = COLOURS | SIZES | ANSWERS
    match param:
        case "brand":
            return BRANDS.get(entry.brand_key) in wanted
        case "category":
            return any(PLACES[key] in wanted for key in entry.category_ids)
        case "price":
            return price >= 0 and _within(Decimal(price) / 100, wanted)
        case "width":
            return width is not None and _within(Decimal(str(width)), wanted)
        case "stock":
            return bool(flags & sheets.AVAILABLE)
        case "sale":
            return bool(flags & sheets.REDUCED)
        case "rating":
            return entry.rating is not None and round(entry.rating, 1) >= 4
    mine = {"color": COLOURS, "size": SIZES, "washable": ANSWERS}[param]
    return any(key in mine and codes[key] in wanted for key in values)


def _within(number, wanted):
    return (wanted.low is None or wanted.low <= number) and (
        wanted.high is None or number <= wanted.high
    )


def fitting(entries, chosen):
    """The products of which one variant passes all filters, in their order."""
    return [
        entry.product_id
        for entry in entries
        if any(
            all(passes(entry, variant, param, wanted) for param, wanted in chosen.items())
            for variant in variants(entry)
        )
    ]


def made(**fields):
    """A product with one variant for 10 euros, in stock."""
    values = {
        "product_id": 1,
        "published_at": NOON,
        "category_ids": [],
        "brand_key": None,
        "name_de": "a",
        "name_en": "a",
        "popularity": 0.0,
        "rating": None,
        "rating_count": 0,
        "lowest_price": 1000,
        "values": [],
        "prices": [1000],
        "flags": [sheets.AVAILABLE],
        "variant_values": [0],
        "numbers": [],
    }
    return sheets.Entry(**values | fields)
