"""One product of the large catalogue after the other: all about it follows from its number."""

import dataclasses
import functools
import math
import random
from decimal import Decimal

from demo.catalogue import planning, words
from demo.goods import gtins

# Twenty products have fifty variants.
_COUNTS = (1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 6)
# Prices end as shops end them.
_ENDINGS = (Decimal("0.90"), Decimal("0.95"), Decimal("0.99"), Decimal("0.00"))
OLDEST_DAYS = 1100
# Of the numbers that GS1 leaves to a shop's own use (200-299) the demo's goods have those from 200.
_GTIN_PREFIX = "29"


@dataclasses.dataclass(frozen=True, slots=True)
class Cut:
    """A price in force from so many days ago to so many; negative days are to come."""

    share: Decimal
    from_days: int
    to_days: int


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """A variant."""

    sku: str
    gtin: str
    colour: words.Colour | None
    size: str
    price: Decimal
    weight_g: int
    on_hand: int


@dataclasses.dataclass(frozen=True, slots=True)
class Good:
    """A product. `sale` and `past_sale` are of all variants; `raised_days` ago all got dearer."""

    number: int
    slug: str
    leaf: planning.Shelf
    brand: int
    maker: int
    name_de: str
    name_en: str
    text_de: str
    text_en: str
    model: str
    material: str
    style: int
    is_gift: bool
    measure: int
    age_days: int
    age_seconds: int
    is_archived: bool
    raised_days: int
    sale: Cut | None
    past_sale: Cut | None
    pieces: tuple[Piece, ...]
    # From 0 to 1; few are liked much.
    popularity: float

    @property
    def material_names(self) -> words.Pair:
        return words.known().materials[self.material]

    @property
    def style_code(self) -> str:
        return words.known().styles[self.style][0]

    @property
    def colours(self) -> list[words.Colour]:
        return list(dict.fromkeys(one.colour for one in self.pieces if one.colour))

    @property
    def sizes(self) -> list[str]:
        return list(dict.fromkeys(one.size for one in self.pieces))


def good(number: int, plan: planning.Plan) -> Good:
    """The product with this number in this shop."""
    dice = random.Random(plan.seed * 1_000_003 + number)
    leaf = plan.leaf_at(dice.random())
    known = words.known()
    material = _common(dice, leaf.department.materials)
    name_de, name_en = _names(dice, leaf, material)
    age_days = int(OLDEST_DAYS * dice.random() ** 1.5)
    return Good(
        number=number,
        slug=planning.slug_of(name_de, number),
        leaf=leaf,
        brand=_brand(dice, leaf, plan),
        maker=dice.randrange(plan.makers),
        name_de=name_de,
        name_en=name_en,
        **_texts(dice, number, leaf),
        model=f"{name_de[:2].upper()} {dice.randrange(100, 10_000)}",
        material=material,
        style=min(int(dice.expovariate(0.6)), len(known.styles) - 1),
        is_gift=dice.random() < 0.3,
        measure=dice.randrange(2, 41) * 5,
        age_days=age_days,
        age_seconds=dice.randrange(86_400),
        is_archived=dice.random() < 0.01,
        raised_days=dice.randrange(1, age_days) if age_days > 60 and dice.random() < 0.4 else 0,
        sale=_sale(dice, age_days),
        past_sale=_past_sale(dice, age_days),
        pieces=_pieces(dice, number, leaf),
        popularity=round(dice.random() ** 6, 4),
    )


def _common[T](dice: random.Random, options: tuple[T, ...]) -> T:
    """One of these, the first most often."""
    return options[min(int(dice.expovariate(0.5)), len(options) - 1)]


def _brand(dice: random.Random, leaf: planning.Shelf, plan: planning.Plan) -> int:
    """A brand makes things of one department; few brands make most of them."""
    departments = words.known().departments
    of_department = max(2, plan.brands // len(departments))
    place = min(int(of_department * dice.random() ** 2), of_department - 1)
    return (place * len(departments) + departments.index(leaf.department)) % plan.brands


def _names(dice: random.Random, leaf: planning.Shelf, material: str) -> words.Pair:
    known = words.known()
    assert leaf.kind is not None and leaf.purpose is not None  # noqa: S101 - it is a leaf
    noun_de = leaf.purpose.name_de(leaf.kind.noun_de)
    noun_en = leaf.purpose.name_en(leaf.kind.noun_en)
    series = dice.choice(known.first) + dice.choice(known.middle) + dice.choice(known.last)
    of_de, of_en = known.materials[material]
    if leaf.department.is_food:
        return f"{noun_de} {series}", f"{series} {noun_en}"
    if dice.random() < 0.6:
        return f"{noun_de} {series} aus {of_de}", f"{series} {noun_en} in {of_en}"
    german, english = _common(dice, known.adjectives)
    ending = {"m": "er", "f": "e", "n": "es"}[leaf.kind.gender]
    return (
        f"{german[0].upper()}{german[1:]}{ending} {noun_de} {series}",
        f"{english[0].upper()}{english[1:]} {noun_en} {series}",
    )


def _texts(dice: random.Random, number: int, leaf: planning.Shelf) -> dict[str, str]:
    """Two paragraphs: what is said of many goods, and what goes well with these."""
    known = words.known()
    is_food = leaf.department.is_food
    chosen = dice.sample(known.food_sentences if is_food else known.sentences, 4)
    if number % 10 == 3:
        chosen.insert(2, known.tenth)
    others = [words.company()[_zipf(dice)] for _place in range(3)]
    return {
        f"text_{language}": " ".join(pair[place] for pair in chosen)
        + "\n\n"
        + known.together[place].format(*(one[place] for one in others))
        for place, language in enumerate(("de", "en"))
    }


@functools.cache
def _order() -> tuple[int, ...]:
    """Which words are common is not decided by their department."""
    places = list(range(len(words.company())))
    random.Random("company").shuffle(places)
    return tuple(places)


def _zipf(dice: random.Random) -> int:
    """The place of a word: the n-th is used about 1/n as often as the first."""
    return _order()[int(len(_order()) ** dice.random()) - 1]


def _sale(dice: random.Random, age_days: int) -> Cut | None:
    if dice.random() >= 0.08 or age_days < 25:
        return None
    share = Decimal(dice.randrange(65, 91)) / 100
    return Cut(share, from_days=dice.randrange(1, 21), to_days=-dice.randrange(3, 41))


def _past_sale(dice: random.Random, age_days: int) -> Cut | None:
    if dice.random() >= 0.12 or age_days < 220:
        return None
    begun = dice.randrange(60, 200)
    return Cut(Decimal(dice.randrange(60, 91)) / 100, from_days=begun, to_days=begun - 14)


def _pieces(dice: random.Random, number: int, leaf: planning.Shelf) -> tuple[Piece, ...]:
    """Variants by colour, by size or by both; food by size alone."""
    assert leaf.kind is not None  # noqa: S101 - it is a leaf
    count = _COUNTS[number * 7 % len(_COUNTS)]
    is_food = leaf.department.is_food
    in_sizes = count if is_food else {4: 2, 6: 2}.get(count, 1)
    start = dice.randrange(len(leaf.department.sizes) - in_sizes + 1)
    sizes = leaf.department.sizes[start : start + in_sizes]
    colours: list[words.Colour | None] = [None]
    if not is_food:
        colours = list(_some_colours(dice, count // in_sizes))
    price = leaf.kind.price * math.exp(dice.gauss(0, 0.45))
    pairs = [(colour, size) for colour in colours for size in sizes]
    ending = dice.choice(_ENDINGS)
    return tuple(
        Piece(
            sku=f"K{number:06d}-{place + 1:02d}",
            gtin=gtin(number * 10 + place),
            colour=colour,
            size=size.replace(" g", f" {leaf.kind.unit}"),
            price=max(Decimal(int(price * (1 + 0.15 * sizes.index(size)))), Decimal(1)) + ending,
            weight_g=int(leaf.kind.weight_g * (1 + 0.2 * sizes.index(size))),
            on_hand=0 if dice.random() < 0.06 else 1 + int(dice.expovariate(0.05)),
        )
        for place, (colour, size) in enumerate(pairs)
    )


def _some_colours(dice: random.Random, count: int) -> list[words.Colour]:
    """Different colours, the common ones more often."""
    found: dict[str, words.Colour] = {}
    while len(found) < count:
        colour = _common(dice, known := words.known().colours)
        if colour.code in found:
            colour = dice.choice(known)
        found.setdefault(colour.code, colour)
    return list(found.values())


def gtin(number: int) -> str:
    """A valid EAN-13 for a running number below 10^10."""
    digits = f"{_GTIN_PREFIX}{number:010d}"
    return digits + gtins.check_digit(digits)
