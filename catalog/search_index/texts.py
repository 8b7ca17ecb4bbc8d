"""Which text of a product goes into which weight of its document."""

import dataclasses
import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils import translation

from catalog.attributes import reading
from catalog.law import fibres
from catalog.models import Category, Product
from catalog.search_index import compounds, folding

LONGEST_TEXT = 20_000


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """A product's words in one language, as they are written."""

    product_id: int
    language: str
    revision: int
    name: str
    kind: str  # brand, category and what shoppers also call it
    facts: str  # summary, details, options
    text: str
    published_at: datetime.datetime
    price: Decimal | None = None

    @property
    def all_words(self) -> str:
        """Its words in lower case, unfolded."""
        return " ".join(folding.words(" \n".join((self.name, self.kind, self.facts, self.text))))


@dataclasses.dataclass(frozen=True, slots=True)
class Weighted:
    """The folded terms of a document by weight, and its words for the vocabulary.

    `exact`: the terms of name (A) and kind (B) as they are written, without parts of compounds.
    """

    exact: dict[str, str]
    name: list[str]
    kind: list[str]
    facts: list[str]
    text: list[str]
    words: str


def of_products(products: Iterable[Product], languages: Sequence[str]) -> list[Source]:
    """The texts of products that were loaded with `SOURCES` prefetched."""
    products = list(products)
    parents = _category_names()
    sheets = reading.sheets([product.pk for product in products])
    found: list[Source] = []
    for product in products:
        for language in languages:
            found.append(_source(product, language, parents, sheets[product.pk]))
    return found


SOURCES = ("categories", "options__values", "fibre_shares", "food")


def _category_names() -> dict[str, Category]:
    return {one.path: one for one in Category.objects.all()}


def _source(
    product: Product, language: str, by_path: dict[str, Category], sheet: reading.Sheet
) -> Source:
    def text(owner: object, field: str) -> str:
        return str(getattr(owner, f"{field}_{language}") or "")

    shelves = [product.category, *product.categories.all()]
    above: list[str] = []
    for shelf in shelves:
        parts = shelf.path.split("/")
        paths = ["/".join(parts[:length]) for length in range(1, len(parts))]
        above += [text(by_path[path], "name") for path in paths if path in by_path]
    typed = reading.labels(sheet, language)
    pairs = [one for one in _pairs(product, language) if reading.folded(one[0]) not in typed]
    details = [f"{label} {value}" for label, value in pairs]
    options = [text(value, "name") for one in product.options.all() for value in one.values.all()]
    kind = [text(product.category, "name"), product.search_words]
    if product.brand:
        kind.append(product.brand.name)
    typed_words = reading.words(sheet, language)
    facts = [text(product, "summary"), *options, *typed_words, *details]
    facts += _told_by_law(product, language)
    further = [text(shelf, "name") for shelf in shelves[1:]]
    assert product.published_at is not None  # noqa: S101 - the table demands it of active products
    return Source(
        product_id=product.pk,
        language=language,
        revision=product.revision,
        name=text(product, "name"),
        kind=" \n".join(kind),
        facts=" \n".join(facts + further)[:LONGEST_TEXT],
        text=" \n".join([text(product, "description"), *above])[:LONGEST_TEXT],
        published_at=product.published_at,
    )


def _told_by_law(product: Product, language: str) -> list[str]:
    """Shoppers look for what goods are made of: fibres, ingredients, where food is from."""
    shares = [(one.part, one.fibre, one.percent) for one in product.fibre_shares.all()]
    with translation.override(language):
        found = fibres.lines(shares)
    food = getattr(product, "food", None)
    if food:
        names = ("designation", "ingredients", "origin")
        found += [str(getattr(food, f"{name}_{language}")).replace("*", "") for name in names]
    return found


def _pairs(product: Product, language: str) -> list[tuple[str, str]]:
    rows = getattr(product, f"specifications_{language}") or []
    return [(str(row[0]), str(row[1])) for row in rows if len(row) == 2]


def weighted(source: Source, splitter: compounds.Splitter) -> Weighted:
    """The terms of a document. In German, compounds of known words are split: an Espressotasse
    is a Tasse, by name; what stands before the head counts like a fact. In English, the head of a
    name counts twice.
    """
    fields = {
        name: folding.terms(getattr(source, name), source.language)
        for name in ("name", "kind", "facts", "text")
    }
    extra: dict[str, list[str]] = defaultdict(list)
    if source.language == "de":
        for field, (head, rest) in _PARTS_GO_TO.items():
            for term in fields[field]:
                parts = splitter.split(term)
                extra[head] += parts[-1:]
                extra[rest] += parts[:-1]
    if source.language == "en":
        extra["name"] = folding.terms(head_of(source.name), source.language)[:1]
    return Weighted(
        exact=dict.fromkeys(fields["kind"], "B") | dict.fromkeys(fields["name"], "A"),
        **{field: terms + extra[field] for field, terms in fields.items()},
        words=source.all_words,
    )


_NAME_ENDS = re.compile(
    r"[,(|:;“\"]|\s[-–—]\s|\s(?:with|for|in|by|from|of|on|and|&)\s", re.IGNORECASE
)


def head_of(name: str) -> str:
    """The word that says what an English name means: of "oak table lamp with shade" it is lamp."""
    words = folding.words(_NAME_ENDS.split(name.strip(), maxsplit=1)[0])
    return next((word for word in reversed(words) if not folding.has_digit(word)), "")


_PARTS_GO_TO = {
    "name": ("name", "facts"),
    "kind": ("facts", "text"),
    "facts": ("text", "text"),
    "text": ("text", "text"),
}
