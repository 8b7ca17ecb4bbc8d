"""What is known of goods, as people read it: rows of label and value in a language."""

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable

from babel import dates
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalog.attributes import units
from catalog.models import AttributeValue, Product, TypeAttribute
from shop.kit import languages

# After the attributes of the type, which have an order of their own.
_LAST = 32_767


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One attribute as it is read: "Width", "20 cm". `boolean`: what a yes or no says."""

    attribute_id: int
    place: tuple[int, int, int]
    label: str
    value: str
    boolean: bool | None = None


@dataclasses.dataclass(slots=True)
class Sheet:
    """The values of a product: its own, and those that single variants have."""

    own: list[AttributeValue] = dataclasses.field(default_factory=list)
    of_variants: dict[int, list[AttributeValue]] = dataclasses.field(default_factory=dict)


def sheets(product_ids: Collection[int], *, is_shown: bool | None = None) -> dict[int, Sheet]:
    """The values of many products with attribute and choice, in order; one statement.

    `is_shown`: only those that do, or do not, stand in the specifications.
    """
    rows = _in_order(AttributeValue.objects.filter(product_id__in=product_ids))
    if is_shown is not None:
        rows = rows.filter(attribute__is_shown=is_shown)
    found: dict[int, Sheet] = defaultdict(Sheet)
    for value in rows:
        sheet = found[value.product_id]
        if value.variant_id is None:
            sheet.own.append(value)
        else:
            sheet.of_variants.setdefault(value.variant_id, []).append(value)
    return {pk: found[pk] for pk in product_ids}


def _in_order(rows: QuerySet[AttributeValue]) -> QuerySet[AttributeValue]:
    """As the product's type has them; then the others by the order of the attributes."""
    of_type = TypeAttribute.objects.filter(
        product_type=OuterRef("product__product_type"), attribute=OuterRef("attribute")
    )
    return (
        rows.select_related("attribute", "choice")
        .annotate(place=Coalesce(Subquery(of_type.values("position")[:1]), _LAST))
        .order_by("place", "attribute__position", "attribute_id", "choice__position", "choice_id")
    )


def rows_of(values: Iterable[AttributeValue], language: str) -> list[Row]:
    """One row for each attribute among `values`, several choices in one; as `sheets` orders."""
    grouped: dict[int, list[AttributeValue]] = {}
    for value in values:
        grouped.setdefault(value.attribute_id, []).append(value)
    with translation.override(language):
        return [_row(held, language) for held in grouped.values()]


def _row(held: list[AttributeValue], language: str) -> Row:
    attribute = held[0].attribute
    place = (getattr(held[0], "place", _LAST), attribute.position, attribute.pk)
    return Row(
        attribute_id=attribute.pk,
        place=place,
        label=languages.localized(attribute, "name", language),
        value=", ".join(text_of(value, language) for value in held),
        boolean=held[0].boolean,
    )


def text_of(value: AttributeValue, language: str) -> str:
    """One value as people read it in `language`, its number with the unit."""
    if value.choice is not None:
        return languages.localized(value.choice, "name", language)
    if value.number is not None:
        return units.formatted(value.number, value.attribute.unit, language)
    if value.boolean is not None:
        with translation.override(language):
            return capfirst(_("yes") if value.boolean else _("no"))
    if value.date is not None:
        return str(dates.format_date(value.date, "long", locale=language))
    texts = {code: getattr(value, f"text_{code}") for code in languages.codes()}
    return texts[language] or next(filter(None, texts.values()))


def specifications(products: Collection[Product], language: str) -> dict[int, dict[int, list[Row]]]:
    """The table of each product, and of each variant that says more: product → variant (0: the
    product itself) → rows. Typed values first, then the free ones whose label is not among them.
    What a variant says stands instead of what the product says. One statement.
    """
    known = sheets([product.pk for product in products], is_shown=True)
    return {product.pk: _tables(product, known[product.pk], language) for product in products}


def _tables(product: Product, sheet: Sheet, language: str) -> dict[int, list[Row]]:
    own = rows_of(sheet.own, language)
    more = {pk: rows_of(values, language) for pk, values in sheet.of_variants.items()}
    free = _free(product, language)
    return {pk: _merged(own, rows, free) for pk, rows in {0: [], **more}.items()}


def _merged(own: list[Row], more: list[Row], free: list[Row]) -> list[Row]:
    by_attribute = {row.attribute_id: row for row in [*own, *more]}
    typed = sorted(by_attribute.values(), key=lambda row: row.place)
    labels = {folded(row.label) for row in typed}
    return [*typed, *(row for row in free if folded(row.label) not in labels)]


def _free(product: Product, language: str) -> list[Row]:
    pairs = getattr(product, languages.column("specifications", language)) or []
    return [Row(0, (_LAST, _LAST, 0), label, text) for label, text in pairs]


def folded(label: str) -> str:
    """A label as it is compared with others: without case and doubled blanks."""
    return " ".join(label.split()).casefold()


def plain(rows: Iterable[Row]) -> list[dict[str, str]]:
    """Rows for a template."""
    return [{"label": row.label, "value": row.value} for row in rows]


def labels(sheet: Sheet, language: str) -> set[str]:
    """What is typed, folded: a free row of such a label is not said besides."""
    values = [*sheet.own, *(one for held in sheet.of_variants.values() for one in held)]
    return {folded(languages.localized(one.attribute, "name", language)) for one in values}


def words(sheet: Sheet, language: str) -> list[str]:
    """What the search reads of a product and its variants: labels and values, of yes and no the
    label alone, and nothing of what goods lack. Each once.
    """
    found: dict[str, None] = {}
    for values in (sheet.own, *sheet.of_variants.values()):
        for row in rows_of(values, language):
            if row.boolean is not False:
                found[row.label if row.boolean else f"{row.label} {row.value}"] = None
    return list(found)
